package import Domain
package import Postgres

extension DomainError {
    /// The error that callers see for one of PostgreSQL's: the one table from constraint and
    /// SQLSTATE to sentence.
    ///
    /// What is not in it is internal, and logged whole at the door. A read that was lost leaves
    /// nothing to find out.
    package init(translating error: PostgresError, ofRead isRead: Bool = false) {
        switch error.kind {
        case .connectionLost(true) where !isRead, .timeout(true) where !isRead:
            self.init(
                .unavailable,
                .outcomeUnknown,
                "The connection was lost while the change was being saved.",
                hint: "Look whether it took effect before you repeat it."
            )
        case .connectionFailed, .connectionLost, .poolTimeout, .poolClosed:
            self.init(
                .unavailable,
                .unavailable,
                "The database cannot be reached.",
                hint: "Try again in a moment."
            )
        case .timeout:
            self.init(.timeout, .timeout, "The database did not answer in time.")
        case .cancelled:
            self.init(.timeout, .timeout, "The request was cancelled.")
        case .server(let state):
            self.init(state: state, error: error)
        case .settings, .decoding, .protocolViolation:
            self = .unexplained
        }
    }

    private init(state: SQLState, error: PostgresError) {
        switch state.rawValue {
        case "GW401", "GW403":
            self = Self.refusals[error.message ?? ""] ?? .unexplained
        case "GW429":
            self = ReachedLimit(raised: error.message ?? "").map { .planLimit($0) } ?? .unexplained
        case "GW409":
            self = .erasureObstacle(error.message ?? "")
        case "23505", "23514", "23503":
            if let constraint = error.constraint {
                self = Self.constraints[constraint] ?? .unexplained
            } else if error.message?.hasPrefix("no partition of relation") == true {
                self.init(
                    .unavailable,
                    .auditPartitionMissing,
                    "The change cannot be recorded in the audit trail, so it was not made.",
                    hint: "An administrator must run `ghostworks migrate up`."
                )
            } else {
                self = .unexplained
            }
        case "42501" where error.message?.contains("audit_events") == true:
            self.init(
                .unavailable,
                .auditPartitionMissing,
                "The change cannot be recorded in the audit trail, so it was not made."
            )
        case "55P03", "40P01", "40001":
            self.init(
                .unavailable,
                .unavailable,
                "Somebody else is changing the same thing.",
                hint: "Try again in a moment."
            )
        case "57014":
            self.init(.timeout, .timeout, "The database did not answer in time.")
        case "22003":
            self = .invalid("amount", "is larger than what can be counted")
        case "22021", "22P05":
            self = .invalid("text", "must be valid UTF-8 without NUL characters")
        case let code where code.hasPrefix("57P") || code.hasPrefix("53") || code == "25006":
            self.init(
                .unavailable,
                .unavailable,
                "The database cannot take the request now.",
                hint: "Try again in a moment."
            )
        default:
            self = .unexplained
        }
    }

    /// A failure of ours: the door logs the cause and shows the request id.
    private static let unexplained = DomainError(
        .internal,
        .internalError,
        "Something went wrong on our side."
    )

    /// What the guard raises.
    private static let refusals: [String: DomainError] = [
        "session_revoked": DomainError(
            .unauthenticated,
            .sessionRevoked,
            "The session has ended.",
            hint: "Sign in again."
        ),
        "api_key_invalid": DomainError(
            .unauthenticated,
            .apiKeyInvalid,
            "The API key is not valid.",
            hint: "Check that the whole key was copied."
        ),
        "api_key_revoked": DomainError(
            .unauthenticated,
            .apiKeyRevoked,
            "The API key no longer works.",
            hint: "It was revoked, or who made it may no longer enter the workspace."
        ),
        "api_key_expired": DomainError(
            .unauthenticated,
            .apiKeyExpired,
            "The API key has expired.",
            hint: "Make a new one."
        ),
        "key_permission_denied": .forbidden(
            .permissionDenied,
            "The API key does not have the permission for this."
        ),
        "permission_denied": .forbidden(
            .permissionDenied,
            "You do not have the permission for this."
        ),
        "tenant_access_denied": .forbidden(
            .tenantAccessDenied,
            "You do not have access to this workspace."
        ),
        "tenant_suspended": .forbidden(.tenantSuspended, "This workspace is suspended."),
        "tenant_closed": DomainError(
            .forbidden,
            .permissionDenied,
            "This workspace is closed.",
            hint: "Of a closed one a support session reads the summary and the audit trail alone."
        ),
        "support_session_ended": .forbidden(
            .supportSessionEnded,
            "The support session has ended."
        ),
    ]
}

extension ReachedLimit {
    /// Reads what `app.take_quota` raises: `plan_limit_reached:RESOURCE:LIMIT:PLAN:SECONDS`.
    fileprivate init?(raised message: String) {
        let parts = message.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 5, parts[0] == "plan_limit_reached",
            let resource = Resource(rawValue: String(parts[1])), let hard = Int64(parts[2])
        else { return nil }
        self.init(
            resource: resource,
            hard: hard,
            upgrade: Plan(rawValue: String(parts[3])),
            freedIn: Int64(parts[4]).map { .seconds($0) }
        )
    }
}
