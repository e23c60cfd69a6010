import Domain

/// An order of a list that queries name by its field.
protocol FieldOrder: ReversibleOrder {
    /// The field as answers name it.
    var field: String { get }
}

/// An order as a query names it: a field, behind a minus when the greatest comes first.
struct FieldSort<Order: FieldOrder>: Ordered, RawRepresentable, CaseIterable {
    let order: Order
    let isReversed: Bool

    var rawValue: String { (isAscending ? "" : "-") + order.field }

    private init(_ order: Order, isReversed: Bool) {
        self.order = order
        self.isReversed = isReversed
    }

    init?(rawValue: String) {
        guard let sort = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
        self = sort
    }

    static var allCases: [FieldSort] {
        Order.allCases.flatMap { order in
            [FieldSort(order, isReversed: false), FieldSort(order, isReversed: true)]
        }
    }
}

extension TenantFilter.Order: FieldOrder {
    var field: String {
        switch self {
        case .newest: "created_at"
        case .name: "name"
        case .members: "members"
        case .tokens: "ai_tokens"
        case .cost: "ai_cost_usd"
        case .artifacts: "artifacts"
        case .storage: "storage_bytes"
        }
    }
}

extension ArtifactOrder: FieldOrder {
    var field: String {
        switch self {
        case .newest: "created_at"
        case .recentlyUpdated: "updated_at"
        case .name: "name"
        }
    }
}
