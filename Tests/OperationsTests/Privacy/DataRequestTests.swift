import Domain
import Fixtures
import Operations
import Postgres
import Storage
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

    @Test func `operators list the copies of everything about a person, newest first`()
        async throws
    {
        try await Fixture.with { fixture in
            try await fixture.withExports { folder in
                let environment = fixture.environment
                let root = try await fixture.makeOperator()
                let acme = try await fixture.makeTenant(by: root)
                let ada = try await fixture.makeMember("ada@acme.test", role: .member, in: acme)
                let ask = RequestExport(environment)
                let first = try await ask(by: ada.caller)
                _ = try await RunExport(environment, folder: folder)(first.id)
                let second = try await ask(of: ada.caller.user, reason: "by letter", by: root)
                // Neither what a tenant has about the person nor what is about others.
                _ = try await RequestData(environment)(.export, of: ada.caller.user, by: ada)
                _ = try await ask(by: acme.owner.caller)
                let list = ListExports(environment)
                let page = try await list(
                    of: ada.caller.user,
                    page: PageRequest(limit: 1),
                    by: root
                )
                #expect(page.items.map(\.id) == [second.id])
                let next = try await list(
                    of: ada.caller.user,
                    page: PageRequest(limit: 5, after: page.next),
                    by: root
                )
                #expect(next.items.map(\.id) == [first.id])
                #expect(next.items.first?.file != nil)
                let helper = try await fixture.makeOperator("help@ghostworks.test", role: .support)
                #expect(
                    await code {
                        _ = try await list(of: ada.caller.user, page: PageRequest(), by: helper)
                    } == .permissionDenied
                )
            }
        }
    }

    @Test func `a member's own copy is handed out to a caller who only reads`() async throws {
        try await Fixture.with { fixture in
            try await fixture.withExports { folder in
                let environment = fixture.environment
                let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
                let request = try await RequestData(environment)(
                    .export,
                    of: acme.owner.caller.user,
                    by: acme.owner
                )
                _ = try await RunExport(environment, folder: folder)(request.id)
                let reading = TenantCaller(
                    caller: acme.owner.caller,
                    tenant: acme.tenant.id,
                    supportSession: nil,
                    mode: .readOnly
                )
                let (made, _) = try await OpenExport(environment)(request.id, by: reading)
                #expect(made.status == .done)
            }
        }
    }

    @Test func `a change through a pool that only reads is refused as such`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(by: root)
            let database = fixture.environment.database
            let readers = fixture.environment.with(
                Database(
                    writer: database.reader,
                    reader: database.reader,
                    signer: database.signer
                )
            )
            #expect(
                await code {
                    _ = try await SuspendTenant(readers)(
                        acme.tenant.id,
                        reason: "to see it refused",
                        by: root
                    )
                } == .readOnly
            )
            #expect(
                await code {
                    _ = try await AddMember(readers)(
                        email: "bob@acme.test",
                        role: "member",
                        name: nil,
                        by: acme.owner
                    )
                } == .readOnly
            )
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
