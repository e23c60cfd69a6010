package import FoundationEssentials

/// What the console remembers of one operator between two starts.
package struct Memory: Hashable, Sendable, Codable {
    package var theme: String?
    /// The screen to open, by the name that the command line knows.
    package var screen: String?
    /// The slug of the tenant that was entered last.
    package var tenant: String?
    /// The order of each list, by screen.
    package var orders: [String: String]
    /// The filter of each list, by screen.
    package var filters: [String: String]
    /// Filters with a name, by screen; nil in what older versions wrote.
    package var saved: [String: [String: String]]?

    package init() {
        orders = [:]
        filters = [:]
    }

    /// Reads what `encoded` wrote; nil for anything else, so that a broken file costs nothing.
    package init?(decoding data: Data) {
        guard let memory = try? JSONDecoder().decode(Memory.self, from: data) else { return nil }
        self = memory
    }

    /// The memory as JSON; nil never happens to these fields.
    package var encoded: Data? {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return try? encoder.encode(self)
    }
}
