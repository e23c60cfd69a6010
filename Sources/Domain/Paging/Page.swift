/// One page of a list in a fixed order, and where to go on.
package struct Page<Item: Sendable>: Sendable {
    package var items: [Item]
    /// Where the next page begins; nil at the end.
    package var next: PagePosition?
    /// Whether a page precedes this one.
    package var hasPrevious: Bool

    package init(items: [Item], next: PagePosition?, hasPrevious: Bool) {
        self.items = items
        self.next = next
        self.hasPrevious = hasPrevious
    }

    package func map<Other: Sendable>(_ transform: (Item) -> Other) -> Page<Other> {
        Page<Other>(items: items.map(transform), next: next, hasPrevious: hasPrevious)
    }

    /// Cuts a page out of one row more than was asked for: the surplus row says that there is a
    /// next page, and the last kept row says where it begins.
    package init(
        surplus rows: [Item],
        request: PageRequest,
        position: (Item) -> PagePosition
    ) {
        let kept = Array(rows.prefix(request.limit))
        self.init(
            items: kept,
            next: rows.count > request.limit ? kept.last.map(position) : nil,
            hasPrevious: request.after != nil
        )
    }
}

/// How much of a list is wanted, and after which row.
package struct PageRequest: Hashable, Sendable {
    package static let limits = 1...100
    package static let standardLimit = 20

    package var limit: Int
    package var after: PagePosition?

    /// - Throws: A validation error when `limit` is not 1 to 100.
    package init(
        limit: Int = PageRequest.standardLimit,
        after: PagePosition? = nil
    )
        throws(DomainError)
    {
        guard Self.limits.contains(limit) else {
            throw .invalid(
                "limit",
                "must be \(Self.limits.lowerBound) to \(Self.limits.upperBound); got \(limit)"
            )
        }
        self.limit = limit
        self.after = after
    }
}

/// The sort keys of the last row of a page, as text in the order of the list's ordering columns.
///
/// Doors seal it into an opaque cursor together with the list's name and filters.
package struct PagePosition: Hashable, Sendable {
    package var keys: [String]

    package init(_ keys: [String]) {
        self.keys = keys
    }
}

extension PagePosition {
    /// The refusal of a position that no row of this list can have made.
    package static var invalid: DomainError {
        DomainError(
            .malformed,
            .cursorInvalid,
            "The cursor does not belong to this list.",
            hint: "Start again without a cursor."
        )
    }

    package func instant(at index: Int) throws(DomainError) -> Instant {
        Instant(microseconds: try integer(at: index))
    }

    package func integer(at index: Int) throws(DomainError) -> Int64 {
        guard keys.indices.contains(index), let number = Int64(keys[index]) else {
            throw Self.invalid
        }
        return number
    }

    package func id<Entity>(
        at index: Int,
        of _: Entity.Type = Entity.self
    ) throws(DomainError)
        -> Identifier<Entity>
    {
        guard keys.indices.contains(index), let id = Identifier<Entity>(keys[index]) else {
            throw Self.invalid
        }
        return id
    }

    package func text(at index: Int) throws(DomainError) -> String {
        guard keys.indices.contains(index) else { throw Self.invalid }
        return keys[index]
    }
}
