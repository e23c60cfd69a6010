import Console
import Domain
import Logging
import Operations

extension AccessClient {
    /// The same with a note in the trail for everybody who comes in while the screen is recorded,
    /// and when they go.
    func noting(
        _ recording: ScreenRecording,
        desk: ConsoleDesk,
        logger: Logger
    ) -> AccessClient {
        let note = RecordingNote(recording: recording, desk: desk)
        return noting(
            coming: { try await note(.started, by: $0) },
            going: { try await note(.ended, by: $0) },
            lost: { logger.error("the end of a recording was not noted in the trail: \($0)") }
        )
    }
}

/// Writes both ends of a recording to the trail.
struct RecordingNote: Sendable {
    let recording: ScreenRecording
    let desk: ConsoleDesk

    func callAsFunction(_ moment: NoteRecording.Moment, by identity: Identity) async throws {
        let caller = Caller(
            user: identity.user,
            session: identity.session,
            requestID: RequestName.new()
        )
        try await self(moment, by: caller)
    }

    func callAsFunction(_ moment: NoteRecording.Moment, by caller: Caller) async throws {
        try await NoteRecording(try await desk.open())(moment, file: recording.name, by: caller)
    }
}
