import Terminal

/// How many rows a list has, as far as that is known, and which of them is selected.
struct ListNumbers: Hashable, Sendable {
    /// The rows up to the end of the window.
    let known: Int
    /// Whether there are more behind them.
    let hasMore: Bool

    /// How many there are.
    func count(_ noun: String) -> String {
        let rows = Format.plural(known, noun)
        return hasMore ? "\(rows) loaded, there are more" : rows
    }

    /// Which one is selected, as ` 3 of ` before what `count` says; nothing where there is one row.
    ///
    /// The number has as many places as the count: a row down costs the digits that change.
    func position(of selected: Int) -> String {
        guard known > 1 else { return "" }
        let number = Format.count(selected)
        let blanks = max(0, Format.count(known).count - number.count)
        return String(repeating: " ", count: blanks) + "\(number) of "
    }
}

extension Listing {
    /// Nil until the first page has come.
    private var numbers: ListNumbers? {
        guard isLoaded else { return nil }
        return ListNumbers(
            known: table.preceding + table.rows.count,
            hasMore: table.edges.hasAfter
        )
    }

    /// How many rows there are, as the line below the list says it.
    func count(_ noun: String) -> String { numbers?.count(noun) ?? "" }

    /// Which row is selected, as it stands before the count.
    var position: String {
        guard let numbers, let index = table.selectedIndex else { return "" }
        return numbers.position(of: table.preceding + index + 1)
    }
}
