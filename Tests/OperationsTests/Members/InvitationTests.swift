import Domain
import Fixtures
import Operations
import Postgres
import Testing

@Suite struct InvitationTests {
    @Test func `an invited person joins, and a second acceptance changes nothing`() async throws {
        try await Household.with { house in
            let (made, token) = try await house.invite("Ada@x.test", as: "viewer")
            #expect(made.status == .pending && made.role == "viewer")
            #expect(try await house.seats() == [1, 1, 50])
            let mail = try #require(try await house.fixture.mailed("Ada@x.test"))
            #expect(mail["workspace"] == "Tenant acme" && mail["inviter"] == "Owner of acme")
            #expect(mail["role"] == "viewer" && mail["expires_at"] != nil)
            let ada = try await house.stranger("ada@X.test")
            let mine = try await ListMyInvitations(house.environment)(by: ada)
            #expect(mine.map(\.workspace) == ["Tenant acme"])
            let opened = try await OpenInvitation(house.environment)(
                token: token,
                requestID: "test"
            )
            #expect(opened.role == "viewer" && opened.email == "Ada@x.test")
            let joined = try await AcceptInvitation(house.environment)(token: token, by: ada)
            #expect(joined.member.role == .viewer && joined.slug == "acme")
            let again = try await AcceptInvitation(house.environment)(token: token, by: ada)
            #expect(again == joined)
            #expect(try await house.seats() == [2, 0, 50])
            #expect(try await house.trail("invitation.accepted") == 1)
            #expect(try await house.trail("member.added") == 1)
            #expect(try await ListMyInvitations(house.environment)(by: ada).isEmpty)
            let inside = TenantCaller(caller: ada, tenant: house.acme.id)
            #expect(try await house.fixture.names(by: inside) == [])
        }
    }

    @Test func `twenty acceptances at once make one member and take one seat`() async throws {
        try await Household.with { house in
            let (_, token) = try await house.invite("ada@x.test")
            let ada = try await house.stranger("ada@x.test")
            let environment = house.environment
            let codes = await atOnce(20) { _ in
                _ = try await AcceptInvitation(environment)(token: token, by: ada)
            }
            #expect(codes.allSatisfy { $0 == nil })
            #expect(try await house.seats() == [2, 0, 50])
            #expect(try await house.trail("member.added") == 1)
            let rows = try await house.fixture.migrated.admin(
                "SELECT member_count AS count FROM tenant_counters"
            )
            #expect(try rows[0].decode("count", as: Int32.self) == 2)
        }
    }

    @Test func `exactly as many are invited at once as there are seats`() async throws {
        try await Household.with(plan: .free) { house in
            let environment = house.environment
            let owner = house.owner
            let codes = await atOnce(12) { number in
                let new = try NewInvitation(email: "p\(number)@x.test", role: "member")
                _ = try await InviteMember(environment)(new, by: owner)
            }
            #expect(codes.filter { $0 == nil }.count == 4)
            #expect(codes.filter { $0 == .planLimitReached }.count == 8)
            let seats = try await house.seats()
            #expect(seats == [1, 4, 5])
            let full = await house.refusal {
                try await AddMember(environment)(
                    email: "late@x.test",
                    role: "viewer",
                    name: nil,
                    by: owner
                )
            }
            #expect(full?.code == .planLimitReached)
        }
    }

    @Test func `a member who is added while invited uses the invitation's seat`() async throws {
        try await Household.with(plan: .free) { house in
            for number in 1...4 { try await house.invite("p\(number)@x.test") }
            _ = try await AddMember(house.environment)(
                email: "p1@x.test",
                role: "viewer",
                name: nil,
                by: house.owner
            )
            #expect(try await house.seats() == [2, 3, 5])
            #expect(try await house.trail("invitation.revoked") == 1)
        }
    }

