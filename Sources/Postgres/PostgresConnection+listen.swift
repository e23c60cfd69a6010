import CLibPQ
import Glibc

extension PostgresConnection {
    private static let heartbeat = Duration.seconds(30)
    private static let heartbeatLimit = Duration.seconds(5)

    /// Waits for a notification on this connection's channels.
    func nextNotification() -> Result<String, PostgresError> {
        cancellation.arm(isServerBusy: false)
        defer { _ = cancellation.disarm() }
        return Result { () throws(PostgresError) in
            let wire = try resting()
            defer { wire.deadline = nil }
            while true {
                if let payload = wire.takeNotification() { return payload }
                guard !Task.isCancelled else { throw PostgresError(.cancelled) }
                wire.deadline = .now + Self.heartbeat
                if try !wire.waitForInput() {
                    wire.deadline = .now + Self.heartbeatLimit
                    _ = try wire.exchange([], commits: false)
                }
            }
        }
    }
}

extension Wire {
    /// A notification that has arrived already.
    fileprivate func takeNotification() -> String? {
        guard let notification = PQnotifies(pointer) else { return nil }
        defer { PQfreemem(notification) }
        return notification.pointee.extra.map { String(cString: $0) } ?? ""
    }

    /// Waits for bytes from the server; false when the deadline came first.
    fileprivate func waitForInput() throws(PostgresError) -> Bool {
        do throws(Interruption) {
            try wait(for: POLLIN)
            guard PQconsumeInput(pointer) == 1, PQstatus(pointer) == CONNECTION_OK else {
                throw .lost(nil)
            }
            return true
        } catch {
            switch error {
            case .deadline where cancellation.isRequested: throw PostgresError(.cancelled)
            case .deadline: return false
            case .lost: throw failure(error, outcomeUnknown: false)
            }
        }
    }
}
