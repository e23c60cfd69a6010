package import Domain
import Postgres

/// Who asks, as which context, and what must be true before anything happens.
package struct Access: Sendable {
    package var context: AccessContext
    package var `guard`: Guard
    package var requestID: String?
    package var commit = Commit.durable

    package init(context: AccessContext, guard: Guard, requestID: String?) {
        self.context = context
        self.guard = `guard`
        self.requestID = requestID
    }

    /// A member, or an operator in a support session, who must hold `permission` in the tenant.
    package static func tenant(_ caller: TenantCaller, _ permission: Permission) -> Access {
        Access(
            context: caller.context,
            guard: caller.key.map { .key($0, permission) }
                ?? .tenant(caller.caller.session, permission),
            requestID: caller.caller.requestID
        )
    }

    /// An operator who must hold `permission`; `tenant` only for the tenant's lifecycle.
    package static func platform(
        _ caller: Caller,
        _ permission: Permission,
        tenant: TenantID? = nil
    ) -> Access {
        Access(
            context: caller.platform(tenant: tenant),
            guard: .platform(caller.session, permission),
            requestID: caller.requestID
        )
    }

    /// A signed-in person and what is their own.
    package static func person(_ caller: Caller) -> Access {
        Access(
            context: AccessContext(kind: .tenant, user: caller.user, mode: .readWrite),
            guard: .session(caller.session),
            requestID: caller.requestID
        )
    }
}

extension Access {
    /// The refusal of a change, with what the guard cannot say: that the session may only read.
    func explained(_ error: DomainError) -> DomainError {
        guard case .tenant = self.guard, context.mode == .readOnly,
            error.code == .permissionDenied, error.hint == nil
        else { return named(error) }
        return .forbidden(.readOnly, "This support session may only read.")
    }

    /// A refusal of the guard with the name of the permission that it asked for.
    func named(_ error: DomainError) -> DomainError {
        guard error.code == .permissionDenied, error.hint == nil,
            let permission = self.guard.permission
        else { return error }
        return DomainError(
            error.kind,
            error.code,
            error.message,
            hint: "This takes the permission \(permission)."
        )
    }
}

extension DomainError {
    /// The refusal of a change in a transaction that may not write.
    package static let onlyReads = DomainError.forbidden(.readOnly, "Only reading is allowed now.")
}

/// When a transaction counts as done.
package enum Commit: Sendable {
    /// When it is on the disk.
    case durable
    /// At once: a crash of the server within the next moment forgets it, whole
    /// (PostgreSQL manual, 30.4 Asynchronous Commit).
    case soon
}

/// The question that is asked before the first statement, in the same round trip.
package enum Guard: Sendable {
    case tenant(SessionID, Permission)
    case key(APIKeyProof, Permission)
    case platform(SessionID, Permission)
    case session(SessionID)
    /// The process itself: the signed context is the whole proof.
    case process

    package var session: SessionID? {
        switch self {
        case .tenant(let session, _), .platform(let session, _), .session(let session): session
        // The trail shows the key in the place of the session.
        case .key(let key, _): SessionID(key.id.uuid)
        case .process: nil
        }
    }

    /// What must be held; nil where nothing is asked for by name.
    package var permission: Permission? {
        switch self {
        case .tenant(_, let permission), .platform(_, let permission), .key(_, let permission):
            permission
        case .session, .process: nil
        }
    }

    /// Sets the context and asks, in one statement.
    func statement(context: String) -> SQL {
        switch self {
        case .tenant(let session, let permission):
            """
            SELECT e.role_key, e.access_stamp
            FROM app.enter(\(context), \(session), \(Int32(permission.rawValue))) AS e
            """
        case .key(let key, let permission):
            """
            SELECT app.enter_key(\(context), \(key.id), \(key.secretHash),
                \(Int32(permission.rawValue))) AS role_key
            """
        case .platform(let session, let permission):
            """
            SELECT app.enter_platform(\(context), \(session), \(Int32(permission.rawValue)))
                AS role_key
            """
        case .session(let session):
            "SELECT app.enter_session(\(context), \(session)) AS user_id"
        case .process:
            "SELECT set_config('app.context', \(context), true)"
        }
    }

    /// What the guard's row says of the caller; nil where there is no role to speak of.
    func authorization(_ rows: Rows?) throws -> Authorization? {
        switch self {
        case .tenant, .platform, .key:
            guard let row = rows?.first else { return nil }
            return try Authorization(answer: try row.decode("role_key", as: String.self))
        case .session, .process:
            return nil
        }
    }
}