    @Test func `invitations are for one address`() async throws {
        try await Household.with { house in
            let (_, token) = try await house.invite("ada@x.test")
            let eve = try await house.stranger("eve@x.test")
            let error = await house.refusal {
                try await AcceptInvitation(house.environment)(token: token, by: eve)
            }
            #expect(error?.code == .emailMismatch)
            #expect(error?.message.contains("ada") == false)
            #expect(try await house.seats() == [1, 1, 50])
        }
    }

    @Test func `nobody is invited twice, nor as a member`() async throws {
        try await Household.with { house in
            try await house.invite("ada@x.test")
            let twice = await house.refusal { try await house.invite("ADA@x.test") }
            #expect(twice?.code == .invitationPending)
            try await house.fixture.addMember("bob@x.test", .viewer, by: house.owner)
            let member = await house.refusal { try await house.invite("bob@x.test") }
            #expect(member?.code == .alreadyMember)
            #expect(try await house.seats() == [2, 1, 50])
        }
    }

    @Test func `of many who invite one address at once one does`() async throws {
        try await Household.with { house in
            let environment = house.environment
            let owner = house.owner
            let new = try NewInvitation(email: "ada@x.test", role: "member")
            let codes = await atOnce(8) { _ in
                _ = try await InviteMember(environment)(new, by: owner)
            }
            #expect(codes.filter { $0 == nil }.count == 1)
            #expect(codes.filter { $0 == .invitationPending }.count == 7)
            #expect(try await house.seats() == [1, 1, 50])
        }
    }

    @Test func `sending again makes the earlier link worthless`() async throws {
        try await Household.with { house in
            let (made, old) = try await house.invite("ada@x.test")
            try await house.pass()
            let sent = try await ResendInvitation(house.environment)(made.id, by: house.owner)
            #expect(sent.version == 2 && sent.expiresAt > made.expiresAt)
            let new = try #require(try await house.fixture.mailed("ada@x.test")?["token"])
            #expect(new != old)
            let ada = try await house.stranger("ada@x.test")
            let stale = await house.refusal {
                try await AcceptInvitation(house.environment)(token: old, by: ada)
            }
            #expect(stale?.code == .notFound)
            _ = try await AcceptInvitation(house.environment)(token: new, by: ada)
        }
    }

    @Test func `a declined or revoked invitation is gone, and its seat free`() async throws {
        try await Household.with { house in
            let ada = try await house.stranger("ada@x.test")
            let environment = house.environment
            let declined = try await house.invite("ada@x.test")
            try await DeclineInvitation(environment)(token: declined.token, requestID: "t")
            try await DeclineInvitation(environment)(token: declined.token, requestID: "t")
            #expect(try await house.seats() == [1, 0, 50])
            let first = await house.refusal {
                try await AcceptInvitation(environment)(token: declined.token, by: ada)
            }
            #expect(first?.code == .invitationDeclined && first?.kind == .gone)
            try await house.pass()
            let revoked = try await house.invite("ada@x.test")
            try await RevokeInvitation(environment)(revoked.invitation.id, by: house.owner)
            #expect(try await house.seats() == [1, 0, 50])
            let second = await house.refusal {
                try await OpenInvitation(environment)(token: revoked.token, requestID: "t")
            }
            #expect(second?.code == .invitationRevoked && second?.kind == .gone)
            for attempt in [
                { try await RevokeInvitation(environment)(revoked.invitation.id, by: house.owner) },
                {
                    _ = try await ResendInvitation(environment)(
                        declined.invitation.id,
                        by: house.owner
                    )
                },
            ] as [@Sendable () async throws -> Void] {
                #expect(await house.refusal(attempt)?.code == .notPending)
            }
            let list = try await ListInvitations(environment)(
                nil,
                page: PageRequest(),
                by: house.owner
            )
            #expect(list.items.map(\.status) == [.revoked, .declined])
        }
    }

