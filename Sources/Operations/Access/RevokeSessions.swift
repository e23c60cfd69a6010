package import Domain
import Storage

// DESIGN
//
// 1. A revoked row is the whole truth: the guard of each request reads it, and so does each use of
//    a refresh token. Nothing else remembers that a session was good.
// 2. What ends sessions is done in the system's context after the caller's own session was proven
//    by the guard, because a person may not write rows of sessions.

/// Ends sessions before their time.
package struct RevokeSessions: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// Ends one of the caller's own sessions; the one they ask with, too.
    ///
    /// - Throws: `not_found` for one that is over or somebody else's.
    package func one(_ id: SessionID, by caller: Caller) async throws {
        try await environment.database.write(.signedIn(caller)) { scope in
            guard try scope.change(SessionStore.revoke(id, of: caller.user)) == 1 else {
                throw DomainError.notFound("session", id.description)
            }
            _ = try scope.last([
                RefreshTokenStore.revoke(of: caller.user),
                scope.recordPlatform(Self.entry("auth.session_revoked", id.description)),
            ])
        }
    }

    /// Ends the caller's own sessions, perhaps but the one they ask with; how many those were.
    @discardableResult
    package func all(keepingThis: Bool, by caller: Caller) async throws -> Int {
        try await environment.database.write(.signedIn(caller)) { scope in
            try Self.revoke(
                all: caller.user,
                but: keepingThis ? caller.session : nil,
                reason: nil,
                in: scope
            )
        }
    }

    /// Ends the sessions of a person, for operators; how many those were.
    ///
    /// - Throws: `reason_required`; `permission_denied`.
    @discardableResult
    package func all(of user: UserID, reason: String, by caller: Caller) async throws -> Int {
        let reason = try Validation.text(reason, field: "reason", length: 3...500)
        return try await environment.database.write(
            .platform(caller, .platformUsersManage)
        ) { scope in
            try Self.revoke(all: user, but: nil, reason: reason, in: scope)
        }
    }

    /// Ends everybody's sessions but the caller's: after a restore, or when tokens have leaked.
    @discardableResult
    package func everybody(reason: String, by caller: Caller) async throws -> Int {
        let reason = try Validation.text(reason, field: "reason", length: 3...500)
        return try await environment.database.write(
            .platform(caller, .platformRolesManage)
        ) { scope in
            let count = try scope.change(SessionStore.revokeEverybody(but: caller.session))
            var changes = Changes()
            changes.note("sessions", from: .null, to: .integer(Int64(count)))
            changes.note("reason", from: .null, to: .string(reason))
            _ = try scope.last([
                scope.recordPlatform(Self.entry("auth.everybody_revoked", nil, changes))
            ])
            return count
        }
    }

    /// Ends a person's sessions inside another use case's transaction; must be followed by its
    /// own last statements.
    static func statements(of user: UserID, but kept: SessionID? = nil) -> [Statement] {
        [SessionStore.revokeAll(of: user, but: kept), RefreshTokenStore.revoke(of: user)]
    }

    private static func revoke(
        all user: UserID,
        but kept: SessionID?,
        reason: String?,
        in scope: Scope
    ) throws -> Int {
        let count = try scope.change(SessionStore.revokeAll(of: user, but: kept))
        var changes = Changes()
        changes.note("sessions", from: .null, to: .integer(Int64(count)))
        changes.note("reason", from: .null, to: reason.map(JSONValue.string) ?? .null)
        _ = try scope.last([
            RefreshTokenStore.revoke(of: user),
            scope.recordPlatform(
                Self.entry("auth.sessions_revoked", user.description, changes, on: "user")
            ),
        ])
        return count
    }

    private static func entry(
        _ action: String,
        _ id: String?,
        _ changes: Changes = Changes(),
        on resource: String = "session"
    ) -> AuditEntry {
        AuditEntry(
            action: action,
            operation: .update,
            resourceType: resource,
            resourceID: id,
            requestID: nil,
            changes: changes.canonical
        )
    }
}

extension Access {
    /// The system on behalf of a person whose session the guard has proven.
    static func signedIn(_ caller: Caller) -> Access {
        Access(
            context: AccessContext(kind: .system(.signIn), user: caller.user, mode: .readWrite),
            guard: .session(caller.session),
            requestID: caller.requestID
        )
    }
}
