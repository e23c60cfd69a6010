import Domain
import Fixtures
import Operations
import Testing

@Suite struct NameArtifactsTests {
    @Test func `artifacts have names, deleted ones too, and never another workspace's`()
        async throws
    {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant("acme", by: root)
            let other = try await fixture.makeTenant("other", by: root)
            let kept = try await fixture.create("Zakat guide", by: acme.owner)
            let gone = try await fixture.create("Old flyer", by: acme.owner)
            let foreign = try await fixture.create("Their paper", by: other.owner)
            try await DeleteArtifact(fixture.environment)(
                gone.id,
                version: gone.version,
                by: acme.owner
            )
            let names = try await NameArtifacts(fixture.environment)(
                [kept.id, gone.id, foreign.id],
                by: acme.owner
            )
            #expect(names == [kept.id: "Zakat guide", gone.id: "Old flyer"])
            let guest = try await fixture.makeMember("guest@x.test", role: .guest, in: acme)
            #expect(try await NameArtifacts(fixture.environment)([kept.id], by: guest).isEmpty)
        }
    }
}
