/// Which tenants operators want to see, and in which order.
package struct TenantFilter: Ordered, Hashable, Sendable {
    /// A part of the slug or of the name.
    package var search: String?
    /// All but the deleted, when none is asked for.
    package var statuses: Among<TenantStatus>
    package var plans: Among<Plan>
    package var createdFrom: Instant?
    package var createdTo: Instant?
    package var order: Order
    /// Whether the order is turned round: the oldest, the last name, the least first.
    package var isReversed: Bool

    /// The figures are those of the last count, the most first; a tenant that was never counted
    /// stands behind all others, whichever end is first.
    package enum Order: String, ReversibleOrder {
        case newest
        case name
        case members
        case tokens
        case cost
        case artifacts
        case storage

        package var isAscending: Bool { self == .name }
    }

    package init(
        search: String? = nil,
        status: TenantStatus? = nil,
        plan: Plan? = nil,
        order: Order = .newest,
        isReversed: Bool = false
    ) {
        self.search = search
        statuses = Among(status)
        plans = Among(plan)
        self.order = order
        self.isReversed = isReversed
    }

    /// What stands for the figure of a tenant that was never counted: it is behind all others.
    package var unknownFigure: Int64 { isAscending ? .max : -1 }
}

extension TenantSummary {
    /// Where a page begins that follows this line.
    package func position(in filter: TenantFilter) -> PagePosition {
        switch filter.order {
        case .newest: return PagePosition([String(createdAt.microseconds), id.description])
        case .name: return PagePosition([nameKey, id.description])
        case .members, .tokens, .cost, .artifacts, .storage:
            let figure = figures?[filter.order] ?? filter.unknownFigure
            return PagePosition([String(figure), id.description])
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
