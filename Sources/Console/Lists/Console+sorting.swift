extension Console {
    /// The list that can be sorted.
    private var orderedScreen: (any OrderedScreen)? { trail.current?.content as? any OrderedScreen }

    /// Why the order cannot be turned round; nil when it can.
    var reverseObstacle: String? { orderedScreen?.reverseObstacle }

    /// Goes on to the next order of the list.
    mutating func sortNext() -> [Effect] {
        orderedScreen.map { sort($0, by: $0.nextSorting) } ?? []
    }

    /// Turns the order of the list round.
    mutating func reverseOrder() -> [Effect] {
        guard let screen = orderedScreen else { return [] }
        var sorting = screen.sorting
        sorting.isReversed.toggle()
        return sort(screen, by: sorting)
    }

    /// Puts the list into the order of that name, or says which orders there are.
    mutating func sort(by name: String, _ direction: SortDirection?) -> [Effect] {
        guard let screen = orderedScreen else {
            toast("This screen has one order only.", .hint)
            return []
        }
        guard let sorting = screen.sorting(name, direction) else {
            let names = type(of: screen).orders.map(\.name).listed
            toast("No order named \"\(name)\" exists. There are \(names).", .failure)
            return []
        }
        return sort(screen, by: sorting)
    }

    private mutating func sort(_ open: any OrderedScreen, by sorting: ListSorting) -> [Effect] {
        guard let visit = trail.current else { return [] }
        var screen = open
        let asks = screen.sort(by: sorting)
        trail.set(screen, of: visit.id)
        return send(asks, from: visit.id) + remember()
    }
}