    @Test func `accepting, declining and revoking at once end in one state`() async throws {
        try await Household.with { house in
            let (made, token) = try await house.invite("ada@x.test")
            let ada = try await house.stranger("ada@x.test")
            let environment = house.environment
            let owner = house.owner
            let works: [@Sendable () async throws -> Void] = [
                { _ = try await AcceptInvitation(environment)(token: token, by: ada) },
                { try await DeclineInvitation(environment)(token: token, requestID: "t") },
                { try await RevokeInvitation(environment)(made.id, by: owner) },
            ]
            let codes = await atOnce(works)
            #expect(codes.filter { $0 == nil }.count == 1)
            let seats = try await house.seats()
            #expect(seats[1] == 0 && (seats[0] == 1 || seats[0] == 2))
        }
    }

    @Test func `an invitation whose time is over is gone; housekeeping frees its seat`()
        async throws
    {
        try await Household.with { house in
            let (made, token) = try await house.invite("ada@x.test")
            try await house.invite("bob@x.test")
            _ = try await house.fixture.migrated.admin(
                """
                UPDATE invitations SET expires_at = now() - interval '1 second'
                WHERE id = \(made.id.uuid)
                """
            )
            let ada = try await house.stranger("ada@x.test")
            let over = await house.refusal {
                try await AcceptInvitation(house.environment)(token: token, by: ada)
            }
            #expect(over?.code == .invitationExpired && over?.kind == .gone)
            let again = await house.refusal {
                try await ResendInvitation(house.environment)(made.id, by: house.owner)
            }
            #expect(again?.code == .notPending)
            #expect(try await house.seats() == [1, 2, 50])
            // Time decides, before housekeeping has been there and after it.
            #expect(try await house.listed(.expired) == ["ada@x.test"])
            #expect(try await house.listed(.pending) == ["bob@x.test"])
            #expect(try await ExpireInvitations(house.environment)() == 1)
            #expect(try await ExpireInvitations(house.environment)() == 0)
            #expect(try await house.listed(.expired) == ["ada@x.test"])
            #expect(try await house.seats() == [1, 1, 50])
            #expect(try await house.trail("invitation.expired") == 1)
            try await house.pass()
            try await house.invite("ada@x.test")
        }
    }

    @Test func `an expired invitation does not stand in the way of the next`() async throws {
        try await Household.with { house in
            try await house.invite("ada@x.test")
            _ = try await house.fixture.migrated.admin(
                "UPDATE invitations SET expires_at = now() - interval '1 second'"
            )
            try await house.pass()
            try await house.invite("ada@x.test")
            #expect(try await house.seats() == [1, 1, 50])
        }
    }

