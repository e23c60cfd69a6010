/// A screen whose list can be put into several orders.
protocol OrderedScreen: ConsoleScreen {
    /// The orders that the list can have.
    static var orders: [ListOrder] { get }
    /// The order as memory keeps it.
    var order: String { get }
    /// The order as `:sort` names it.
    var orderName: String { get }
    /// Takes one of the orders by its name and asks for the list again.
    mutating func sort(by name: String) -> [SlotAsk]
}

/// One order of a list: its name behind `:sort`, and what it does.
struct ListOrder: Hashable, Sendable {
    let name: String
    let words: String

    init(_ name: String, _ words: String) {
        self.name = name
        self.words = words
    }
}

extension OrderedScreen {
    /// Goes to the next order; after the last comes the first.
    mutating func sortNext() -> [SlotAsk] {
        let index = Self.orders.firstIndex { $0.name == orderName } ?? 0
        return sort(by: Self.orders[(index + 1) % Self.orders.count].name)
    }
}
