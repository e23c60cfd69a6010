import Domain

/// A screen whose list can be put into several orders.
protocol OrderedScreen: ConsoleScreen {
    /// The orders that the list can have.
    static var orders: [ListOrder] { get }
    /// The order that it has.
    var sorting: ListSorting { get }
    /// Why the order cannot be turned round now; nil when it can.
    var reverseObstacle: String? { get }
    /// Takes one of the orders and asks for the list again.
    mutating func sort(by sorting: ListSorting) -> [SlotAsk]
}

/// One order of a list: its name behind `:sort`, and what it does.
struct ListOrder: Hashable, Sendable {
    let name: String
    let words: String
    /// What it does turned round.
    let reversedWords: String
    /// Whether the smallest comes first, unless it is turned round.
    let isAscending: Bool
}

/// An order of the domain under the name and with the words that the console has for it.
protocol NamedOrder: ReversibleOrder {
    /// The word behind `:sort`, which is the shell's.
    var name: String { get }
    /// What the order does, and what it does turned round.
    var words: (usual: String, reversed: String) { get }
}

extension NamedOrder {
    /// All of them, as a screen offers them.
    static var listOrders: [ListOrder] {
        allCases.map { order in
            ListOrder(
                name: order.name,
                words: order.words.usual,
                reversedWords: order.words.reversed,
                isAscending: order.isAscending
            )
        }
    }
}

/// How a list is sorted: by which of its orders, and whether that is turned round.
struct ListSorting: Hashable, Sendable {
    let name: String
    var isReversed = false
}

/// The direction of an order, as it is named behind `:sort`.
enum SortDirection: String, CaseIterable, Hashable, Sendable {
    case ascending = "asc"
    case descending = "desc"

    var words: String {
        switch self {
        case .ascending: "the least, the oldest or the first letter first"
        case .descending: "the greatest, the newest or the last letter first"
        }
    }
}

extension ListSorting {
    private static let mark = " reversed"

    /// The order as memory keeps it.
    var kept: String { isReversed ? name + Self.mark : name }

    /// Reads what memory kept.
    init(kept: String) {
        let isReversed = kept.hasSuffix(Self.mark)
        self.init(
            name: isReversed ? String(kept.dropLast(Self.mark.count)) : kept,
            isReversed: isReversed
        )
    }
}

extension OrderedScreen {
    /// The order as memory keeps it.
    var order: String { sorting.kept }

    var reverseObstacle: String? { nil }

    /// What the line below the list says of the order.
    var sortWords: String {
        let order = Self.orders.first { $0.name == sorting.name }
        return (sorting.isReversed ? order?.reversedWords : order?.words) ?? ""
    }

    /// The next order; after the last comes the first.
    var nextSorting: ListSorting {
        let index = Self.orders.firstIndex { $0.name == sorting.name } ?? 0
        return ListSorting(name: Self.orders[(index + 1) % Self.orders.count].name)
    }

    /// An order in a direction, or in its usual one; nil when there is none of that name.
    func sorting(_ name: String, _ direction: SortDirection?) -> ListSorting? {
        guard let order = Self.orders.first(where: { $0.name == name }) else { return nil }
        let isReversed = direction.map { ($0 == .ascending) != order.isAscending } ?? false
        return ListSorting(name: name, isReversed: isReversed)
    }
}
