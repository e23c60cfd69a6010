import Domain
import Postgres

extension ArtifactFilter {
    /// The words to search for; nil when the list has none.
    package var words: String? {
        guard let query, !query.allSatisfy(\.isWhitespace) else { return nil }
        return query
    }
}

extension ArtifactStore {
    /// The ids come from the definer, which may use the full-text index; the rows come through
    /// the wall.
    ///
    /// The inner limit tells the planner how few ids there are; without it the join may read the
    /// whole tenant.
    static func search(
        _ query: String,
        _ filter: ArtifactFilter,
        _ request: PageRequest,
        in tenant: TenantID
    ) throws -> SQL {
        guard !filter.deleted else {
            throw DomainError.invalid("q", "must not be combined with deleted")
        }
        let place = try request.after.map(Place.init)
        return """
            SELECT \(columns), s.ranked, s.rank
            FROM (
                SELECT f.id, f.ranked, f.rank, f.created_at
                FROM app.search_artifacts(\(query), \(filter.tags), \(filter.createdFrom),
                    \(filter.createdTo), \(filter.author), \(Int32(request.limit + 1)),
                    \(place?.ranked), \(place?.rank), \(place?.created), \(place?.id)) AS f
                LIMIT \(request.limit + 1)
            ) AS s
            JOIN artifacts AS a ON a.tenant_id = \(tenant) AND a.id = s.id
            ORDER BY s.ranked DESC, s.rank DESC, s.created_at DESC, s.id DESC
            """
    }

    /// The same among what somebody made or was given: few rows, so all of them are ranked, and
    /// read through the wall.
    static func search(
        _ query: String,
        _ filter: ArtifactFilter,
        _ request: PageRequest,
        in tenant: TenantID,
        reachedBy user: UserID
    ) throws -> SQL {
        guard !filter.deleted else {
            throw DomainError.invalid("q", "must not be combined with deleted")
        }
        var statement: SQL = """
            SELECT \(columns), true AS ranked, a.rank
            FROM (
                SELECT \(columns), (ts_rank(a.words, w.query) * 1000000)::integer AS rank
                FROM artifacts AS a
                CROSS JOIN (SELECT app.search_query(\(query)) AS query) AS w
                WHERE a.tenant_id = \(tenant) AND a.deleted_at IS NULL
                  AND \(reach(of: user, in: tenant)) AND a.words @@ w.query
            """
        for tag in filter.tags { statement += " AND \(tag) = ANY (a.tags)" }
        if let from = filter.createdFrom { statement += " AND a.created_at >= \(from)" }
        if let end = filter.createdTo { statement += " AND a.created_at < \(end)" }
        if let author = filter.author { statement += " AND a.created_by = \(author)" }
        statement += ") AS a"
        if let place = try request.after.map(Place.init) {
            statement += """
                 WHERE (a.rank, a.created_at, a.id) < (\(place.rank), \(place.created), \(place.id))
                """
        }
        return statement
            + " ORDER BY a.rank DESC, a.created_at DESC, a.id DESC LIMIT \(request.limit + 1)"
    }

    static func found(_ artifact: Artifact, _ row: Row) throws -> ListedArtifact {
        let ranked = try row.decode("ranked", as: Bool.self)
        let rank = try row.decode("rank", as: Int32.self)
        let position = PagePosition([
            ranked ? "1" : "0",
            String(rank),
            String(artifact.createdAt.microseconds),
            artifact.id.description,
        ])
        return ListedArtifact(artifact: artifact, position: position, ranked: ranked)
    }
}

/// The last row of a page of a search.
private struct Place {
    let ranked: Bool
    let rank: Int32
    let created: Instant
    let id: ArtifactID

    init(_ position: PagePosition) throws(DomainError) {
        guard position.keys.count == 4, ["0", "1"].contains(position.keys[0]),
            let rank = Int32(exactly: try position.integer(at: 1))
        else { throw PagePosition.invalid }
        self.ranked = position.keys[0] == "1"
        self.rank = rank
        created = try position.instant(at: 2)
        id = try position.id(at: 3)
    }
}
