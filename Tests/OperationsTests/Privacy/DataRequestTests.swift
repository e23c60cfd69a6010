import Domain
import Fixtures
import Operations
import Postgres
import Testing

/// What members and owners ask about the data of one member.
@Suite struct DataRequestTests {
    private func code(_ body: () async throws -> Void) async -> DomainError.Code? {
        do {
            try await body()
            return nil
        } catch {
            return (error as? DomainError)?.code
        }
    }

    @Test func `a member's own erasure waits for an owner`() async throws {
        try await Fixture.with { fixture in
            let environment = fixture.environment
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(by: root)
            let ada = try await fixture.makeMember("ada@acme.test", role: .member, in: acme)
            let ask = RequestData(environment)
            let request = try await ask(.erase, of: ada.caller.user, by: ada)
            #expect(request.status == .pending)
            #expect(request.dueAt > request.createdAt)
            // Asking again finds the same one.
            #expect(try await ask(.erase, of: ada.caller.user, by: ada).id == request.id)
            let approve = ApproveDataRequest(environment)
            #expect(
                await code { _ = try await approve(request.id, by: ada) } == .permissionDenied
            )
            let done = try await approve(request.id, by: acme.owner)
            #expect(done.status == .done)
            #expect(done.finishedAt != nil)
            #expect(
                await code { _ = try await approve(request.id, by: acme.owner) }
                    == .invalidTransition
            )
            // Forgotten here; the person is somebody elsewhere.
            let names = try await NamePeople(environment)([ada.caller.user], by: acme.owner)
            #expect(names.isEmpty)
            #expect(try await ShowMe(environment)(by: ada.caller).workspaces.isEmpty)
            #expect(try await VerifyChain(environment)(by: acme.owner).fault == nil)
        }
    }

    @Test func `an owner erases a member at once, but not the only owner`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
            let ada = try await fixture.addMember("ada@acme.test", .member, by: acme.owner)
            let ask = RequestData(fixture.environment)
            #expect(try await ask(.erase, of: ada.user, by: acme.owner).status == .done)
            let owner = acme.owner.caller.user
            #expect(
                await code { _ = try await ask(.erase, of: owner, by: acme.owner) } == .soleOwner
            )
            // Somebody who is forgotten can be a member again.
            let back = try await fixture.addMember("ada@acme.test", .viewer, by: acme.owner)
            #expect(back.user == ada.user)
        }
    }

    @Test func `members ask about themselves alone, and see their own requests`() async throws {
        try await Fixture.with { fixture in
            let environment = fixture.environment
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(by: root)
            let beta = try await fixture.makeTenant("beta", by: root)
            let ada = try await fixture.makeMember("ada@acme.test", role: .member, in: acme)
            let bob = try await fixture.makeMember("bob@acme.test", role: .member, in: acme)
            let ask = RequestData(environment)
            #expect(
                await code { _ = try await ask(.export, of: bob.caller.user, by: ada) }
                    == .permissionDenied
            )
            let stranger = beta.owner.caller.user
            #expect(
                await code { _ = try await ask(.export, of: stranger, by: acme.owner) }
                    == .notFound
            )
            let mine = try await ask(.export, of: ada.caller.user, by: ada)
            let theirs = try await ask(.export, of: bob.caller.user, by: bob)
            let list = ListDataRequests(environment)
            #expect(try await list(page: PageRequest(), by: ada).items.map(\.id) == [mine.id])
            #expect(
                try await list(page: PageRequest(), by: acme.owner).items.map(\.id) == [
                    theirs.id, mine.id,
                ]
            )
            let find = FindDataRequest(environment)
            #expect(await code { _ = try await find(theirs.id, by: ada) } == .notFound)
            #expect(await code { _ = try await find(mine.id, by: beta.owner) } == .notFound)
        }
    }

    @Test func `five copies a day are enough`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
            let request = RequestExport(fixture.environment)
            for _ in 0..<5 {
                _ = try await request(by: acme.owner.caller)
                _ = try await fixture.migrated.admin(
                    "UPDATE data_subject_requests SET status = 'failed'"
                )
            }
            #expect(
                await code { _ = try await request(by: acme.owner.caller) } == .rateLimited
            )
        }
    }
}
