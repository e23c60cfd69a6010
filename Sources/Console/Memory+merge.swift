// DESIGN: two consoles, one file.
//
// 1. Each console knows what it read or wrote last (the base). What it changed since then is its
//    own word; everything else is what the file says now, so that two consoles of one person do
//    not take back what the other one remembers.
// 2. Lists of names are merged name by name; of lines that were run the newer ones come first.

extension Memory {
    /// This memory with what another console has written since the base.
    package func merged(since base: Memory, with written: Memory) -> Memory {
        let before = base.shelves
        let theirs = written.shelves
        var shelves = theirs
        for (name, shelf) in self.shelves {
            shelves[name] = shelf.merged(
                since: before[name] ?? .empty,
                with: theirs[name] ?? .empty
            )
        }
        return Memory(shelves, person: person)
    }

    /// What everybody remembers, the person at the console among them.
    private var shelves: [String: Shelf] {
        var shelves = others ?? [:]
        shelves[person ?? ""] = own
        return shelves
    }

    private init(_ shelves: [String: Shelf], person: String?) {
        self.init()
        self.person = person
        var others = shelves
        own = others.removeValue(forKey: person ?? "") ?? .empty
        // What was remembered before the first sign-in is the first person's.
        others[""] = nil
        self.others = others.isEmpty ? nil : others
    }
}

extension Memory.Shelf {
    fileprivate static let empty = Memory.Shelf(orders: [:], filters: [:])

    fileprivate func merged(since base: Self, with theirs: Self) -> Self {
        func one<Value: Equatable>(_ path: KeyPath<Self, Value>) -> Value {
            self[keyPath: path] == base[keyPath: path] ? theirs[keyPath: path] : self[keyPath: path]
        }
        return Self(
            theme: one(\.theme),
            screen: one(\.screen),
            tenant: one(\.tenant),
            orders: orders.merged(since: base.orders, with: theirs.orders),
            filters: filters.merged(since: base.filters, with: theirs.filters),
            commands: lines(since: base, with: theirs),
            saved: saved(since: base, with: theirs),
            columns: columns(since: base, with: theirs)
        )
    }

    private func lines(since base: Self, with theirs: Self) -> [String]? {
        let known = Set(base.commands ?? [])
        let new = (commands ?? []).filter { !known.contains($0) }
        let rest = (theirs.commands ?? []).filter { !new.contains($0) }
        let all = Array((new + rest).prefix(Memory.mostCommands))
        return all.isEmpty ? nil : all
    }

    private func columns(since base: Self, with theirs: Self) -> [String: [String]]? {
        let all = (columns ?? [:]).merged(
            since: base.columns ?? [:],
            with: theirs.columns ?? [:]
        )
        return all.isEmpty ? nil : all
    }

    private func saved(since base: Self, with theirs: Self) -> [String: [String: String]]? {
        let (mine, before, written) = (saved ?? [:], base.saved ?? [:], theirs.saved ?? [:])
        var all: [String: [String: String]] = [:]
        for screen in Set(mine.keys).union(written.keys) {
            let names = (mine[screen] ?? [:]).merged(
                since: before[screen] ?? [:],
                with: written[screen] ?? [:]
            )
            if !names.isEmpty { all[screen] = names }
        }
        return all.isEmpty ? nil : all
    }
}

extension Dictionary where Key == String, Value: Equatable {
    /// Name by name: what was changed here counts, else what is written.
    fileprivate func merged(since base: Self, with written: Self) -> Self {
        var all = written
        for name in Set(keys).union(base.keys) where self[name] != base[name] {
            all[name] = self[name]
        }
        return all
    }
}
