package import Domain
import Storage
import Synchronization

// DESIGN
//
// A request only puts its session's id into a set, and where it went into another; once a minute one
// statement each writes them whole. So a request costs no round trip more, and a session that is
// used lives on. What a killed process had not written yet is lost: less than a minute of an idle
// time of hours.

/// The sessions that were used since they were last written down, and in which workspaces; bounded.
final class SessionActivity: Sendable {
    /// A person in a workspace.
    private struct Place: Hashable {
        let tenant: TenantID
        let user: UserID
    }

    private let limit: Int
    private let seen = Mutex<Set<SessionID>>([])
    private let visits = Mutex<[Place: Instant]>([:])

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

    func note(_ user: UserID, in tenant: TenantID, at moment: Instant) {
        visits.withLock { visits in
            let place = Place(tenant: tenant, user: user)
            if visits.count < limit || visits[place] != nil { visits[place] = moment }
        }
    }

    func takeVisits() -> [MemberVisit] {
        visits.withLock { visits in
            defer { visits.removeAll(keepingCapacity: true) }
            return visits.map { MemberVisit(tenant: $0.tenant, user: $0.user, at: $1) }
        }
    }
}

/// Remembers that a member was in a workspace; costs no round trip.
///
/// Whether they belong there is asked when it is written down.
package struct NoteVisit: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// An operator in a support session is no member, and a key has a time of its own.
    package func callAsFunction(by caller: TenantCaller) {
        guard caller.supportSession == nil, caller.key == nil else { return }
        environment.activity.note(
            caller.caller.user,
            in: caller.tenant,
            at: environment.database.clock.now()
        )
    }
}

/// Writes down which sessions were used, and who was where; for each process, about once a minute.
package struct TouchSessions: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    package func callAsFunction() async throws {
        let used = environment.activity.take()
        let visits = environment.activity.takeVisits()
        guard !used.isEmpty || !visits.isEmpty else { return }
        try await environment.database.system(reason: .worker) { scope in
            _ = try scope.last([SessionStore.touch(used), MemberStore.touch(visits)])
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
