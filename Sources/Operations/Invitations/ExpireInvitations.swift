import Domain
import Storage

/// Ends the invitations whose time is over, in every tenant, and frees their seats; for
/// housekeeping.
package struct ExpireInvitations: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Returns: How many it ended.
    @discardableResult
    package func callAsFunction() async throws -> Int {
        let tenants = try await environment.database.system(reason: .worker) { scope in
            try InvitationLedger(scope).overdueTenants()
        }
        var ended = 0
        for tenant in tenants { ended += try await expire(in: tenant) }
        return ended
    }

    /// One transaction a tenant: their heads are never locked together.
    private func expire(in tenant: TenantID) async throws -> Int {
        try await environment.database.system(reason: .worker, tenant: tenant) { scope in
            try MemberLedger(scope).lockUnguarded()
            let ids = try InvitationLedger(scope).expireOverdue()
            guard !ids.isEmpty else { return 0 }
            _ = try scope.last(ids.map { InvitationTrail(scope: scope, id: $0).settled(.expired) })
            return ids.count
        }
    }
}
