import Domain
import Operations

extension QueryParameter {
    /// The filter of a list in one text.
    static func filter(_ schema: FilterSchema) -> QueryParameter {
        QueryParameter(
            name: "filter",
            kind: .text,
            note: "The filters in one text, as docs/filters.md has it: `\(schema.hint)`. Alone."
        )
    }
}

extension Exchange {
    /// The filter of the query, held against what the list knows; nil when there is none.
    ///
    /// - Throws: A validation error with the column of what is wrong, or that names a parameter
    ///   which says the same as the filter.
    func filter(_ schema: FilterSchema) throws(DomainError) -> FilterReading? {
        guard let text = query.text("filter") else { return nil }
        let neighbours: Set = ["filter", "sort", "limit", "cursor"]
        if let other = query.names.subtracting(neighbours).min() {
            throw .invalid(other, "must not stand beside filter, which says it all")
        }
        return try FilterReading(text, schema)
    }

    /// The people whom a filter names.
    func people(
        of reading: FilterReading,
        by caller: TenantCaller
    ) async throws -> [String: UserID] {
        try await FindPeople(environment)(reading.people, by: caller)
    }

    /// Days begin in UTC.
    var filterClock: FilterClock { FilterClock(now: .now) }
}
