import ArgumentParser
import Domain
import FoundationEssentials
import Operations
import Terminal

/// `--filter`: the language of the console's `/` and of `?filter=`.
struct FilterOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The filters in one text, such as 'status:suspended since:7d'; see `ghostworks man "
                + "ghostworks`.",
            valueName: "text"
        )
    )
    var filter: String?

    /// The filter held against what the list knows; nil when there is none.
    ///
    /// The others are options that say the same, and whether they were given. What is wrong is a
    /// usage error with a caret under the place.
    func reading(
        _ schema: FilterSchema,
        beside others: [(name: String, isGiven: Bool)] = []
    ) throws -> FilterReading? {
        guard let filter else { return nil }
        if let other = others.first(where: \.isGiven) {
            throw ExitMessage(
                "--\(other.name) must not stand beside --filter, which says it all.",
                code: ExitMessage.usage
            )
        }
        do throws(DomainError) {
            return try FilterReading(filter, schema)
        } catch {
            throw pointing(error)
        }
    }

    /// Runs what may still find fault with the filter, such as a name that nobody has.
    func pointing<Value>(_ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch let error as DomainError where error.column != nil {
            throw pointing(error)
        }
    }

    private func pointing(_ error: DomainError) -> any Error {
        guard let filter, let column = error.column else { return error }
        return ExitMessage(
            error.message,
            hint: ([Caret(under: filter, column: column).lines] + [error.hint].compactMap(\.self))
                .joined(separator: "\n"),
            code: ExitMessage.usage
        )
    }
}

/// A line of input with a caret under one of its characters.
struct Caret {
    /// Both lines; of long input the part around the caret.
    let lines: String

    private static let before = 50
    private static let behind = 20

    init(under text: String, column: Int) {
        let characters = Array(text)
        let place = min(max(0, column - 1), characters.count)
        let start = max(0, place - Self.before)
        let end = min(characters.count, place + Self.behind)
        let left = (start > 0 ? "…" : "") + SafeText(String(characters[start..<place])).string
        let right =
            SafeText(String(characters[place..<end])).string + (end < characters.count ? "…" : "")
        let indent = String(repeating: " ", count: SafeText(left).width)
        lines = left + right + "\n" + indent + "^"
    }
}

extension Settings {
    /// What times in filters are counted from, and where days begin.
    var filterClock: FilterClock {
        FilterClock(
            now: SystemTime.now,
            minutesEast: view.timeZone.secondsFromGMT() / 60
        )
    }
}

extension TenantWork.Place {
    /// The people whom a filter names.
    func people(of reading: FilterReading) async throws -> [String: UserID] {
        try await FindPeople(environment)(reading.people, by: caller)
    }
}
