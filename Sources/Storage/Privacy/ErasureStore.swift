package import Domain
import FoundationEssentials
package import Postgres

/// Where a person is or was a member.
package struct SubjectTenant: Hashable, Sendable {
    package let tenant: TenantID
    package let status: MemberStatus
}

/// Making people nobody; for system contexts, except `forget`.
package enum ErasureStore {
    /// Why a person cannot be erased now.
    ///
    /// - Throws: `sole_owner`, `invalid_transition` for an operator.
    package static func check(_ subject: UserID, in scope: Scope) throws {
        let rows = try scope.query("SELECT app.erasure_obstacle(\(subject)) AS obstacle")
        guard let obstacle = try rows.first?.decode("obstacle", as: String?.self) else { return }
        let error = DomainError.erasureObstacle(obstacle)
        guard error.code == .soleOwner else { throw error }
        throw DomainError.soleOwner(of: try AccountStore.soleOwnerships(of: subject, in: scope))
    }

    package static func tenants(of subject: UserID, in scope: Scope) throws -> [SubjectTenant] {
        let rows = try scope.query(
            "SELECT t.tenant_id, t.status FROM app.subject_tenants(\(subject)) AS t"
        )
        return try rows.map { row in
            SubjectTenant(
                tenant: try row.decode("tenant_id"),
                status: try row.decode("status", raw: MemberStatus.self)
            )
        }
    }

    /// Whether there is such a person, erased or not.
    package static func exists(_ subject: UserID) -> SQL {
        "SELECT u.id FROM users AS u WHERE u.id = \(subject)"
    }

    /// The person of a mail address: `id`, null for nobody.
    package static func find(_ email: EmailAddress) -> SQL {
        "SELECT app.find_user(\(email.normalized)) AS id"
    }

    package static func person(_ row: Row) throws -> UserID? {
        try row.decode("id")
    }

    /// Locks the counters that a leaving member changes.
    package static func lockMembers(of tenant: TenantID) -> SQL {
        """
        SELECT c.tenant_id
        FROM tenant_counters AS c
        WHERE c.tenant_id = \(tenant)
        FOR NO KEY UPDATE
        """
    }

    /// The erasure itself; false when it was done before.
    ///
    /// - Throws: ``DomainError/stillMember``, when the person is a member anywhere. Nobody becomes
    ///   one any more once this has begun: see migration 0040.
    package static func erase(_ subject: UserID, in scope: Scope) throws -> Bool {
        // Random, so that the address tells nothing and meets no other.
        let replacement = "\(scope.newID(User.self))@erased.invalid"
        let rows = try scope.query(
            "SELECT app.erase_person(\(subject), \(replacement)) AS erased"
        )
        return try rows.first?.decode("erased") ?? false
    }

    /// Takes a removed member's name out of the tenant of the context.
    package static func forget(_ subject: UserID) -> SQL {
        "SELECT app.forget_member(\(subject))"
    }
}

extension DomainError {
    /// What stands in the way of an erasure, in words; `obstacle` as the database names it.
    static func erasureObstacle(_ obstacle: String) -> DomainError {
        switch obstacle {
        case "sole_owner": .soleOwner
        case "member": .stillMember
        case "erased":
            DomainError(.conflict, .invalidTransition, "The person has been erased.")
        default:
            DomainError(
                .conflict,
                .invalidTransition,
                "The person is an operator of the platform.",
                hint: "Take the platform role away first."
            )
        }
    }

    /// The person has joined a workspace since they left all of them.
    package static let stillMember = DomainError(
        .conflict,
        .invalidTransition,
        "The person goes on joining workspaces and was not erased.",
        hint: "Try again; what they have left stays left."
    )

    package static let legalHold = DomainError(
        .conflict,
        .legalHold,
        "A legal hold forbids to erase this person here.",
        hint: "An owner of the workspace can release it."
    )

    package static let soleOwner = DomainError(
        .conflict,
        .soleOwner,
        "The person is the only owner of a workspace.",
        hint: "Make somebody else an owner first."
    )

    /// The same with the slugs of the workspaces; a closed one stands in nobody's way.
    package static func soleOwner(
        of slugs: [String],
        hint: String = "Make somebody else an owner there first, or close it."
    ) -> DomainError {
        guard !slugs.isEmpty else { return .soleOwner }
        let shown = slugs.prefix(5).joined(separator: ", ")
        let rest = slugs.count > 5 ? " and \(slugs.count - 5) more" : ""
        return DomainError(
            .conflict,
            .soleOwner,
            "The person is the only owner of \(shown)\(rest).",
            hint: hint
        )
    }
}
