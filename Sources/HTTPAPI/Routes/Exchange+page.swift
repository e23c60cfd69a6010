import Domain
import Operations

extension Exchange {
    /// Which page is wanted of the list `name`, in which only `scope` (a tenant) is seen.
    func pageRequest(of name: String, scope: TenantID? = nil) throws(DomainError) -> PageRequest {
        let position = try query.text("cursor").map { cursor throws(DomainError) in
            try services.configuration.cursors.open(
                cursor,
                list: name,
                filter: filter(scope)
            )
        }
        return try PageRequest(
            limit: query.integer("limit") ?? PageRequest.standardLimit,
            after: position
        )
    }

    /// The envelope of a page of the list `name`.
    func answer<Item>(
        _ page: Page<Item>,
        of name: String,
        scope: TenantID? = nil,
        adding members: [(String, JSON)] = [],
        as render: (Item) -> JSON
    ) throws(DomainError) -> Answer {
        let next = page.next.map { position in
            services.configuration.cursors.seal(position, list: name, filter: filter(scope))
        }
        let limit = try query.integer("limit") ?? PageRequest.standardLimit
        let envelope: JSON = [
            "items": .array(page.items.map(render)),
            "page": [
                "limit": .integer(Int64(limit)), "next_cursor": JSON(next),
                "prev_cursor": .null, "has_more": .bool(next != nil),
            ],
        ]
        return .json(envelope.adding(members))
    }

    private func filter(_ scope: TenantID?) -> String {
        "\(scope?.description ?? "platform")\u{3}\(query.filter)"
    }
}
