import CLibPQ
import Glibc
import Logging

extension Wire {
    /// Makes a connection and puts it at rest.
    static func open(
        _ settings: ConnectionSettings,
        cancellation: Cancellation,
        logger: Logger?,
        deadline: ContinuousClock.Instant?
    ) throws(PostgresError) -> Wire {
        guard let pointer = start(settings.connectionKeywords) else {
            throw PostgresError(.connectionFailed("out of memory"))
        }
        let wire = Wire(pointer, cancellation: cancellation, logger: logger)
        let limit = ContinuousClock.now + settings.connectTimeout
        wire.deadline = min(deadline ?? limit, limit)
        try wire.finishOpening(settings)
        wire.deadline = nil
        return wire
    }

    private func finishOpening(_ settings: ConnectionSettings) throws(PostgresError) {
        do throws(Interruption) {
            try pollUntilOpen()
        } catch {
            throw PostgresError(openingFailure(error, settings))
        }
        guard PQsetnonblocking(pointer, 1) == 0, PQenterPipelineMode(pointer) == 1 else {
            throw PostgresError(.connectionFailed(lastMessage))
        }
        cancellation.attach(pointer)
    }

    private func openingFailure(
        _ interruption: Interruption,
        _ settings: ConnectionSettings
    ) -> PostgresError.Kind {
        switch interruption {
        case .lost: .connectionFailed(lastMessage)
        case .deadline where cancellation.isRequested: .cancelled
        case .deadline:
            .connectionFailed("no answer in time from \(settings.safeDescription)")
        }
    }

    private func pollUntilOpen() throws(Interruption) {
        guard PQstatus(pointer) != CONNECTION_BAD else { throw .lost(nil) }
        var next = PGRES_POLLING_WRITING
        while next != PGRES_POLLING_OK {
            switch next {
            case PGRES_POLLING_READING: try wait(for: POLLIN)
            case PGRES_POLLING_WRITING: try wait(for: POLLOUT)
            default: throw .lost(nil)
            }
            next = PQconnectPoll(pointer)
        }
    }

    /// libpq's words for the last failure, on one line.
    ///
    /// They name host and role, no password.
    private var lastMessage: String {
        String(cString: PQerrorMessage(pointer)).split(whereSeparator: \.isNewline)
            .joined(separator: "; ")
    }

    private static func start(_ settings: [(keyword: String, value: String)]) -> OpaquePointer? {
        var keywords = settings.map { strdup($0.keyword) as UnsafeMutablePointer<CChar>? }
        var values = settings.map { strdup($0.value) as UnsafeMutablePointer<CChar>? }
        defer { for text in keywords + values { free(text) } }
        keywords.append(nil)
        values.append(nil)
        return PQconnectStartParams(
            keywords.map { UnsafePointer($0) },
            values.map { UnsafePointer($0) },
            0
        )
    }
}
