import Dispatch

/// A way out for mails: files in a folder, or a mail server.
package struct MailTransport: Sendable {
    /// `file` or `smtp`, for logs.
    package let name: String
    /// Hands one message over, or throws a ``DeliveryFailure``.
    package let send: @Sendable (MailMessage) async throws -> Void

    package init(name: String, send: @escaping @Sendable (MailMessage) async throws -> Void) {
        self.name = name
        self.send = send
    }

    /// Writes each mail into a folder, for set-ups without a mail server.
    package static func files(in folder: String) -> MailTransport {
        let folder = MailFolder(path: folder)
        return MailTransport(name: "file") { message in
            try await BlockingQueue.run { _ in try folder.write(message) }
        }
    }

    /// Gives each mail to a mail server.
    package static func smtp(_ server: SMTPServer) -> MailTransport {
        MailTransport(name: "smtp") { message in
            let exchange = try SMTPExchange(message, server: server)
            try await BlockingQueue.run { try exchange.run(isCancelled: $0) }
        }
    }
}

/// Threads of its own for calls that block: never one of the cooperative pool's.
enum BlockingQueue {
    private static let queue = DispatchQueue(
        label: "ghostworks.delivery",
        attributes: .concurrent
    )

    /// Runs the work elsewhere; it is told when nobody waits for it any more.
    static func run(
        _ work: @escaping @Sendable (_ isCancelled: @escaping @Sendable () -> Bool) throws -> Void
    ) async throws {
        let flag = CancellationFlag()
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                queue.async {
                    continuation.resume(with: Result { try work { flag.isRaised } })
                }
            }
        } onCancel: {
            flag.raise()
        }
    }
}
