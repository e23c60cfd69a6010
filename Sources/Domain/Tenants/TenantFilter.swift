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

    /// The figures are those of the last count, the most first; a tenant that was never counted
    /// stands behind all others.
    package enum Order: String, CaseIterable, Hashable, Sendable {
        case newest
        case name
        case members
        case tokens
        case cost
        case artifacts
        case storage
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
        case .members, .tokens, .cost, .artifacts, .storage:
            PagePosition([String(figures?[order] ?? -1), id.description])
        }
    }
}

extension TenantFigures {
    /// The figure that an order is about; nil for one that is about none.
    package subscript(order: TenantFilter.Order) -> Int64? {
        switch order {
        case .newest, .name: nil
        case .members: Int64(members)
        case .tokens: aiTokens
        case .cost: aiCostNano
        case .artifacts: Int64(artifacts)
        case .storage: storageBytes
        }
    }
}
