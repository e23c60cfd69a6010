package import Domain
package import Postgres

/// The seats of the plan: taken by members, reserved by pending invitations.
package struct SeatStore {
    private let scope: Scope

    package init(_ scope: Scope) {
        self.scope = scope
    }

    /// Takes a seat for a member when one is free.
    ///
    /// - Throws: `plan_limit_reached`.
    package func take() throws { try claim("used = used + 1") }

    /// Reserves a seat for an invitation when one is free.
    ///
    /// - Throws: `plan_limit_reached`.
    package func reserve() throws { try claim("reserved = reserved + 1") }

    /// The reserved seat of an invitation becomes a member's; no limit is asked, because the sum
    /// stays what it was.
    static func occupy(in tenant: TenantID) -> SQL {
        change("used = used + 1, reserved = greatest(reserved - 1, 0)", in: tenant)
    }

    /// Frees the reserved seats of invitations that came to nothing.
    package static func free(_ count: Int, in tenant: TenantID) -> SQL {
        change("reserved = greatest(reserved - \(Int64(count)), 0)", in: tenant)
    }

    /// Frees a member's seat.
    static func giveBack(in tenant: TenantID) -> SQL {
        change("used = greatest(used - 1, 0)", in: tenant)
    }

    private static func change(_ assignment: SQL, in tenant: TenantID) -> SQL {
        """
        UPDATE tenant_quotas
        SET \(assignment)
        WHERE tenant_id = \(tenant) AND resource = 'users' AND period_start = timestamptz 'epoch'
        """
    }

    private func claim(_ assignment: SQL) throws {
        let tenant = try scope.tenant
        let rows = try scope.batch([
            Self.change(assignment, in: tenant) + " AND used + reserved < hard",
            """
            SELECT q.hard, app.next_plan(q.tenant_id, 'users', q.hard) AS upgrade
            FROM tenant_quotas AS q
            WHERE q.tenant_id = \(tenant) AND q.resource = 'users'
              AND q.period_start = timestamptz 'epoch'
            """,
        ])
        guard rows[0].affected == 0 else { return }
        throw DomainError.planLimit(
            ReachedLimit(
                resource: .users,
                hard: try rows[1].first?.decode("hard") ?? 0,
                upgrade: try rows[1].first?.decode("upgrade", as: String?.self)
                    .flatMap(Plan.init(rawValue:))
            )
        )
    }
}
