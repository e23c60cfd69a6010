import Domain
import Fixtures
import Operations
import Postgres
import Testing

@Suite struct MemberRankTests {
    @Test func `an admin touches nobody as high, and grants nothing as high`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(by: root)
            let admin = try await fixture.makeMember("admin@x.test", role: .admin, in: acme)
            let peer = try await fixture.addMember("peer@x.test", .admin, by: acme.owner)
            let member = try await fixture.addMember("m@x.test", .member, by: acme.owner)
            let owner = acme.owner.caller.user
            let environment = fixture.environment
            let tries: [(DomainError.Code, @Sendable () async throws -> Void)] = [
                (.rankViolation, { try await RemoveMember(environment)(peer.user, by: admin) }),
                (.rankViolation, { try await RemoveMember(environment)(owner, by: admin) }),
                (
                    .rankViolation,
                    { try await demote(peer.user, by: admin, environment) }
                ),
                (
                    .grantExceedsOwn,
                    { try await give(.admin, to: member.user, by: admin, environment) }
                ),
                (
                    .grantExceedsOwn,
                    { try await give(.owner, to: member.user, by: admin, environment) }
                ),
                (
                    .grantExceedsOwn,
                    { _ = try await fixture.addMember("n@x.test", .admin, by: admin) }
                ),
                (
                    .grantExceedsOwn,
                    { _ = try await fixture.addMember("n@x.test", .owner, by: admin) }
                ),
            ]
            for (code, attempt) in tries {
                let error = await #expect(throws: DomainError.self) { try await attempt() }
                #expect(error?.code == code)
            }
            try await give(.brandCreator, to: member.user, by: admin, environment)
            try await RemoveMember(environment)(member.user, by: admin)
        }
    }

    @Test func `the refusals name the roles`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(by: root)
            let admin = try await fixture.makeMember("admin@x.test", role: .admin, in: acme)
            let high = await #expect(throws: DomainError.self) {
                try await demote(acme.owner.caller.user, by: admin, fixture.environment)
            }
            #expect(high?.message == "A member with the role owner stands too high.")
            let own = await #expect(throws: DomainError.self) {
                try await fixture.addMember("n@x.test", .admin, by: admin)
            }
            #expect(own?.message == "The role admin is not below your own.")
        }
    }

    @Test(arguments: [Role.brandCreator, .member, .viewer, .guest])
    func `roles below admin change no members`(role: Role) async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(by: root)
            let actor = try await fixture.makeMember("actor@x.test", role: role, in: acme)
            let guest = try await fixture.addMember("guest@x.test", .guest, by: acme.owner)
            let environment = fixture.environment
            let tries: [@Sendable () async throws -> Void] = [
                { _ = try await fixture.addMember("n@x.test", .guest, by: actor) },
                { try await RemoveMember(environment)(guest.user, by: actor) },
                { try await give(.viewer, to: guest.user, by: actor, environment) },
            ]
            for attempt in tries {
                let error = await #expect(throws: DomainError.self) { try await attempt() }
                #expect(error?.code == .permissionDenied)
            }
        }
    }

    @Test func `the last owner stays, whatever way they try to go`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(by: root)
            let owner = acme.owner.caller.user
            let environment = fixture.environment
            let tries: [@Sendable () async throws -> Void] = [
                { try await give(.admin, to: owner, by: acme.owner, environment) },
                { try await RemoveMember(environment)(owner, by: acme.owner) },
                {
                    _ = try await ChangeMember(environment)(
                        owner,
                        role: nil,
                        status: .suspended,
                        version: nil,
                        by: acme.owner
                    )
                },
            ]
            for attempt in tries {
                let error = await #expect(throws: DomainError.self) { try await attempt() }
                #expect(error?.code == .lastOwner)
                #expect(
                    error?.description == "The workspace would be left without an owner."
                        + " Make somebody else an owner first."
                )
            }
        }
    }

    @Test(arguments: 1...5)
    func `of two owners who demote each other at once one remains`(round: Int) async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(by: root)
            let second = try await fixture.makeMember("second@x.test", role: .owner, in: acme)
            let environment = fixture.environment
            async let one = code {
                try await demote(second.caller.user, by: acme.owner, environment)
            }
            async let two = code {
                try await demote(acme.owner.caller.user, by: second, environment)
            }
            let codes = await [one, two]
            #expect(codes.filter { $0 == nil }.count == 1)
            // The loser is no owner any more when the lock becomes free.
            #expect(codes.compactMap { $0 } == [.permissionDenied])
            #expect(try await owners(fixture) == 1)
        }
    }

    @Test func `of many owners who leave at once one remains`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(by: root)
            var all = [acme.owner]
            for number in 1...5 {
                all.append(
                    try await fixture.makeMember("o\(number)@x.test", role: .owner, in: acme)
                )
            }
            let environment = fixture.environment
            let codes = await withTaskGroup(of: DomainError.Code?.self) { group in
                for owner in all {
                    group.addTask {
                        await code {
                            try await RemoveMember(environment)(owner.caller.user, by: owner)
                        }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(codes.compactMap { $0 } == [.lastOwner])
            #expect(try await owners(fixture) == 1)
        }
    }

    @Test func `the seat limit holds under concurrency`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(plan: .free, by: root)
            let codes = await withTaskGroup(of: DomainError.Code?.self) { group in
                for number in 1...12 {
                    group.addTask {
                        await code {
                            try await fixture.addMember(
                                "m\(number)@x.test",
                                .member,
                                by: acme.owner
                            )
                        }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(codes.filter { $0 == nil }.count == 4)
            #expect(codes.filter { $0 == .planLimitReached }.count == 8)
            let rows = try await fixture.migrated.admin(
                """
                SELECT (SELECT count(*) FROM memberships) AS members,
                    (SELECT used FROM tenant_quotas WHERE resource = 'users') AS used,
                    (SELECT member_count FROM tenant_counters) AS counted
                """
            )
            let row = try #require(rows.first)
            #expect(try row.decode("members", as: Int.self) == 5)
            #expect(try row.decode("used", as: Int.self) == 5)
            #expect(try row.decode("counted", as: Int.self) == 5)
            let full = await #expect(throws: DomainError.self) {
                try await fixture.addMember("late@x.test", .member, by: acme.owner)
            }
            #expect(full?.kind == .limited(retryAfter: nil))
            #expect(
                full?.description == "All 5 seats of the plan are taken."
                    + " Remove a member or revoke an invitation, or move to the plan pro."
            )
            #expect(full?.limit == ReachedLimit(resource: .users, hard: 5, upgrade: .pro))
        }
    }

    @Test func `the same person added at once by two becomes a member once`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(by: root)
            let owner = acme.owner
            async let one = code { try await fixture.addMember("a@x.test", .member, by: owner) }
            async let two = code { try await fixture.addMember("a@x.test", .viewer, by: owner) }
            let codes = await [one, two]
            #expect(codes.compactMap { $0 } == [.alreadyMember])
        }
    }

    private func owners(_ fixture: Fixture) async throws -> Int {
        let rows = try await fixture.migrated.admin(
            """
            SELECT count(*) AS count FROM memberships
            WHERE role_key = 'owner' AND status = 'active'
            """
        )
        return try #require(rows.first).decode("count")
    }
}

private func demote(
    _ user: UserID,
    by caller: TenantCaller,
    _ environment: Environment
) async throws {
    try await give(.viewer, to: user, by: caller, environment)
}

private func give(
    _ role: Role,
    to user: UserID,
    by caller: TenantCaller,
    _ environment: Environment
) async throws {
    _ = try await ChangeMember(environment)(
        user,
        role: .system(role),
        status: nil,
        version: nil,
        by: caller
    )
}

/// The code of a refusal, nil for success.
func code<Value>(_ work: @Sendable () async throws -> Value) async -> DomainError.Code? {
    do {
        _ = try await work()
        return nil
    } catch {
        return (error as? DomainError)?.code ?? .internalError
    }
}
