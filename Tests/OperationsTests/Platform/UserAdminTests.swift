import Domain
import Fixtures
import Operations
import Postgres
import Testing

@Suite struct UserAdminTests {
    @Test func `people are found by name, mail and state`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(by: root)
            try await fixture.addMember("zaynab@acme.test", .viewer, by: acme.owner)
            func found(_ filter: AccountFilter) async throws -> [String] {
                try await ListUsers(fixture.environment)(
                    filter,
                    page: PageRequest(),
                    by: root
                ).items.map(\.user.email)
            }
            #expect(
                try await found(AccountFilter()) == [
                    "zaynab@acme.test", "owner@acme.test", "root@ghostworks.test",
                ]
            )
            #expect(try await found(AccountFilter(search: "ZAYN")) == ["zaynab@acme.test"])
            #expect(try await found(AccountFilter(search: "owner of")) == ["owner@acme.test"])
            #expect(try await found(AccountFilter(search: "%")) == [])
            #expect(try await found(AccountFilter(status: .disabled)) == [])
        }
    }

    @Test(arguments: [1, 2, 100])
    func `pages of people have no gaps and no duplicates`(limit: Int) async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(by: root)
            for number in 1...3 {
                try await fixture.addMember("m\(number)@acme.test", .viewer, by: acme.owner)
            }
            var seen: [UserID] = []
            var position: PagePosition?
            repeat {
                let page = try await ListUsers(fixture.environment)(
                    AccountFilter(),
                    page: PageRequest(limit: limit, after: position),
                    by: root
                )
                seen += page.items.map(\.id)
                position = page.next
            } while position != nil
            #expect(seen.count == 5)
            #expect(Set(seen).count == 5)
        }
    }

    @Test func `a person is shown with memberships, roles and sessions`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(by: root)
            let owner = acme.owner.caller.user
            let detail = try await FindUser(fixture.environment)(owner, by: root)
            #expect(detail.places.map(\.slug) == ["acme"])
            #expect(detail.places.map(\.role) == ["owner"])
            #expect(detail.roles.isEmpty)
            #expect(detail.liveSessions == 1)
            let own = try await FindUser(fixture.environment)(root.user, by: root)
            #expect(own.roles.map(\.role) == [.superAdmin])
            let sessions = try await ListUserSessions(fixture.environment)(
                of: owner,
                page: PageRequest(),
                by: root
            )
            #expect(sessions.items.map(\.ip) == ["127.0.0.1"])
            #expect(sessions.items.map(\.kind) == ["api"])
        }
    }

    @Test func `a disabled person is out at once, and old sessions do not come back`()
        async throws
    {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(by: root)
            let member = try await fixture.makeMember("m@acme.test", role: .member, in: acme)
            let account = try await DisableUser(fixture.environment)(
                member.caller.user,
                reason: "left the firm",
                by: root
            )
            #expect(account.status == .disabled)
            let out = await #expect(throws: DomainError.self) {
                try await ShowWorkspace(fixture.environment)(by: member)
            }
            #expect(out?.code == .sessionRevoked)
            let refused = await #expect(throws: DomainError.self) {
                try await fixture.signIn("m@acme.test", kind: .api)
            }
            #expect(refused?.code == .invalidCredentials)
            let twice = await #expect(throws: DomainError.self) {
                try await DisableUser(fixture.environment)(
                    member.caller.user,
                    reason: "again",
                    by: root
                )
            }
            #expect(twice?.message == "The person is already disabled.")
            let back = try await EnableUser(fixture.environment)(
                member.caller.user,
                reason: "came back",
                by: root
            )
            #expect(back.status == .active)
            let still = await #expect(throws: DomainError.self) {
                try await ShowWorkspace(fixture.environment)(by: member)
            }
            #expect(still?.code == .sessionRevoked)
            _ = try await fixture.signIn("m@acme.test", kind: .api)
        }
    }

    @Test func `the only owner of a tenant is not disabled`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(by: root)
            let disable = DisableUser(fixture.environment)
            let owner = acme.owner.caller.user
            let error = await #expect(throws: DomainError.self) {
                try await disable(owner, reason: "on request", by: root)
            }
            #expect(error?.code == .soleOwner)
            #expect(error?.message == "The person is the only owner of acme.")
            let second = try await fixture.makeMember("o2@acme.test", role: .owner, in: acme)
            _ = try await disable(owner, reason: "on request", by: root)
            let last = await #expect(throws: DomainError.self) {
                try await disable(second.caller.user, reason: "on request", by: root)
            }
            #expect(last?.code == .soleOwner)
        }
    }

    @Test func `of two owners who are disabled at once one stays`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(by: root)
            let second = try await fixture.makeMember("o2@acme.test", role: .owner, in: acme)
            let owners = [acme.owner.caller.user, second.caller.user]
            let outcomes = await withTaskGroup(of: DomainError.Code?.self) { group in
                for owner in owners {
                    group.addTask {
                        do {
                            _ = try await DisableUser(fixture.environment)(
                                owner,
                                reason: "at once",
                                by: root
                            )
                            return nil
                        } catch {
                            return (error as? DomainError)?.code
                        }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(outcomes.count { $0 == nil } == 1)
            #expect(outcomes.count { $0 == .soleOwner } == 1)
        }
    }

    @Test func `nobody disables themselves`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            _ = try await fixture.makeOperator("other@ghostworks.test")
            let error = await #expect(throws: DomainError.self) {
                try await DisableUser(fixture.environment)(root.user, reason: "me", by: root)
            }
            #expect(error?.code == .validationError)
            let long = await #expect(throws: DomainError.self) {
                try await DisableUser(fixture.environment)(root.user, reason: "on me", by: root)
            }
            #expect(long?.message == "You cannot disable yourself.")
        }
    }

    @Test func `ended sessions are out, and a new sign-in is possible`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(by: root)
            let count = try await RevokeUserSessions(fixture.environment)(
                acme.owner.caller.user,
                reason: "lost a laptop",
                by: root
            )
            #expect(count == 1)
            let error = await #expect(throws: DomainError.self) {
                try await ShowWorkspace(fixture.environment)(by: acme.owner)
            }
            #expect(error?.code == .sessionRevoked)
            _ = try await fixture.signIn("owner@acme.test", kind: .api)
        }
    }

    @Test func `a name is changed at the version that was seen, and the trail forgets it`()
        async throws
    {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(by: root)
            let owner = acme.owner.caller.user
            let before = try await FindUser(fixture.environment)(owner, by: root).account
            let update = UpdateUser(fixture.environment)
            let edit = try AccountEdit(name: "Huda Saleh", locale: "ar")
            let after = try await update(owner, edit, version: before.version, by: root)
            #expect(after.user.name == "Huda Saleh")
            #expect(after.locale == "ar")
            let stale = await #expect(throws: DomainError.self) {
                try await update(owner, edit, version: before.version, by: root)
            }
            #expect(stale?.code == .versionConflict)
            let rows = try await fixture.migrated.admin(
                "SELECT changes FROM platform_audit_events WHERE action = 'user.updated'"
            )
            let changes = try rows.map { try $0.decode("changes", as: String.self) }
            #expect(changes == [#"{"locale":["en","ar"],"name":[null,"changed"]}"#])
        }
    }

    @Test func `support may not manage people`() async throws {
        try await Fixture.with { fixture in
            let helper = try await fixture.makeOperator("h@ghostworks.test", role: .support)
            let error = await #expect(throws: DomainError.self) {
                try await ListUsers(fixture.environment)(
                    AccountFilter(),
                    page: PageRequest(),
                    by: helper
                )
            }
            #expect(error?.code == .permissionDenied)
        }
    }

    @Test func `an unknown person is missing, by id and by mail`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let resolve = ResolveUser(fixture.environment)
            for name in ["nobody@x.test", "no address", ""] {
                let error = await #expect(throws: DomainError.self) {
                    try await resolve(name, by: root)
                }
                #expect(error?.code == .notFound)
            }
            let id = try #require(UserID("00000000-0000-7000-8000-000000000009"))
            let error = await #expect(throws: DomainError.self) {
                try await FindUser(fixture.environment)(id, by: root)
            }
            #expect(error?.message == "No person \"\(id)\" exists.")
        }
    }

    @Test(
        arguments: [
            (nil, nil, "name or locale must be given"),
            ("", nil, "name must have 1 to 200 characters; got 0"),
            ("a\u{7}", nil, "name must not contain control characters"),
            (nil, "fr", "locale must be one of en, ar"),
        ] as [(String?, String?, String)]
    )
    func `what cannot be is refused`(name: String?, locale: String?, problem: String) {
        let error = #expect(throws: DomainError.self) {
            try AccountEdit(name: name, locale: locale)
        }
        #expect(error?.message == "Invalid input: \(problem).")
    }
}
