package import Domain
import Storage

/// Says whether a workspace is open to the public.
package struct ShowStorefront: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameter caller: Needs `storefront.manage`.
    /// - Returns: Whether visitors may ask.
    /// - Throws: The guard's refusal.
    package func callAsFunction(by caller: TenantCaller) async throws -> Bool {
        let fetched = try await environment.database.fetch(
            .tenant(caller, .storefrontManage),
            StorefrontStore.isOpen(caller.tenant)
        )
        return try fetched.rows.first.map(StorefrontStore.isOpen) ?? false
    }
}

/// Opens a workspace to the public, or closes it.
package struct ChangeStorefront: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - isOpen: Whether visitors may ask.
    ///   - caller: Needs `storefront.manage`.
    /// - Throws: The guard's refusal.
    package func callAsFunction(isOpen: Bool, by caller: TenantCaller) async throws {
        try await environment.database.write(.tenant(caller, .storefrontManage)) { scope in
            let rows = try scope.query(StorefrontStore.set(open: isOpen))
            guard try rows.first.map(StorefrontStore.isChanged) == true else { return }
            var changes = Changes()
            changes.note("enabled", from: .bool(!isOpen), to: .bool(isOpen))
            let record = AuditEntry(
                action: isOpen ? "storefront.opened" : "storefront.closed",
                operation: .update,
                resourceType: "storefront",
                resourceID: nil,
                requestID: nil,
                changes: changes.canonical
            )
            _ = try scope.last([scope.record(record)])
        }
    }
}
