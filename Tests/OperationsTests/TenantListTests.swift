import Domain
import Fixtures
import Operations
import Postgres
import Testing

@Suite struct TenantListTests {
    @Test(arguments: TenantFilter.Order.allCases, [1, 3, 7, 100])
    func `pages in every order and direction have no gaps and no duplicates`(
        order: TenantFilter.Order,
        limit: Int
    ) async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            try await plant(12, in: fixture)
            try await count(in: fixture)
            for isReversed in [false, true] {
                let filter = TenantFilter(order: order, isReversed: isReversed)
                let seen = try await pages(filter, limit, fixture, root)
                #expect(seen.count == 12)
                #expect(Set(seen.map(\.id)).count == 12)
                let ascending = seen.sorted { left, right in
                    switch order {
                    case .newest: left.age < right.age
                    case .name: left.key < right.key
                    case .members, .tokens, .cost, .artifacts, .storage:
                        left.standing(in: filter) < right.standing(in: filter)
                    }
                }
                #expect(seen == (filter.isAscending ? ascending : ascending.reversed()))
            }
        }
    }

    private func pages(
        _ filter: TenantFilter,
        _ limit: Int,
        _ fixture: Fixture,
        _ root: Caller
    ) async throws -> [TenantSummary] {
        var seen: [TenantSummary] = []
        var position: PagePosition?
        repeat {
            let page = try await ListTenants(fixture.environment)(
                filter,
                page: PageRequest(limit: limit, after: position),
                by: root
            )
            #expect(page.hasPrevious == (position != nil))
            #expect(page.items.count <= limit)
            seen += page.items
            position = page.next
        } while position != nil
        return seen
    }

    @Test func `a search is for a part of name or slug, and wildcards are letters`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            try await plant(12, in: fixture)
            func slugs(_ search: String) async throws -> [String] {
                try await ListTenants(fixture.environment)(
                    TenantFilter(search: search, order: .name),
                    page: PageRequest(limit: 100),
                    by: root
                ).items.map(\.slug)
            }
            #expect(try await slugs("t-0005") == ["t-0005"])
            #expect(try await slugs("NAME 1").count == 2)
            #expect(try await slugs("%").isEmpty)
            #expect(try await slugs("t_0005").isEmpty)
            #expect(try await slugs("\\").isEmpty)
            #expect(try await slugs("' OR true --").isEmpty)
            #expect(try await slugs("  ").count == 12)
        }
    }

    @Test func `filters keep what they name`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            try await plant(12, in: fixture)
            func count(_ filter: TenantFilter) async throws -> Int {
                try await ListTenants(fixture.environment)(
                    filter,
                    page: PageRequest(limit: 100),
                    by: root
                ).items.count
            }
            #expect(try await count(TenantFilter(status: .suspended)) == 4)
            #expect(try await count(TenantFilter(status: .active)) == 8)
            #expect(try await count(TenantFilter(status: .deleted)) == 0)
            #expect(try await count(TenantFilter(plan: .pro)) == 6)
            #expect(try await count(TenantFilter(status: .suspended, plan: .pro)) == 2)
        }
    }

    @Test(arguments: [
        [], ["1"], ["x", "y"], ["1", "not an id"],
        ["1", "00000000-0000-7000-8000-000000000000", "z"],
        ["99999999999999999999", "00000000-0000-7000-8000-000000000000"],
    ])
    func `a position that no line made is refused`(keys: [String]) async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let error = await #expect(throws: DomainError.self) {
                try await ListTenants(fixture.environment)(
                    .init(),
                    page: PageRequest(after: PagePosition(keys)),
                    by: root
                )
            }
            #expect(error?.code == .cursorInvalid)
            #expect(
                error?.description == "The cursor does not belong to this list."
                    + " Start again without a cursor."
            )
        }
    }

    @Test(arguments: [0, -1, 101])
    func `a page has 1 to 100 lines`(limit: Int) {
        let error = #expect(throws: DomainError.self) { try PageRequest(limit: limit) }
        #expect(error?.message == "Invalid input: limit must be 1 to 100; got \(limit).")
    }

    @Test func `the largest figure stands first, and who was never counted last`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            try await plant(12, in: fixture)
            try await count(in: fixture)
            func ends(_ order: TenantFilter.Order) async throws -> [String?] {
                let slugs = try await ListTenants(fixture.environment)(
                    TenantFilter(order: order),
                    page: PageRequest(limit: 100),
                    by: root
                ).items.map(\.slug)
                return [slugs.first, slugs.last]
            }
            #expect(try await ends(.members) == ["t-0010", "t-0012"])
            #expect(try await ends(.tokens) == ["t-0001", "t-0012"])
            #expect(try await ends(.cost) == ["t-0009", "t-0012"])
            #expect(try await ends(.artifacts) == ["t-0008", "t-0012"])
            #expect(try await ends(.storage) == ["t-0007", "t-0012"])
        }
    }

    @Test func `turned round the smallest figure stands first, and who was never counted last`()
        async throws
    {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            try await plant(12, in: fixture)
            try await count(in: fixture)
            func ends(_ order: TenantFilter.Order) async throws -> [String?] {
                let filter = TenantFilter(order: order, isReversed: true)
                let slugs = try await pages(filter, 5, fixture, root).map(\.slug)
                return [slugs.first, slugs.last]
            }
            #expect(try await ends(.members) == ["t-0001", "t-0012"])
            #expect(try await ends(.tokens) == ["t-0011", "t-0012"])
            for order in [TenantFilter.Order.cost, .artifacts, .storage] {
                #expect(try await ends(order).last == "t-0012")
            }
            #expect(
                try await ends(.newest).first.map { ["t-0001", "t-0002"].contains($0) } == true
            )
        }
    }

    /// Figures of all but the last tenant; every largest one stands elsewhere, and some are alike.
    private func count(in fixture: Fixture) async throws {
        _ = try await fixture.migrated.admin(
            """
            INSERT INTO tenant_stats (tenant_id, plan_id, members, artifacts, ai_tokens,
                ai_cost_nano, storage_bytes)
            SELECT d.tenant_id, d.plan_id, n / 2 + CASE n WHEN 10 THEN 50 ELSE 0 END,
                CASE n WHEN 8 THEN 90 ELSE n % 3 END, 1000 - n,
                CASE n WHEN 9 THEN 7000000000 ELSE n % 4 END,
                CASE n WHEN 7 THEN 9000000000 ELSE 5 END
            FROM tenant_directory AS d, generate_series(1, 11) AS n
            WHERE d.slug = 't-' || to_char(n, 'FM0000')
            """
        )
    }

    /// Lines of the directory alone: three share a moment, two a name.
    private func plant(_ count: Int, in fixture: Fixture) async throws {
        _ = try await fixture.migrated.admin(
            """
            INSERT INTO tenant_directory (slug, tenant_id, name, plan_id, status, created_at)
            SELECT 't-' || to_char(n, 'FM0000'), gen_random_uuid(), 'Name ' || n % 10,
                CASE WHEN n % 2 = 0 THEN 'free' ELSE 'pro' END,
                CASE WHEN n % 3 = 0 THEN 'suspended' ELSE 'active' END,
                timestamptz '2026-01-01' + make_interval(days => n / 3)
            FROM generate_series(1, \(Int32(count))) AS n
            """
        )
    }
}

extension TenantSummary {
    fileprivate var age: (Instant, String) { (createdAt, id.description) }
    fileprivate var key: (String, String) { (nameKey, id.description) }

    fileprivate func standing(in filter: TenantFilter) -> (Int64, String) {
        (figures?[filter.order] ?? (filter.isAscending ? .max : -1), id.description)
    }
}
