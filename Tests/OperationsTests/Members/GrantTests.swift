import Domain
import Fixtures
import Operations
import Testing

@Suite struct GrantTests {
    @Test func `a guest sees and changes exactly what was given`() async throws {
        try await Household.with { house in
            let guest = try await house.member("guest@x.test", .guest)
            let read = try await house.fixture.create("To read", tags: ["one"], by: house.owner)
            let edit = try await house.fixture.create("To edit", tags: ["two"], by: house.owner)
            let none = try await house.fixture.create("Hidden", tags: ["three"], by: house.owner)
            #expect(try await house.fixture.names(by: guest) == [])
            try await give(house, read.id, [], to: guest)
            try await give(house, edit.id, ["artifact.update"], to: guest)
            let own = try await house.fixture.create("Mine", tags: ["four"], by: guest)
            #expect(
                try await house.fixture.names(by: guest).sorted() == ["Mine", "To edit", "To read"]
            )
            #expect(
                try await house.fixture.names(ArtifactFilter(tags: ["one"]), by: guest)
                    == ["To read"]
            )
            #expect(try await house.fixture.names(ArtifactFilter(tags: ["three"]), by: guest) == [])
            let tags = try await ListTags(house.environment)(by: guest)
            #expect(tags.map(\.tag).sorted() == ["four", "one", "two"])
            for id in [read.id, edit.id, own.id] {
                #expect(try await FindArtifact(house.environment)(id, by: guest).id == id)
                #expect(try await house.fixture.history(id, by: guest).count == 1)
            }
            let change = ArtifactEdit(name: "Changed")
            let environment = house.environment
            _ = try await UpdateArtifact(environment)(edit.id, change, version: 1, by: guest)
            let tries: [@Sendable () async throws -> Void] = [
                { _ = try await FindArtifact(environment)(none.id, by: guest) },
                { _ = try await house.fixture.history(none.id, by: guest) },
                {
                    _ = try await UpdateArtifact(environment)(
                        read.id,
                        change,
                        version: 1,
                        by: guest
                    )
                },
                {
                    _ = try await UpdateArtifact(environment)(
                        none.id,
                        change,
                        version: 1,
                        by: guest
                    )
                },
                { try await DeleteArtifact(environment)(edit.id, by: guest) },
            ]
            for attempt in tries {
                #expect(await house.refusal(attempt)?.code == .permissionDenied)
            }
        }
    }

    @Test func `a search finds what was given, ranked, page by page`() async throws {
        try await Household.with { house in
            let guest = try await house.member("guest@x.test", .guest)
            var given: Set<String> = []
            for number in 1...7 {
                let artifact = try await house.fixture.create(
                    "Zakat \(number)",
                    description: "zakat",
                    by: house.owner
                )
                guard !number.isMultiple(of: 2) else { continue }
                try await give(house, artifact.id, [], to: guest)
                given.insert("Zakat \(number)")
            }
            let pages = try await house.fixture.allPages(
                ArtifactFilter(query: "zakat"),
                limit: 2,
                by: guest
            )
            let names = pages.flatMap(\.page.items).map(\.name)
            #expect(names.count == 4 && Set(names) == given)
            #expect(pages.count == 2 && pages.allSatisfy(\.ranked))
            #expect(try await house.fixture.names(ArtifactFilter(query: "other"), by: guest) == [])
        }
    }

    @Test func `what is taken back is hidden at once, and so after removal`() async throws {
        try await Household.with { house in
            let guest = try await house.member("guest@x.test", .guest)
            let user = guest.caller.user
            let one = try await house.fixture.create("One", by: house.owner)
            try await give(house, one.id, [], to: guest)
            let found = try await FindGrant(house.environment)(
                .artifact,
                one.id,
                of: user,
                by: house.owner
            )
            #expect(found.permissions == [.artifactRead] && found.version == 1)
            try await RevokeGrant(house.environment)(
                .artifact,
                one.id,
                of: user,
                by: house.owner
            )
            #expect(try await house.fixture.names(by: guest) == [])
            let gone = await house.refusal {
                try await RevokeGrant(house.environment)(
                    .artifact,
                    one.id,
                    of: user,
                    by: house.owner
                )
            }
            #expect(gone?.code == .notFound)
            try await give(house, one.id, [], to: guest)
            try await RemoveMember(house.environment)(user, by: house.owner)
            try await house.fixture.addMember("guest@x.test", .guest, by: house.owner)
            #expect(try await house.fixture.names(by: guest) == [])
        }
    }

    @Test func `grants follow rank and subset, and name what exists`() async throws {
        try await Household.with { house in
            let admin = try await house.member("admin@x.test", .admin)
            let guest = try await house.member("guest@x.test", .guest)
            try await house.role("Usher", rank: 60, ["member.update_role", "artifact.read"])
            let usher = try await house.member("usher@x.test", named: "Usher")
            let one = try await house.fixture.create("One", by: house.owner)
            let environment = house.environment
            let user = guest.caller.user
            let grant = GrantResource(environment)
            let high = await house.refusal {
                try await grant(
                    .artifact,
                    one.id,
                    permissions: [],
                    to: house.owner.caller.user,
                    by: admin
                )
            }
            #expect(high?.code == .rankViolation)
            _ = try await grant(.artifact, one.id, permissions: [], to: user, by: usher)
            let wide = await house.refusal {
                try await grant(
                    .artifact,
                    one.id,
                    permissions: ["artifact.update"],
                    to: user,
                    by: usher
                )
            }
            #expect(wide?.code == .grantExceedsOwn)
            let low = await house.refusal {
                try await grant(.artifact, one.id, permissions: [], to: user, by: guest)
            }
            #expect(low?.code == .permissionDenied)
            let missing = await house.refusal {
                try await grant(
                    .artifact,
                    ArtifactID(one.id.uuid),
                    permissions: [],
                    to: UserID(one.id.uuid),
                    by: admin
                )
            }
            #expect(missing?.code == .notFound)
            try await DeleteArtifact(environment)(one.id, by: house.owner)
            let deleted = await house.refusal {
                try await grant(.artifact, one.id, permissions: [], to: user, by: admin)
            }
            #expect(deleted?.code == .notFound)
        }
    }

    @discardableResult
    private func give(
        _ house: Household,
        _ id: ArtifactID,
        _ permissions: [String],
        to person: TenantCaller
    ) async throws -> MemberGrant {
        try await GrantResource(house.environment)(
            .artifact,
            id,
            permissions: permissions,
            to: person.caller.user,
            by: house.owner
        )
    }
}
