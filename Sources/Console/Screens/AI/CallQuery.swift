import Domain

/// The filter of the calls to models.
typealias CallQuery = PeopleQuery<AICallFilter>

extension AICallFilter: PeopleFilter {
    static var schema: FilterSchema { .calls }
    static var everything: AICallFilter { AICallFilter() }
}
