/// A change of some fields of an artifact; a field that is nil stays as it is.
package struct ArtifactEdit: Hashable, Sendable {
    package var name: String?
    package var description: String?
    package var tags: [String]?
    package var metadata: JSONValue?

    package init(
        name: String? = nil,
        description: String? = nil,
        tags: [String]? = nil,
        metadata: JSONValue? = nil
    ) {
        self.name = name
        self.description = description
        self.tags = tags
        self.metadata = metadata
    }

    /// The whole artifact after the change, checked; names every wrong field at once.
    package func applied(to artifact: Artifact) throws(DomainError) -> ArtifactDraft {
        try ArtifactDraft(
            name: name ?? artifact.name,
            description: description ?? artifact.description,
            tags: tags ?? artifact.tags,
            metadata: metadata ?? artifact.metadata
        )
    }
}

extension ArtifactDraft {
    /// The fields in which the draft differs from what is stored; all of them for a new artifact.
    package func changes(from artifact: Artifact?) -> Changes {
        var changes = Changes()
        changes.note("name", from: artifact.map { .string($0.name) } ?? .null, to: .string(name))
        changes.note(
            "description",
            from: artifact.map { .string($0.description) } ?? .null,
            to: .string(description)
        )
        changes.note(
            "tags",
            from: artifact.map { .array($0.tags.map(JSONValue.string)) } ?? .null,
            to: .array(tags.map(JSONValue.string))
        )
        changes.note("metadata", from: artifact?.metadata ?? .null, to: metadata)
        return changes
    }
}

/// A tag and how many live artifacts carry it.
package struct TagCount: Hashable, Sendable {
    package var tag: String
    package var count: Int

    package init(tag: String, count: Int) {
        self.tag = tag
        self.count = count
    }
}

/// A page of artifacts, and whether it stands in the order of relevance.
///
/// Only the newest matches of a search are ranked; older ones follow by date.
package struct ArtifactPage: Sendable {
    package var page: Page<Artifact>
    package var ranked: Bool

    package init(page: Page<Artifact>, ranked: Bool) {
        self.page = page
        self.ranked = ranked
    }
}
