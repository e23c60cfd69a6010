package import Domain
import Storage

/// Writes to the platform's trail that somebody keeps what their console shows.
package struct NoteRecording: Sendable {
    /// Which end of the recording it is.
    package enum Moment: String, Sendable {
        case started
        case ended
    }

    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// Notes one end, with the file's name without its folder.
    package func callAsFunction(
        _ moment: Moment,
        file: String,
        by caller: Caller
    ) async throws {
        var changes = Changes()
        changes.note("file", from: .null, to: .string(String(file.prefix(255))))
        let trail = SessionTrail(environment)
        try await trail.record("console.recording_\(moment.rawValue)", changes, by: caller)
    }
}
