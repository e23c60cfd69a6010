/// Which tenants operators want to see, and in which order.
package struct TenantFilter: Hashable, Sendable {
    /// A part of the slug or of the name.
    package var search: String?
    /// All but the deleted, when none is asked for.
    package var statuses: Among<TenantStatus>
    package var plans: Among<Plan>
    package var createdFrom: Instant?
    package var createdTo: Instant?
    package var order: Order

    package enum Order: String, CaseIterable, Hashable, Sendable {
        case newest
        case name
    }

    package init(
        search: String? = nil,
        status: TenantStatus? = nil,
        plan: Plan? = nil,
        order: Order = .newest
    ) {
        self.search = search
        statuses = Among(status)
        plans = Among(plan)
        self.order = order
    }
}

extension TenantSummary {
    /// Where a page begins that follows this line.
    package func position(in order: TenantFilter.Order) -> PagePosition {
        switch order {
        case .newest: PagePosition([String(createdAt.microseconds), id.description])
        case .name: PagePosition([nameKey, id.description])
        }
    }
}
