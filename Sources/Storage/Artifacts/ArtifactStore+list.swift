package import Domain
package import Postgres

/// A row of a list of artifacts: the artifact and where it stands in the list.
package struct ListedArtifact: Sendable {
    package var artifact: Artifact
    package var position: PagePosition
    /// Whether relevance decided the place.
    package var ranked: Bool
}

extension ArtifactStore {
    /// One page of artifacts, a row more than was asked for.
    ///
    /// `user` limits it to what somebody made or was given, for callers whose role reaches no
    /// further.
    package static func list(
        _ filter: ArtifactFilter,
        _ request: PageRequest,
        in tenant: TenantID,
        reachedBy user: UserID? = nil
    ) throws -> SQL {
        if let query = filter.words {
            return try user.map { try search(query, filter, request, in: tenant, reachedBy: $0) }
                ?? search(query, filter, request, in: tenant)
        }
        let driver = Driver(filter)
        var statement: SQL = "SELECT \(columns), a.name_norm FROM artifacts AS a"
        if !filter.deleted {
            for (index, tag) in filter.tags.enumerated() {
                statement += joined(tag, index, in: tenant)
            }
        }
        statement += " WHERE a.tenant_id = \(tenant)"
        statement += filter.deleted ? deletedOnly(filter.tags) : " AND a.deleted_at IS NULL"
        if let from = filter.createdFrom { statement += " AND \(driver.created) >= \(from)" }
        if let end = filter.createdTo { statement += " AND \(driver.created) < \(end)" }
        if let author = filter.author { statement += " AND a.created_by = \(author)" }
        if let user { statement += " AND \(reach(of: user, in: tenant))" }
        if let after = request.after { statement += try driver.following(after) }
        return statement + " ORDER BY \(driver.order) LIMIT \(request.limit + 1)"
    }

    /// Reads a row of `list`.
    package static func listed(_ row: Row, _ filter: ArtifactFilter) throws -> ListedArtifact {
        let artifact = try Artifact(row)
        guard filter.words != nil else {
            let position = Driver(filter).position(artifact, name: try row.decode("name_norm"))
            return ListedArtifact(artifact: artifact, position: position, ranked: false)
        }
        return try found(artifact, row)
    }

    /// What somebody made or was given to read, as a condition on `a`.
    static func reach(of user: UserID, in tenant: TenantID) -> SQL {
        """
        (a.created_by = \(user) OR a.id IN (
            SELECT g.resource_id FROM member_grants AS g
            WHERE g.tenant_id = \(tenant) AND g.user_id = \(user)
              AND g.resource_kind = 'artifact'))
        """
    }

    /// Each tag is one more index scan; the planner begins with the rarest, because the times
    /// and ids of all of them are equal.
    private static func joined(_ tag: String, _ index: Int, in tenant: TenantID) -> SQL {
        let name: SQL = "\(identifier: "g\(index)")"
        let join: SQL = """
             JOIN artifact_tags AS \(name)
                ON \(name).tenant_id = a.tenant_id AND \(name).artifact_id = a.id
                AND \(name).tenant_id = \(tenant) AND \(name).tag = \(tag)
            """
        guard index > 0 else { return join }
        return join
            + " AND \(name).created_at = g0.created_at AND \(name).artifact_id = g0.artifact_id"
    }

    private static func deletedOnly(_ tags: [String]) -> SQL {
        tags.reduce(" AND a.deleted_at IS NOT NULL") { $0 + " AND \($1) = ANY (a.tags)" }
    }
}

/// What a list without words is read along.
private struct Driver {
    enum Keys {
        case created
        case updated
        case name
        case deleted
    }

    let keys: Keys
    /// Whether the index of a tag leads.
    let isTagged: Bool
    /// Whether the smallest comes first: read backwards, an index serves that as well.
    let isAscending: Bool

    init(_ filter: ArtifactFilter) {
        isTagged = !filter.deleted && !filter.tags.isEmpty
        keys =
            switch filter.order {
            case _ where filter.deleted: .deleted
            case .newest: .created
            case .recentlyUpdated: .updated
            case .name: .name
            }
        // Among the deleted the last deletion comes first, whatever the order is otherwise.
        isAscending = filter.deleted ? filter.isReversed : filter.isAscending
    }

    /// The time of creation, from the table that leads.
    var created: SQL { isTagged ? "g0.created_at" : "a.created_at" }

    private var id: SQL { isTagged && keys == .created ? "g0.artifact_id" : "a.id" }

    private var key: SQL {
        switch keys {
        case .created: created
        case .updated: "a.updated_at"
        case .name: "a.name_norm"
        case .deleted: "a.deleted_at"
        }
    }

    var order: SQL {
        isAscending ? "\(key), \(id)" : "\(key) DESC, \(id) DESC"
    }

    func following(_ after: PagePosition) throws(DomainError) -> SQL {
        guard after.keys.count == 2 else { throw PagePosition.invalid }
        let last: ArtifactID = try after.id(at: 1)
        let first: SQL =
            keys == .name ? "\(try after.text(at: 0))" : "\(try after.instant(at: 0))"
        let side: SQL = isAscending ? ">" : "<"
        return " AND (\(key), \(id)) \(side) (\(first), \(last))"
    }

    func position(_ artifact: Artifact, name: String) -> PagePosition {
        let first =
            switch keys {
            case .created: String(artifact.createdAt.microseconds)
            case .updated: String(artifact.updatedAt.microseconds)
            case .name: name
            case .deleted: String(artifact.deletedAt?.microseconds ?? 0)
            }
        return PagePosition([first, artifact.id.description])
    }
}
