/// An order of a list that can be turned round.
package protocol ReversibleOrder: CaseIterable, Hashable, Sendable {
    /// Whether the smallest comes first, unless it is turned round.
    var isAscending: Bool { get }
}

/// What has an order, which may be turned round.
package protocol Ordered {
    associatedtype Order: ReversibleOrder
    var order: Order { get }
    var isReversed: Bool { get }
}

extension Ordered {
    /// Whether the smallest comes first.
    package var isAscending: Bool { order.isAscending != isReversed }
}
