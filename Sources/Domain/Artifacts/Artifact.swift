/// A tenant's document: a name, a description, tags and free metadata.
package struct Artifact: Hashable, Sendable {
    package var id: ArtifactID
    package var name: String
    package var description: String
    package var tags: [String]
    package var metadata: JSONValue
    package var createdBy: UserID
    package var createdAt: Instant
    package var updatedBy: UserID
    package var updatedAt: Instant
    /// Grows with every change; what optimistic locking compares.
    package var version: Int64
    package var deletedAt: Instant?

    package init(
        id: ArtifactID,
        name: String,
        description: String,
        tags: [String],
        metadata: JSONValue,
        createdBy: UserID,
        createdAt: Instant,
        updatedBy: UserID,
        updatedAt: Instant,
        version: Int64,
        deletedAt: Instant?
    ) {
        self.id = id
        self.name = name
        self.description = description
        self.tags = tags
        self.metadata = metadata
        self.createdBy = createdBy
        self.createdAt = createdAt
        self.updatedBy = updatedBy
        self.updatedAt = updatedAt
        self.version = version
        self.deletedAt = deletedAt
    }
}

/// The fields of an artifact that people write, checked.
package struct ArtifactDraft: Hashable, Sendable {
    package var name: String
    package var description: String
    package var tags: [String]
    package var metadata: JSONValue

    package static let descriptionBytes = 65_536
    package static let metadataBytes = 65_536
    package static let tagCount = 20

    /// Checks every field and names all that are wrong at once.
    package init(
        name: String,
        description: String,
        tags: [String],
        metadata: JSONValue
    )
        throws(DomainError)
    {
        var problems = FieldProblems()
        let checkedName = problems.collect { () throws(DomainError) in
            try Validation.text(name, field: "name", length: 1...255)
        }
        let checkedDescription = problems.collect { () throws(DomainError) in
            try Validation.body(
                description,
                field: "description",
                bytes: Self.descriptionBytes
            )
        }
        let checkedTags = problems.collect { () throws(DomainError) in try Self.checked(tags) }
        let checkedMetadata = problems.collect { () throws(DomainError) in
            try Self.checked(metadata)
        }
        guard let checkedName, let checkedDescription, let checkedTags, let checkedMetadata
        else { throw .invalid(problems.list) }
        self.name = checkedName
        self.description = checkedDescription
        self.tags = checkedTags
        self.metadata = checkedMetadata
    }

    private static func checked(_ tags: [String]) throws(DomainError) -> [String] {
        guard tags.count <= tagCount else {
            throw .invalid("tags", "must be at most \(tagCount); got \(tags.count)")
        }
        var seen: Set<String> = []
        var kept: [String] = []
        for tag in tags {
            let cut = try Validation.text(tag, field: "tags", length: 1...50).lowercased()
            // Filters and front matter separate tags by it.
            guard !cut.contains(",") else {
                throw .invalid("tags", "must not contain commas; got '\(cut)'")
            }
            if seen.insert(cut).inserted { kept.append(cut) }
        }
        return kept
    }

    private static func checked(_ metadata: JSONValue) throws(DomainError) -> JSONValue {
        guard case .object = metadata else {
            throw .invalid("metadata", "must be a JSON object")
        }
        let text = metadata.canonical
        guard text.utf8.count <= metadataBytes else {
            throw .invalid(
                "metadata",
                "must have at most \(metadataBytes) bytes; got \(text.utf8.count)"
            )
        }
        guard !metadata.contains("\0") else {
            throw .invalid("metadata", "must not contain NUL characters")
        }
        return metadata
    }
}

/// Which artifacts are wanted, and in which order.
package struct ArtifactFilter: Ordered, Hashable, Sendable {
    /// Words to search for; nil or blank lists without ranking.
    package var query: String?
    /// Every one of these must be on the artifact.
    package var tags: [String]
    package var createdFrom: Instant?
    package var createdTo: Instant?
    package var author: UserID?
    package var deleted: Bool
    package var order: ArtifactOrder
    /// Whether the order is turned round: the oldest, the last name first.
    package var isReversed: Bool

    package static let longestQuery = 1_000
    package static let mostWords = 32

    package init(
        query: String? = nil,
        tags: [String] = [],
        createdFrom: Instant? = nil,
        createdTo: Instant? = nil,
        author: UserID? = nil,
        deleted: Bool = false,
        order: ArtifactOrder = .newest,
        isReversed: Bool = false
    ) throws(DomainError) {
        if let query {
            guard query.unicodeScalars.count <= Self.longestQuery else {
                throw DomainError(
                    .invalid([
                        FieldProblem("q", "must have at most \(Self.longestQuery) characters")
                    ]),
                    .queryTooComplex,
                    "The query is too long.",
                    hint: "Use at most \(Self.longestQuery) characters."
                )
            }
            guard query.split(whereSeparator: \.isWhitespace).count <= Self.mostWords else {
                throw DomainError(
                    .invalid([FieldProblem("q", "must have at most \(Self.mostWords) words")]),
                    .queryTooComplex,
                    "The query has too many words.",
                    hint: "Use at most \(Self.mostWords)."
                )
            }
            guard !query.unicodeScalars.contains("\0") else {
                throw .invalid("q", "must not contain NUL characters")
            }
        }
        self.query = query
        self.tags = tags.map { $0.lowercased() }
        self.createdFrom = createdFrom
        self.createdTo = createdTo
        self.author = author
        self.deleted = deleted
        self.order = order
        self.isReversed = isReversed
    }
}

package enum ArtifactOrder: String, ReversibleOrder {
    case newest = "-created_at"
    case recentlyUpdated = "-updated_at"
    case name = "name"

    package var isAscending: Bool { self == .name }
}

/// One version of an artifact's history.
package struct ArtifactRevision: Hashable, Sendable {
    package var version: Int64
    package var actor: UserID
    package var action: Action
    package var changes: Changes
    package var at: Instant

    package enum Action: String, CaseIterable, Hashable, Sendable {
        case created
        case updated
        case deleted
        case restored
    }

    package init(
        version: Int64,
        actor: UserID,
        action: Action,
        changes: Changes,
        at: Instant
    ) {
        self.version = version
        self.actor = actor
        self.action = action
        self.changes = changes
        self.at = at
    }
}
