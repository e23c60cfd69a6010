public import Logging

// DESIGN
//
// 1. A connection of its own, because a notification arrives on the session that listens.
// 2. Notifications are lost while there is no connection. The consumer is told with `.lost` and
//    `.reconnected` and looks at the tables itself: a notification is a hint, never the record.
// 3. A peer that vanished without a word is found by a question every half minute.

/// What a listener hears.
public enum NotificationEvent: Hashable, Sendable {
    /// Somebody sent NOTIFY with this payload.
    case notification(payload: String)
    /// The connection was lost and is being made again.
    case lost
    /// The lost connection was made again; what was sent in between is not known.
    case reconnected
}

/// Listens to the notifications of a database.
public struct NotificationListener: Sendable {
    let settings: ConnectionSettings
    let logger: Logger?

    /// A listener that connects when notifications are asked for.
    ///
    /// - Parameters:
    ///   - settings: where and how to connect.
    ///   - logger: gets lost connections at level warning.
    public init(_ settings: ConnectionSettings, logger: Logger? = nil) {
        self.settings = settings
        self.logger = logger
    }

    /// Listens to a channel; returns when the server has confirmed it.
    ///
    /// - Parameter channel: the name, taken exactly.
    /// - Returns: what is heard from now on; ends when the task is cancelled.
    /// - Throws: `PostgresError` when the first connection cannot be made.
    public func notifications(channel: String) async throws(PostgresError) -> Notifications {
        try await notifications(channels: [channel])
    }

    /// Listens to several channels on one connection; returns when the server has confirmed it.
    ///
    /// - Parameters:
    ///   - channels: the names, taken exactly.
    ///   - locks: advisory locks that the connection shares with others while it listens, so that
    ///     senders can see whether anybody does.
    /// - Returns: what is heard from now on; ends when the task is cancelled.
    /// - Throws: `PostgresError` when the first connection cannot be made.
    public func notifications(
        channels: [String],
        sharing locks: [Int64] = []
    ) async throws(PostgresError) -> Notifications {
        let wish = Wish(channels: channels, locks: locks)
        return Notifications(listener: self, wish: wish, first: try await listen(wish))
    }

    /// What a connection asks for when it is made, and made again.
    struct Wish: Sendable {
        let channels: [String]
        let locks: [Int64]
    }

    func listen(_ wish: Wish) async throws(PostgresError) -> PostgresConnection {
        let connection = try await PostgresConnection.connect(settings, logger: logger)
        for channel in wish.channels {
            _ = try await connection.query("LISTEN \(identifier: channel)")
        }
        for lock in wish.locks {
            _ = try await connection.query("SELECT pg_advisory_lock_shared(\(lock))")
        }
        return connection
    }

    /// The notifications of one connection's channels.
    public struct Notifications: AsyncSequence, Sendable {
        let listener: NotificationListener
        let wish: Wish
        let first: PostgresConnection

        /// Continues on the connection that listens already.
        public func makeAsyncIterator() -> Iterator {
            Iterator(listener: listener, wish: wish, connection: first)
        }
    }

    /// Waits for one event after the other.
    public struct Iterator: AsyncIteratorProtocol {
        private static let longestPause = Duration.seconds(5)

        let listener: NotificationListener
        let wish: Wish
        var connection: PostgresConnection?

        /// The next event; nil when the task is cancelled.
        public mutating func next() async -> NotificationEvent? {
            guard let connection else {
                self.connection = await reconnect()
                return self.connection == nil ? nil : .reconnected
            }
            let result = await withTaskCancellationHandler {
                await connection.nextNotification()
            } onCancel: {
                connection.cancellation.request()
            }
            switch result {
            case .success(let payload): return .notification(payload: payload)
            case .failure(let error):
                guard !Task.isCancelled else { return nil }
                listener.logger?.warning(
                    "listening was interrupted",
                    metadata: ["error": "\(error)"]
                )
                self.connection = nil
                return .lost
            }
        }

        private func reconnect() async -> PostgresConnection? {
            var pause = Duration.milliseconds(100)
            while !Task.isCancelled {
                if let connection = try? await listener.listen(wish) { return connection }
                try? await Task.sleep(for: pause)
                pause = min(pause * 2, Self.longestPause)
            }
            return nil
        }
    }
}
