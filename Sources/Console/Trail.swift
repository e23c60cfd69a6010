import Domain

/// The screens that were visited, in order, and which of them is shown.
struct Trail: Equatable, Sendable {
    private(set) var visits: [Visit] = []
    private var position = 0
    /// The visit shown before the current one, for `-`.
    private var lastShown: Int?
    private var count = 0

    /// Older visits are forgotten, so that a long day costs no memory.
    static let depth = 40

    var current: Visit? { visits.indices.contains(position) ? visits[position] : nil }

    mutating func open(_ content: any ConsoleScreen) -> Int {
        count += 1
        lastShown = current?.id
        if !visits.isEmpty { visits.removeSubrange((position + 1)...) }
        visits.append(Visit(id: count, content: content))
        if visits.count > Self.depth { visits.removeFirst(visits.count - Self.depth) }
        position = visits.count - 1
        return count
    }

    mutating func go(by step: Int) -> Bool {
        guard visits.indices.contains(position + step), step != 0 else { return false }
        lastShown = current?.id
        position += step
        return true
    }

    mutating func goToLastShown() -> Bool {
        guard let target = visits.firstIndex(where: { $0.id == lastShown }) else { return false }
        return go(by: target - position)
    }

    /// Forgets the visits that satisfy a condition; the nearest one before the current is shown.
    mutating func forget(where condition: (any ConsoleScreen) -> Bool) {
        let before = visits.prefix(position + 1).filter { !condition($0.content) }.count
        visits.removeAll { condition($0.content) }
        position = max(0, before - 1)
    }

    func content(of id: Int) -> (any ConsoleScreen)? {
        visits.first { $0.id == id }?.content
    }

    mutating func set(_ content: any ConsoleScreen, of id: Int) {
        if let index = visits.firstIndex(where: { $0.id == id }) { visits[index].content = content }
    }

    /// Changes every visit.
    mutating func change(_ body: (inout any ConsoleScreen) -> Void) {
        for index in visits.indices { body(&visits[index].content) }
    }

    /// Changes the shown screen.
    mutating func changeCurrent(_ body: (inout any ConsoleScreen) -> Void) {
        if visits.indices.contains(position) { body(&visits[position].content) }
    }

    /// Changes the shown screen when it is of a type, and returns what the change returns.
    mutating func edit<Content: ConsoleScreen, Value>(
        _: Content.Type,
        _ body: (inout Content) -> Value
    ) -> Value? {
        guard visits.indices.contains(position),
            var content = visits[position].content as? Content
        else { return nil }
        let value = body(&content)
        visits[position].content = content
        return value
    }
}

/// One screen of the trail.
struct Visit: Equatable, Sendable {
    let id: Int
    var content: any ConsoleScreen

    static func == (left: Visit, right: Visit) -> Bool {
        left.id == right.id && AnyHashable(left.content) == AnyHashable(right.content)
    }
}
