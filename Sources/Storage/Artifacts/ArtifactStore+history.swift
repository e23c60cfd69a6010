package import Domain
package import Postgres

extension ArtifactStore {
    /// One page of an artifact's history, newest first, a row more than was asked for.
    ///
    /// An artifact that does not exist has no row; one without further revisions has one row in
    /// which everything but the author is NULL.
    package static func revisions(
        of id: ArtifactID,
        _ request: PageRequest,
        in tenant: TenantID
    ) throws -> SQL {
        let before = try request.after.map { (after) throws(DomainError) in
            guard after.keys.count == 1 else { throw PagePosition.invalid }
            return try after.integer(at: 0)
        }
        return """
            SELECT a.created_by, r.version, r.actor_id, r.action, r.changes, r.created_at
            FROM artifacts AS a
            LEFT JOIN LATERAL (
                SELECT v.version, v.actor_id, v.action, v.changes, v.created_at
                FROM artifact_revisions AS v
                WHERE v.tenant_id = \(tenant) AND v.artifact_id = a.id
                    AND v.version < \(before ?? Int64.max)
                ORDER BY v.version DESC
                LIMIT \(request.limit + 1)
            ) AS r ON true
            WHERE a.tenant_id = \(tenant) AND a.id = \(id)
            ORDER BY r.version DESC
            """
    }

    /// Who made the artifact of `revisions`; nil when there is none.
    package static func author(_ rows: Rows) throws -> UserID? {
        try rows.first?.decode("created_by")
    }

    /// Tags that begin with `prefix` and how many live artifacts carry each, the most used first;
    /// only of what `user` made or was given, when there is one.
    package static func tags(
        prefix: String?,
        reachedBy user: UserID?,
        in tenant: TenantID
    ) -> SQL {
        var statement: SQL = "SELECT g.tag, count(*) AS count FROM artifact_tags AS g"
        if let user {
            statement += """
                 JOIN artifacts AS a ON a.tenant_id = g.tenant_id AND a.id = g.artifact_id
                    AND a.tenant_id = \(tenant) AND \(reach(of: user, in: tenant))
                """
        }
        statement += " WHERE g.tenant_id = \(tenant)"
        if let prefix { statement += " AND g.tag ^@ \(prefix)" }
        return statement + " GROUP BY g.tag ORDER BY count DESC, g.tag LIMIT \(longestTagList)"
    }

    private static let longestTagList = 100
}

extension ArtifactRevision {
    /// Reads a row of `ArtifactStore.revisions`; nil where the artifact has none.
    package init?(_ row: Row) throws {
        guard let version = try row.decode("version", as: Int64?.self) else { return nil }
        self.init(
            version: version,
            actor: try row.decode("actor_id"),
            action: try row.decode("action", raw: ArtifactRevision.Action.self),
            changes: try Changes(canonical: try row.decode("changes")),
            at: try row.decode("created_at")
        )
    }
}

extension TagCount {
    /// Reads a row of `ArtifactStore.tags`.
    package init(_ row: Row) throws {
        self.init(tag: try row.decode("tag"), count: try row.decode("count"))
    }
}
