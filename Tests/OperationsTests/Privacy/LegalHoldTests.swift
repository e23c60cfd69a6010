import Domain
import Fixtures
import Foundation
import Operations
import Testing

/// What forbids to erase people.
@Suite struct LegalHoldTests {
    private func refusal(_ body: () async throws -> Void) async -> DomainError? {
        do {
            try await body()
            return nil
        } catch {
            return error as? DomainError
        }
    }

    private func erasing(
        _ user: UserID,
        _ fixture: Fixture,
        _ caller: TenantCaller
    ) async
        -> DomainError?
    {
        await refusal {
            _ = try await RequestData(fixture.environment)(.erase, of: user, by: caller)
        }
    }

    @Test(arguments: [true, false])
    func `a hold blocks every erasure in its workspace until it is released`(
        isOnEverybody: Bool
    ) async throws {
        try await Fixture.with { fixture in
            let environment = fixture.environment
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(by: root)
            let ada = try await fixture.makeMember("ada@acme.test", role: .member, in: acme)
            let user = ada.caller.user
            let hold = try await PlaceLegalHold(environment)(
                on: isOnEverybody ? nil : user,
                reason: "Case 12/2026",
                by: acme.owner
            )
            // Leaving does not help.
            try await RemoveMember(environment)(user, by: acme.owner)
            let refusal = await erasing(user, fixture, acme.owner)
            #expect(refusal?.code == .legalHold)
            #expect(refusal?.kind == .conflict)
            #expect(refusal?.message == "A legal hold forbids to erase this person here.")
            #expect(refusal?.hint == "An owner of the workspace can release it.")
            try await ReleaseLegalHold(environment)(hold.id, by: acme.owner)
            #expect(await erasing(user, fixture, acme.owner) == nil)
        }
    }

    /// What the workspace's copy says of a person.
    private func copy(
        of user: UserID,
        _ fixture: Fixture,
        _ owner: TenantCaller
    ) async throws
        -> String
    {
        var text = ""
        try await fixture.withExports { folder in
            let ask = RequestData(fixture.environment)
            let request = try await ask(.export, of: user, by: owner)
            _ = try await RunExport(fixture.environment, folder: folder)(request.id)
            let archive = try Archive(path: folder.file(request.id, attempt: 1))
            text = String(decoding: try archive.bytes("member.ndjson"), as: UTF8.self)
        }
        return text
    }

    @Test(arguments: [true, false])
    func `a workspace's hold keeps what the workspace has, and nobody's account`(
        isOnEverybody: Bool
    ) async throws {
        try await Fixture.with { fixture in
            let environment = fixture.environment
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(by: root)
            let beta = try await fixture.makeTenant("beta", by: root)
            let ada = try await fixture.makeMember("ada@acme.test", role: .member, in: acme)
            try await fixture.addMember("ada@acme.test", .viewer, by: beta.owner)
            let user = ada.caller.user
            let hold = try await PlaceLegalHold(environment)(
                on: isOnEverybody ? nil : user,
                reason: "Case 12/2026",
                by: acme.owner
            )
            try await ErasePerson(environment)(
                confirming: "ada@acme.test",
                proof: Fixture.proof,
                by: ada.caller
            )
            let names = try await NamePeople(environment)([user], by: acme.owner)
            #expect(names[user]?.name == "Erased person")
            // The workspace on hold knows still whom it is about, and the other one does not.
            #expect(try await copy(of: user, fixture, acme.owner).contains("ada@acme.test"))
            #expect(try await !copy(of: user, fixture, beta.owner).contains("ada@acme.test"))
            #expect(
                try await fixture.rows(with: "ada@acme.test").allSatisfy {
                    $0.hasPrefix("held_names: ")
                }
            )
            let held = await erasing(user, fixture, acme.owner)
            #expect(held?.code == .legalHold)
            try await ReleaseLegalHold(environment)(hold.id, by: acme.owner)
            #expect(try await fixture.rows(with: "ada@acme.test") == [])
        }
    }

    @Test func `of two holds the last one lets the name go`() async throws {
        try await Fixture.with { fixture in
            let environment = fixture.environment
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(by: root)
            let ada = try await fixture.addMember("ada@acme.test", .member, by: acme.owner)
            let place = PlaceLegalHold(environment)
            let first = try await place(on: ada.user, reason: "First", by: acme.owner)
            let second = try await place(on: nil, reason: "Second", by: acme.owner)
            try await ErasePerson(environment)(ada.user, reason: "asked", by: root)
            try await ReleaseLegalHold(environment)(first.id, by: acme.owner)
            #expect(try await fixture.rows(with: "ada@acme.test").count == 1)
            try await ReleaseLegalHold(environment)(second.id, by: acme.owner)
            #expect(try await fixture.rows(with: "ada@acme.test") == [])
        }
    }

    @Test func `a hold on one person lets others go`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(by: root)
            let ada = try await fixture.addMember("ada@acme.test", .member, by: acme.owner)
            let bob = try await fixture.addMember("bob@acme.test", .member, by: acme.owner)
            _ = try await PlaceLegalHold(fixture.environment)(
                on: ada.user,
                reason: "Case 12/2026",
                by: acme.owner
            )
            try await ErasePerson(fixture.environment)(bob.user, reason: "asked", by: root)
        }
    }

    @Test func `holds are listed, released once, and in the trail`() async throws {
        try await Fixture.with { fixture in
            let environment = fixture.environment
            let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
            let place = PlaceLegalHold(environment)
            let first = try await place(on: nil, reason: "First", by: acme.owner)
            let second = try await place(on: nil, reason: "Second", by: acme.owner)
            let list = ListLegalHolds(environment)
            let page = try await list(page: PageRequest(limit: 1), by: acme.owner)
            #expect(page.items.map(\.id) == [second.id])
            let rest = try await list(page: PageRequest(after: page.next), by: acme.owner)
            #expect(rest.items.map(\.id) == [first.id])
            let release = ReleaseLegalHold(environment)
            try await release(first.id, by: acme.owner)
            let again = await refusal { try await release(first.id, by: acme.owner) }
            #expect(again?.message == "The legal hold was released before.")
            let missing = await refusal { try await release(LegalHoldID(UUID()), by: acme.owner) }
            #expect(missing?.code == .notFound)
            let trail = try await ListAuditEvents(environment)(
                AuditFilter(action: "privacy."),
                page: PageRequest(),
                by: acme.owner
            )
            #expect(
                trail.items.map(\.entry.action) == [
                    "privacy.hold_released", "privacy.hold_placed", "privacy.hold_placed",
                ]
            )
        }
    }

    @Test func `a hold is on somebody of the workspace, for a reason`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(by: root)
            let beta = try await fixture.makeTenant("beta", by: root)
            let place = PlaceLegalHold(fixture.environment)
            let foreign = beta.owner.caller.user
            let stranger = await refusal {
                _ = try await place(on: foreign, reason: "Case", by: acme.owner)
            }
            #expect(stranger?.code == .notFound)
            let silent = await refusal { _ = try await place(on: nil, reason: "x", by: acme.owner) }
            #expect(silent?.code == .validationError)
            let admin = try await fixture.makeMember("adm@acme.test", role: .admin, in: acme)
            let refused = await refusal { _ = try await place(on: nil, reason: "Case", by: admin) }
            #expect(refused?.code == .permissionDenied)
            // Another workspace's hold is not there.
            let theirs = try await place(on: nil, reason: "Case", by: beta.owner)
            let release = ReleaseLegalHold(fixture.environment)
            let missing = await refusal { try await release(theirs.id, by: acme.owner) }
            #expect(missing?.code == .notFound)
        }
    }
}
