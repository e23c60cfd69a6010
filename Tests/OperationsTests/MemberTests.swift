import Domain
import Fixtures
import Operations
import Postgres
import Testing

@Suite struct MemberTests {
    @Test func `a new member appears, with an unknown address as a person without a password`()
        async throws
    {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(by: root)
            let added = try await AddMember(fixture.environment)(
                email: "Ada@X.test",
                role: "employee",
                name: "Ada",
                by: acme.owner
            )
            #expect(added.email == "Ada@X.test")
            #expect(added.role == .member)
            #expect(added.status == .active)
            let found = try await FindMember(fixture.environment)(added.user, by: acme.owner)
            #expect(found == added)
            let error = await #expect(throws: DomainError.self) {
                try await fixture.signIn("ada@x.test", kind: .api)
            }
            #expect(error?.code == .invalidCredentials)
        }
    }

    @Test func `adding somebody twice is refused, in any spelling of the address`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(by: root)
            try await fixture.addMember("ada@x.test", .member, by: acme.owner)
            let error = await #expect(throws: DomainError.self) {
                try await fixture.addMember("ADA@x.test", .viewer, by: acme.owner)
            }
            #expect(error?.code == .alreadyMember)
            #expect(error?.message == "The person is already a member.")
        }
    }

    @Test func `all wrong fields of a new member are named at once`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(by: root)
            let error = await #expect(throws: DomainError.self) {
                try await AddMember(fixture.environment)(
                    email: "nobody",
                    role: "",
                    name: "",
                    by: acme.owner
                )
            }
            #expect(
                error?.message == "Invalid input: email must be a mail address such as"
                    + " ada@example.org; role must have 1 to 50 characters; got 0; name must have"
                    + " 1 to 200 characters; got 0."
            )
            let unknown = await #expect(throws: DomainError.self) {
                try await AddMember(fixture.environment)(
                    email: "ada@x.test",
                    role: "king",
                    name: nil,
                    by: acme.owner
                )
            }
            #expect(
                unknown?.message == "Invalid input: role must be one of owner, admin,"
                    + " brand_creator, member, viewer, guest, or a role of this workspace;"
                    + " got \"king\"."
            )
        }
    }

    @Test func `a removed member loses access, keeps the name and can come back`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(by: root)
            let ada = try await fixture.makeMember("ada@x.test", role: .member, in: acme)
            let user = ada.caller.user
            try await RemoveMember(fixture.environment)(user, by: acme.owner)
            let error = await #expect(throws: DomainError.self) {
                try await FindMember(fixture.environment)(user, by: ada)
            }
            #expect(error?.code == .tenantAccessDenied)
            let removed = try await FindMember(fixture.environment)(user, by: acme.owner)
            #expect(removed.status == .removed)
            #expect(try await seats(fixture, acme) == 1)
            let again = await #expect(throws: DomainError.self) {
                try await RemoveMember(fixture.environment)(user, by: acme.owner)
            }
            #expect(again?.message == "No member \"\(user)\" exists.")
            let back = try await fixture.addMember("ada@x.test", .viewer, by: acme.owner)
            #expect(back.user == user)
            #expect(back.role == .viewer)
            #expect(back.version == 3)
            #expect(try await seats(fixture, acme) == 2)
            let mine = try await ListWorkspaces(fixture.environment)(by: ada.caller)
            #expect(mine.map(\.role) == [.viewer])
        }
    }

    @Test func `a suspended member is kept out, keeps the seat and can be resumed`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(by: root)
            let ada = try await fixture.makeMember("ada@x.test", role: .member, in: acme)
            let change = ChangeMember(fixture.environment)
            let suspended = try await change(
                ada.caller.user,
                role: nil,
                status: .suspended,
                version: 1,
                by: acme.owner
            )
            #expect(suspended.status == .suspended)
            let error = await #expect(throws: DomainError.self) {
                try await ShowWorkspace(fixture.environment)(by: ada)
            }
            #expect(error?.message == "You do not have access to this workspace.")
            #expect(try await seats(fixture, acme) == 2)
            let resumed = try await change(
                ada.caller.user,
                role: nil,
                status: .active,
                version: 2,
                by: acme.owner
            )
            #expect(resumed.version == 3)
            #expect(try await ShowWorkspace(fixture.environment)(by: ada).tenant.slug == "acme")
        }
    }

    @Test func `a change needs the version that was seen`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(by: root)
            let ada = try await fixture.addMember("ada@x.test", .member, by: acme.owner)
            let error = await #expect(throws: DomainError.self) {
                try await ChangeMember(fixture.environment)(
                    ada.user,
                    role: .viewer,
                    status: nil,
                    version: 9,
                    by: acme.owner
                )
            }
            #expect(error?.code == .versionConflict)
            #expect(error?.message == "The member is at version 1, not 9.")
        }
    }

    @Test func `a change without effect leaves no trace`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(by: root)
            let ada = try await fixture.addMember("ada@x.test", .member, by: acme.owner)
            let same = try await ChangeMember(fixture.environment)(
                ada.user,
                role: .member,
                status: .active,
                version: nil,
                by: acme.owner
            )
            #expect(same == ada)
            let rows = try await fixture.migrated.admin(
                "SELECT e.action FROM audit_events AS e WHERE e.action LIKE 'member.%'"
            )
            #expect(try rows.map { try $0.decode("action", as: String.self) } == ["member.added"])
        }
    }

    @Test func `a change must change something, and removing has its own way`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(by: root)
            let owner = acme.owner.caller.user
            let change = ChangeMember(fixture.environment)
            let nothing = await #expect(throws: DomainError.self) {
                try await change(owner, role: nil, status: nil, version: nil, by: acme.owner)
            }
            #expect(nothing?.message == "Invalid input: role or status must be given.")
            let removed = await #expect(throws: DomainError.self) {
                try await change(owner, role: nil, status: .removed, version: nil, by: acme.owner)
            }
            #expect(removed?.message == "Invalid input: status must be active or suspended.")
        }
    }

    @Test func `the trail of a member holds neither name nor address`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(by: root)
            let ada = try await fixture.addMember("ada@x.test", .member, by: acme.owner)
            _ = try await ChangeMember(fixture.environment)(
                ada.user,
                role: .admin,
                status: nil,
                version: nil,
                by: acme.owner
            )
            _ = try await ChangeMember(fixture.environment)(
                ada.user,
                role: nil,
                status: .suspended,
                reason: "on leave",
                version: nil,
                by: acme.owner
            )
            try await RemoveMember(fixture.environment)(ada.user, by: acme.owner)
            let rows = try await fixture.migrated.admin(
                """
                SELECT e.action || e.changes AS line FROM audit_events AS e
                WHERE e.resource_type = 'member' ORDER BY e.seq
                """
            )
            #expect(
                try rows.map { try $0.decode("line", as: String.self) } == [
                    #"member.added{"role":[null,"member"]}"#,
                    #"member.role_changed{"role":["member","admin"]}"#,
                    #"member.suspended{"reason":[null,"on leave"],"status":["active","suspended"]}"#,
                    #"member.removed{"status":["suspended","removed"]}"#,
                ]
            )
        }
    }

    @Test(arguments: ["no", String(repeating: "x", count: 501), "a\u{0}b"])
    func `a reason for a suspension that is none is refused, and nothing changes`(
        reason: String
    ) async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(by: root)
            let ada = try await fixture.addMember("ada@x.test", .member, by: acme.owner)
            let error = await #expect(throws: DomainError.self) {
                try await ChangeMember(fixture.environment)(
                    ada.user,
                    role: nil,
                    status: .suspended,
                    reason: reason,
                    version: nil,
                    by: acme.owner
                )
            }
            #expect(error?.code == .validationError)
            let found = try await FindMember(fixture.environment)(ada.user, by: acme.owner)
            #expect(found.status == .active)
        }
    }

    private func seats(_ fixture: Fixture, _ tenant: TestTenant) async throws -> Int64? {
        try await ShowWorkspace(fixture.environment)(by: tenant.owner)
            .quotas.first { $0.resource == .users }?.used
    }
}
