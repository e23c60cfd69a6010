package import Domain

/// Tenants as operators manage them; `workspace` is the same tenant as its own member sees it.
package struct TenantClient: Sendable {
    package typealias List =
        @Sendable (TenantFilter, PageRequest, Caller) async throws -> Page<TenantSummary>
    package typealias Named = @Sendable (String, Caller) async throws -> TenantDetail
    package typealias Known = @Sendable (TenantID, Caller) async throws -> TenantDetail
    package typealias Move = @Sendable (TenantID, _ reason: String, Caller) async throws -> Tenant

    package var overview: @Sendable (Caller) async throws -> PlatformOverview
    package var highlights: @Sendable (PageRequest, Caller) async throws -> PlatformHighlights
    package var refreshFigures: @Sendable (Caller) async throws -> Void
    package var list: List
    /// A tenant by slug or id.
    package var resolve: Named
    package var find: Known
    package var workspace: @Sendable (TenantCaller) async throws -> TenantDetail
    package var change: Changes

    /// The operations that write.
    package struct Changes: Sendable {
        package var provision:
            @Sendable (NewTenant, _ idempotencyKey: String, Caller) async throws -> Tenant
        package var suspend: Move
        package var resume: Move
        package var rename: @Sendable (TenantID, _ name: String, Caller) async throws -> Tenant
        package var plan: @Sendable (TenantID, Plan, Caller) async throws -> TenantDetail
        package var quota:
            @Sendable (TenantID, Resource, _ soft: Int64?, _ hard: Int64, Caller) async throws ->
                TenantDetail

        package init(
            provision:
                @escaping @Sendable (NewTenant, _ idempotencyKey: String, Caller) async throws ->
                Tenant,
            suspend: @escaping Move,
            resume: @escaping Move,
            rename:
                @escaping @Sendable (TenantID, _ name: String, Caller) async throws -> Tenant,
            plan: @escaping @Sendable (TenantID, Plan, Caller) async throws -> TenantDetail,
            quota:
                @escaping @Sendable (TenantID, Resource, _ soft: Int64?, _ hard: Int64, Caller)
                async throws -> TenantDetail
        ) {
            self.provision = provision
            self.suspend = suspend
            self.resume = resume
            self.rename = rename
            self.plan = plan
            self.quota = quota
        }
    }

    package init(
        overview: @escaping @Sendable (Caller) async throws -> PlatformOverview,
        highlights: @escaping @Sendable (PageRequest, Caller) async throws -> PlatformHighlights,
        refreshFigures: @escaping @Sendable (Caller) async throws -> Void,
        list: @escaping List,
        resolve: @escaping Named,
        find: @escaping Known,
        workspace: @escaping @Sendable (TenantCaller) async throws -> TenantDetail,
        change: Changes
    ) {
        self.overview = overview
        self.highlights = highlights
        self.refreshFigures = refreshFigures
        self.list = list
        self.resolve = resolve
        self.find = find
        self.workspace = workspace
        self.change = change
    }
}

/// An operator's stay inside a tenant.
package struct SupportClient: Sendable {
    package var open: @Sendable (TenantID, SupportRequest, Caller) async throws -> SupportSession
    package var end: @Sendable (SupportSessionID, Caller) async throws -> Void

    package init(
        open: @escaping @Sendable (TenantID, SupportRequest, Caller) async throws -> SupportSession,
        end: @escaping @Sendable (SupportSessionID, Caller) async throws -> Void
    ) {
        self.open = open
        self.end = end
    }
}
