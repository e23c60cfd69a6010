import Domain
import Fixtures
import Operations
import Postgres
import Testing

extension Fixture {
    func create(
        _ name: String,
        description: String = "",
        tags: [String] = [],
        metadata: JSONValue = .object([:]),
        by caller: TenantCaller
    ) async throws -> Artifact {
        let draft = try ArtifactDraft(
            name: name,
            description: description,
            tags: tags,
            metadata: metadata
        )
        return try await CreateArtifact(environment)(draft, by: caller)
    }

    /// The names of the first page.
    func names(
        _ filter: ArtifactFilter? = nil,
        limit: Int = 100,
        by caller: TenantCaller
    ) async throws -> [String] {
        let page = try await ListArtifacts(environment)(
            try filter ?? ArtifactFilter(),
            page: PageRequest(limit: limit),
            by: caller
        )
        return page.page.items.map(\.name)
    }

    /// All pages, one after the other.
    func allPages(
        _ filter: ArtifactFilter,
        limit: Int,
        by caller: TenantCaller
    ) async throws -> [ArtifactPage] {
        var pages: [ArtifactPage] = []
        var after: PagePosition?
        repeat {
            let page = try await ListArtifacts(environment)(
                filter,
                page: PageRequest(limit: limit, after: after),
                by: caller
            )
            pages.append(page)
            after = page.page.next
        } while after != nil
        return pages
    }

    func history(_ id: ArtifactID, by caller: TenantCaller) async throws -> [ArtifactRevision] {
        try await ListRevisions(environment)(id, page: PageRequest(), by: caller).items
    }

    func lastEvent(by caller: TenantCaller) async throws -> AuditEvent {
        let page = try await ListAuditEvents(environment)(
            AuditFilter(),
            page: PageRequest(limit: 1),
            by: caller
        )
        return try #require(page.items.first)
    }

    /// Plants artifacts of the tenant's owner, a second apart, the last one the newest.
    func plant(
        _ count: Int,
        name: String,
        description: String = "",
        from start: Int = 1,
        in tenant: TestTenant
    ) async throws {
        _ = try await migrated.admin(
            """
            INSERT INTO artifacts (tenant_id, id, name, description, created_by, created_at,
                updated_by, updated_at)
            SELECT \(tenant.id.uuid), gen_random_uuid(), \(name) || ' ' || n, \(description),
                \(tenant.owner.caller.user.uuid), '2026-01-01T00:00:00Z'::timestamptz
                    + n * interval '1 second', \(tenant.owner.caller.user.uuid),
                '2026-01-01T00:00:00Z'::timestamptz - n * interval '1 second'
            FROM generate_series(\(start), \(start + count - 1)) AS n
            """
        )
    }

    func expect<Value>(
        _ kind: DomainError.Kind,
        sourceLocation: SourceLocation = #_sourceLocation,
        _ work: () async throws -> Value
    ) async {
        let error = await #expect(throws: DomainError.self, sourceLocation: sourceLocation) {
            _ = try await work()
        }
        #expect(error?.kind == kind, sourceLocation: sourceLocation)
    }
}

extension ArtifactDraft {
    static func named(_ name: String) throws -> ArtifactDraft {
        try ArtifactDraft(name: name, description: "", tags: [], metadata: .object([:]))
    }
}

extension ArtifactFilter {
    static func author(_ user: UserID) throws -> ArtifactFilter {
        try ArtifactFilter(author: user)
    }
}
