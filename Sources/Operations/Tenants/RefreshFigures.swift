package import Domain
import Storage

/// Counts members, artifacts and AI use anew, for the operators' list.
package struct RefreshFigures: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - tenants: which ones; nil for all.
    ///   - caller: an operator, or nil for the process itself.
    /// - Returns: How many tenants were counted.
    /// - Throws: `permission_denied`.
    @discardableResult
    package func callAsFunction(tenants: [TenantID]?, by caller: Caller?) async throws -> Int {
        guard let caller else {
            return try await environment.database.system(reason: .worker) { scope in
                try Self.refresh(tenants, scope)
            }
        }
        return try await environment.database.write(
            .platform(caller, .platformTenantsRead)
        ) { scope in
            try Self.refresh(tenants, scope)
        }
    }

    private static func refresh(_ tenants: [TenantID]?, _ scope: Scope) throws -> Int {
        try TenantDirectory.refresh(tenants, in: scope)
    }
}
