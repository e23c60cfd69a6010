import Domain
import Fixtures
import Foundation
import Operations
import Postgres
import Testing

/// People become nobody, and everything else stays true.
@Suite struct ErasureTests {
    private static let mark = "zuleikha"

    private func code(_ body: () async throws -> Void) async -> DomainError.Code? {
        do {
            try await body()
            return nil
        } catch {
            return (error as? DomainError)?.code
        }
    }

    @Test func `nothing of an erased person is left in the whole database`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(by: root)
            let person = try await fixture.makeMarked(Self.mark, in: acme, by: root)
            let before = try await fixture.rows(with: Self.mark)
            #expect(before.count >= 3, "\(before)")
            try await ErasePerson(fixture.environment)(
                person.user,
                reason: "asked by letter",
                by: root
            )
            #expect(try await fixture.rows(with: Self.mark) == [])
            #expect(try await fixture.rows(with: "192.0.2.77") == [])
        }
    }

    @Test func `the trails and the accounts are valid afterwards`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(by: root)
            let person = try await fixture.makeMarked(Self.mark, in: acme, by: root)
            let inside = TenantCaller(caller: person, tenant: acme.id)
            _ = try await CreateArtifact(fixture.environment)(
                ArtifactDraft(name: "A", description: "", tags: [], metadata: .object([:])),
                by: inside
            )
            let seats = try await self.seats(fixture, acme)
            try await ErasePerson(fixture.environment)(person.user, reason: "asked", by: root)
            #expect(try await VerifyChain(fixture.environment)(by: acme.owner).fault == nil)
            #expect(try await VerifyPlatformChain(fixture.environment)(by: root).fault == nil)
            #expect(try await self.seats(fixture, acme) == seats - 1)
            let counted: Int64? = try await fixture.migrated.admin(
                """
                SELECT count(*) AS count FROM tenant_counters AS c
                WHERE c.member_count = (SELECT count(*) FROM memberships AS m
                    WHERE m.tenant_id = c.tenant_id AND m.status <> 'removed')
                """
            ).first?.decode("count")
            #expect(counted == 1)
            // What the person did is there still, under an id that names nobody.
            let trail = try await ListAuditEvents(fixture.environment)(
                AuditFilter(actor: person.user, action: "artifact.created"),
                page: PageRequest(),
                by: acme.owner
            )
            #expect(trail.items.count == 1)
            let names = try await NamePeople(fixture.environment)([person.user], by: acme.owner)
            #expect(names[person.user]?.name == "Erased person")
        }
    }

    private func seats(_ fixture: Fixture, _ tenant: TestTenant) async throws -> Int64 {
        let quotas = try await ListQuotas(fixture.environment)(by: tenant.owner)
        return try #require(quotas.first { $0.resource == .users }).used
    }

    @Test func `a person erases themselves and is signed out everywhere`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(by: root)
            let person = try await fixture.makeMarked(Self.mark, in: acme, by: root)
            let erase = ErasePerson(fixture.environment)
            let wrong = await code {
                try await erase(confirming: "a@b.test", proof: Fixture.proof, by: person)
            }
            #expect(wrong == .validationError)
            let address = "\(Self.mark.uppercased())@example.org"
            try await erase(confirming: address, proof: Fixture.proof, by: person)
            let show = ShowMe(fixture.environment)
            #expect(await code { _ = try await show(by: person) } == .sessionRevoked)
            let again = await code {
                _ = try await fixture.signIn("\(Self.mark)@example.org", kind: .api)
            }
            #expect(again == .invalidCredentials)
        }
    }

    @Test func `erasing twice is harmless and says so once`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(by: root)
            let person = try await fixture.makeMarked(Self.mark, in: acme, by: root)
            let erase = ErasePerson(fixture.environment)
            try await erase(person.user, reason: "asked", by: root)
            try await erase(person.user, reason: "asked", by: root)
            let trail = try await ListPlatformAuditEvents(fixture.environment)(
                AuditFilter(action: "user.erased"),
                page: PageRequest(),
                by: root
            )
            #expect(trail.items.count == 1)
        }
    }

    @Test func `an erasure that was interrupted is brought to its end`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(by: root)
            let beta = try await fixture.makeTenant("beta", by: root)
            let person = try await fixture.makeMarked(Self.mark, in: acme, by: root)
            try await fixture.addMember("\(Self.mark)@example.org", .viewer, by: beta.owner)
            // As far as a process came that died: out of one workspace.
            try await RemoveMember(fixture.environment)(person.user, by: acme.owner)
            try await ErasePerson(fixture.environment)(person.user, reason: "asked", by: root)
            #expect(try await fixture.rows(with: Self.mark) == [])
            #expect(try await VerifyChain(fixture.environment)(by: beta.owner).fault == nil)
        }
    }

    @Test func `the only owner and an operator stay`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(by: root)
            let erase = ErasePerson(fixture.environment)
            let owner = acme.owner.caller
            #expect(
                await code {
                    try await erase(
                        confirming: "owner@acme.test",
                        proof: Fixture.proof,
                        by: owner
                    )
                } == .soleOwner
            )
            #expect(
                await code { try await erase(owner.user, reason: "asked", by: root) } == .soleOwner
            )
            #expect(
                await code { try await erase(root.user, reason: "asked", by: root) }
                    == .invalidTransition
            )
            try await fixture.addMember("second@acme.test", .owner, by: acme.owner)
            try await erase(confirming: "owner@acme.test", proof: Fixture.proof, by: owner)
        }
    }

    @Test func `only a super-admin erases others, somebody, for a reason`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let staff = try await fixture.makeOperator("staff@ghostworks.test", role: .support)
            let acme = try await fixture.makeTenant(by: root)
            let user = acme.owner.caller.user
            let erase = ErasePerson(fixture.environment)
            for caller in [staff, acme.owner.caller] {
                let refused = await code { try await erase(user, reason: "asked", by: caller) }
                #expect(refused == .permissionDenied)
            }
            let nobody = await code { try await erase(UserID(UUID()), reason: "asked", by: root) }
            #expect(nobody == .notFound)
            let silent = await code { try await erase(user, reason: " ", by: root) }
            #expect(silent == .validationError)
        }
    }
}