    @Test func `rank and subset are asked when inviting and again when accepting`() async throws {
        try await Household.with { house in
            let admin = try await house.member("admin@x.test", .admin)
            let high = await house.refusal {
                try await house.invite("ada@x.test", as: "admin", by: admin)
            }
            #expect(high?.code == .grantExceedsOwn)
            let (_, token) = try await house.invite("ada@x.test", as: "member", by: admin)
            let ada = try await house.stranger("ada@x.test")
            _ = try await ChangeMember(house.environment)(
                admin.caller.user,
                role: .viewer,
                status: nil,
                version: nil,
                by: house.owner
            )
            let lost = await house.refusal {
                try await AcceptInvitation(house.environment)(token: token, by: ada)
            }
            #expect(lost?.code == .grantExceedsOwn)
            #expect(
                lost?.message == "Whoever invited you may not give the role member any more."
            )
            try await RemoveMember(house.environment)(admin.caller.user, by: house.owner)
            let left = await house.refusal {
                try await AcceptInvitation(house.environment)(token: token, by: ada)
            }
            #expect(left?.code == .grantExceedsOwn)
        }
    }

    @Test func `a role that grew beyond its inviter is not given`() async throws {
        try await Household.with { house in
            let admin = try await house.member("admin@x.test", .admin)
            try await house.role("Helper", ["artifact.read"], by: admin)
            let (_, token) = try await house.invite("ada@x.test", as: "Helper", by: admin)
            let edit = RoleEdit(permissions: PermissionSet([.orderRefund]))
            _ = try await EditRole(house.environment)(
                .named("Helper"),
                edit,
                version: nil,
                by: house.owner
            )
            let ada = try await house.stranger("ada@x.test")
            let error = await house.refusal {
                try await AcceptInvitation(house.environment)(token: token, by: ada)
            }
            #expect(error?.code == .grantExceedsOwn)
        }
    }

    @Test func `a suspended workspace takes nobody in`() async throws {
        try await Household.with { house in
            let (_, token) = try await house.invite("ada@x.test")
            let ada = try await house.stranger("ada@x.test")
            _ = try await house.fixture.migrated.admin(
                "UPDATE tenant_directory SET status = 'suspended'"
            )
            let error = await house.refusal {
                try await AcceptInvitation(house.environment)(token: token, by: ada)
            }
            #expect(error?.code == .tenantSuspended)
        }
    }

    @Test func `an ended session accepts nothing`() async throws {
        try await Household.with { house in
            let (_, token) = try await house.invite("ada@x.test")
            let ada = try await house.stranger("ada@x.test")
            try await SignOut(house.environment)(by: ada)
            let error = await house.refusal {
                try await AcceptInvitation(house.environment)(token: token, by: ada)
            }
            #expect(error?.code == .sessionRevoked)
        }
    }

    @Test(arguments: [
        "", "x", "gwi_", "gwi_a_b", "gws_0199f1c0-0000-7000-8000-000000000001_00",
        "gwi_0199f1c0-0000-7000-8000-000000000001_" + String(repeating: "0", count: 64),
        "gwi_0199f1c0-0000-7000-8000-000000000001_" + String(repeating: "0", count: 65),
        "gwi_0199f1c0-0000-7000-8000-000000000001_" + String(repeating: "Z", count: 64),
        "gwi_' OR true --_" + String(repeating: "0", count: 64),
    ])
    func `a token of another form or of nobody opens nothing`(token: String) async throws {
        try await Household.with { house in
            let ada = try await house.stranger("ada@x.test")
            let environment = house.environment
            let tries: [@Sendable () async throws -> Void] = [
                { _ = try await OpenInvitation(environment)(token: token, requestID: "t") },
                { _ = try await AcceptInvitation(environment)(token: token, by: ada) },
                { try await DeclineInvitation(environment)(token: token, requestID: "t") },
            ]
            for attempt in tries {
                let error = await house.refusal(attempt)
                #expect(error?.code == .notFound)
                #expect(error?.message == "There is no such invitation.")
            }
        }
    }

    @Test func `all wrong fields of an invitation are named at once`() {
        let error = #expect(throws: DomainError.self) {
            try NewInvitation(email: "a\u{202E}@x.test", role: " ", language: "fr")
        }
        #expect(
            error?.message == "Invalid input: email must be a mail address such as"
                + " ada@example.org; role must have 1 to 50 characters; got 0; language must be one"
                + " of en, ar."
        )
    }

    @Test func `neither trail nor table holds the address's token`() async throws {
        try await Household.with { house in
            let (_, token) = try await house.invite("ada@x.test")
            let secret = String(token.suffix(64))
            let rows = try await house.fixture.migrated.admin(
                """
                SELECT count(*) AS count FROM (
                    SELECT e::text AS line FROM audit_events AS e
                    UNION ALL SELECT t::text FROM tenant_events AS t
                    UNION ALL SELECT i::text FROM invitations AS i
                    UNION ALL SELECT m::text FROM mail_outbox AS m) AS all_lines
                WHERE line LIKE '%' || \(secret) || '%'
                    OR (line LIKE '%ada@x.test%' AND line LIKE '%invitation.created%')
                """
            )
            #expect(try rows[0].decode("count", as: Int64.self) == 0)
        }
    }
}

extension Household {
    /// The addresses of the invitations of a status.
    fileprivate func listed(_ status: InvitationStatus) async throws -> [String] {
        let list = ListInvitations(environment)
        return try await list(status, page: PageRequest(), by: owner).items.map(\.email)
    }
}
