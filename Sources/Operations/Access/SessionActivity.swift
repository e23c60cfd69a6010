import Domain
import Storage
import Synchronization

// DESIGN
//
// A request only puts its session's id into a set; once a minute one statement writes the whole
// set. So a request costs no round trip more, and a session that is used lives on. What a killed
// process had not written yet is lost: less than a minute of an idle time of hours.

/// The sessions that were used since they were last written down; bounded.
final class SessionActivity: Sendable {
    private let limit: Int
    private let seen = Mutex<Set<SessionID>>([])

    init(limit: Int = 100_000) {
        self.limit = limit
    }

    func note(_ session: SessionID) {
        seen.withLock { seen in
            if seen.count < limit { seen.insert(session) }
        }
    }

    func take() -> [SessionID] {
        seen.withLock { seen in
            defer { seen.removeAll(keepingCapacity: true) }
            return Array(seen)
        }
    }
}

/// Writes down which sessions were used; for each process, about once a minute.
package struct TouchSessions: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    package func callAsFunction() async throws {
        let used = environment.activity.take()
        guard !used.isEmpty else { return }
        try await environment.database.system(reason: .worker) { scope in
            _ = try scope.last([SessionStore.touch(used)])
        }
    }
}

/// Removes what is left of sessions that are long over.
package struct TidySessions: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    package func callAsFunction() async throws {
        try await environment.database.system(reason: .worker) { scope in
            _ = try scope.last([
                RefreshTokenStore.forgetSuccessors(olderThan: RefreshSession.graceSeconds),
                RefreshTokenStore.forget,
            ])
        }
    }
}
