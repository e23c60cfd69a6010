import Domain
import Fixtures
import Operations
import Testing

@Suite struct ArtifactListTests {
    @Test(arguments: ArtifactOrder.allCases)
    func `pages in any order have no gaps and no duplicates`(order: ArtifactOrder) async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
            try await fixture.plant(23, name: "n", in: acme)
            let pages = try await fixture.allPages(
                try ArtifactFilter(order: order),
                limit: 5,
                by: acme.owner
            )
            #expect(pages.map(\.page.items.count) == [5, 5, 5, 5, 3])
            #expect(pages.map(\.page.hasPrevious) == [false, true, true, true, true])
            #expect(pages.allSatisfy { !$0.ranked })
            let items = pages.flatMap(\.page.items)
            let expected =
                switch order {
                case .newest: items.sorted { $0.createdAt > $1.createdAt }
                case .recentlyUpdated: items.sorted { $0.updatedAt > $1.updatedAt }
                case .name: items.sorted { $0.name < $1.name }
                }
            #expect(items == expected)
            #expect(Set(items.map(\.id)).count == 23)
        }
    }

    @Test func `names are ordered folded, Arabic letters included`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
            for name in ["b", "A", "c", "أحمد", "احمر", "C"] {
                _ = try await fixture.create(name, by: acme.owner)
            }
            let filter = try ArtifactFilter(order: .name)
            let names = try await fixture.names(filter, by: acme.owner)
            #expect(names.map { $0.lowercased() } == ["a", "b", "c", "c", "أحمد", "احمر"])
        }
    }

    @Test func `every wanted tag must be there`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
            _ = try await fixture.create("one", tags: ["a"], by: acme.owner)
            _ = try await fixture.create("two", tags: ["a", "b"], by: acme.owner)
            _ = try await fixture.create("three", tags: ["b", "A", "c"], by: acme.owner)
            for (tags, expected) in [
                (["a"], ["three", "two", "one"]), (["B", "a"], ["three", "two"]),
                (["a", "b", "c"], ["three"]), (["a", "x"], []), (["' OR 1=1 --"], []),
            ] {
                let filter = try ArtifactFilter(tags: tags)
                #expect(try await fixture.names(filter, by: acme.owner) == expected)
            }
            let pages = try await fixture.allPages(
                try ArtifactFilter(tags: ["a"]),
                limit: 1,
                by: acme.owner
            )
            #expect(pages.flatMap(\.page.items).map(\.name) == ["three", "two", "one"])
            let byName = try ArtifactFilter(tags: ["a"], order: .name)
            let named = try await fixture.allPages(byName, limit: 2, by: acme.owner)
            #expect(named.flatMap(\.page.items).map(\.name) == ["one", "three", "two"])
        }
    }

    @Test func `a range of time has its first moment and not its last`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
            try await fixture.plant(10, name: "n", in: acme)
            let from = try #require(Instant(rfc3339: "2026-01-01T00:00:03Z"))
            let end = try #require(Instant(rfc3339: "2026-01-01T00:00:06Z"))
            let filter = try ArtifactFilter(createdFrom: from, createdTo: end)
            #expect(try await fixture.names(filter, by: acme.owner) == ["n 5", "n 4", "n 3"])
            let found = try ArtifactFilter(query: "n", createdFrom: from, createdTo: end)
            #expect(try await fixture.names(found, by: acme.owner).count == 3)
        }
    }

    @Test func `an author's artifacts are those that they made`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
            let bob = try await fixture.makeMember("bob@x.test", role: .member, in: acme)
            _ = try await fixture.create("word owner", by: acme.owner)
            let bobs = try await fixture.create("word bob", by: bob)
            _ = try await UpdateArtifact(fixture.environment)(
                bobs.id,
                ArtifactEdit(description: "x"),
                version: 1,
                by: acme.owner
            )
            let filter = try ArtifactFilter.author(bob.caller.user)
            #expect(try await fixture.names(filter, by: acme.owner) == ["word bob"])
            let found = try ArtifactFilter(query: "word", author: bob.caller.user)
            #expect(try await fixture.names(found, by: acme.owner) == ["word bob"])
        }
    }

    @Test(arguments: [
        ["x"], ["1"], ["1", "x"], ["", ""], ["1", "2", "3", "4"], [],
        ["' OR 1=1 --", "0190a6e0-0000-7000-8000-000000000000"],
    ])
    func `a position of another list is refused`(keys: [String]) async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
            for filter in [try ArtifactFilter(), try ArtifactFilter(query: "x")] {
                await #expect(throws: PagePosition.invalid) {
                    try await ListArtifacts(fixture.environment)(
                        filter,
                        page: PageRequest(after: PagePosition(keys)),
                        by: acme.owner
                    )
                }
            }
        }
    }

    @Test func `the history has pages`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
            let made = try await fixture.create("0", by: acme.owner)
            for version in 1...6 {
                _ = try await UpdateArtifact(fixture.environment)(
                    made.id,
                    ArtifactEdit(name: "\(version)"),
                    version: Int64(version),
                    by: acme.owner
                )
            }
            let list = ListRevisions(fixture.environment)
            let first = try await list(made.id, page: PageRequest(limit: 4), by: acme.owner)
            #expect(first.items.map(\.version) == [7, 6, 5, 4])
            let second = try await list(
                made.id,
                page: PageRequest(limit: 4, after: first.next),
                by: acme.owner
            )
            #expect(second.items.map(\.version) == [3, 2, 1])
            #expect(second.next == nil)
        }
    }
}
