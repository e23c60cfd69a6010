/// The statements prepared on one connection, least recently used out first.
struct StatementCache {
    /// A text is prepared once per combination of parameter types.
    struct Key: Hashable {
        let text: String
        let types: [UInt32]

        init(_ sql: SQL) {
            text = sql.text
            types = sql.parameters.map(\.type.rawValue)
        }
    }

    private struct Entry {
        let name: String
        var lastUse: UInt64
    }

    let capacity: Int
    private var entries: [Key: Entry] = [:]
    private var uses: UInt64 = 0
    private var named: UInt64 = 0
    /// Names that the server still holds and nobody uses.
    private(set) var evicted: [String] = []

    init(capacity: Int) {
        self.capacity = capacity
    }

    var count: Int {
        entries.count
    }

    /// A name that this connection has never used.
    mutating func makeName() -> String {
        named += 1
        return "s\(named)"
    }

    /// The name under which the statement is prepared.
    mutating func name(for key: Key) -> String? {
        uses += 1
        guard let index = entries.index(forKey: key) else { return nil }
        entries.values[index].lastUse = uses
        return entries.values[index].name
    }

    /// Notes that the server has prepared the statement.
    mutating func insert(_ name: String, for key: Key) {
        if entries.count >= capacity,
            let oldest = entries.min(by: { $0.value.lastUse < $1.value.lastUse })
        {
            entries[oldest.key] = nil
            evicted.append(oldest.value.name)
        }
        uses += 1
        entries[key] = Entry(name: name, lastUse: uses)
    }

    /// Notes that the server has dropped evicted names.
    mutating func removeEvicted(_ names: [String]) {
        evicted.removeAll { names.contains($0) }
    }

    /// Forgets everything, for a server that no longer knows the names.
    mutating func removeAll() {
        entries.removeAll()
        evicted.removeAll()
    }
}
