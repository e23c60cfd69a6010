import Domain
import Fixtures
import Operations
import Postgres
import Testing

@Suite struct OwnershipTests {
    @Test func `ownership goes to another member and leaves an admin behind`() async throws {
        try await Household.with { house in
            let ada = try await house.member("ada@x.test", .viewer)
            let transfer = TransferOwnership(house.environment)
            let owner = try await transfer(
                to: ada.caller.user,
                proof: Fixture.proof,
                by: house.owner
            )
            #expect(owner.role == .owner)
            let former = try await FindMember(house.environment)(
                house.owner.caller.user,
                by: ada
            )
            #expect(former.role == .admin)
            let again = await house.refusal {
                try await transfer(to: ada.caller.user, proof: .none, by: house.owner)
            }
            #expect(again?.code == .permissionDenied)
            #expect(try await house.trail("owner.transferred") == 2)
            #expect(try await owners(house) == 1)
        }
    }

    @Test func `a token alone hands no ownership on`() async throws {
        try await Household.with { house in
            let ada = try await house.member("ada@x.test", .viewer)
            let transfer = TransferOwnership(house.environment)
            for proof in [FreshProof.none, FreshProof(code: "123456")] {
                let missing = await #expect(throws: FreshProofRequired.self) {
                    _ = try await transfer(to: ada.caller.user, proof: proof, by: house.owner)
                }
                #expect(missing?.need == .password)
            }
            let wrong = await house.refusal {
                try await transfer(
                    to: ada.caller.user,
                    proof: FreshProof(password: Array("another".utf8)),
                    by: house.owner
                )
            }
            #expect(wrong?.code == .validationError)
            #expect(try await owners(house) == 1)
            #expect(try await house.trail("owner.transferred") == 0)
        }
    }

    @Test func `ownership goes to active members only`() async throws {
        try await Household.with { house in
            let ada = try await house.fixture.addMember("ada@x.test", .viewer, by: house.owner)
            let transfer = TransferOwnership(house.environment)
            let bob = try await house.fixture.addMember("bob@x.test", .viewer, by: house.owner)
            try await RemoveMember(house.environment)(bob.user, by: house.owner)
            _ = try await ChangeMember(house.environment)(
                ada.user,
                role: nil,
                status: .suspended,
                version: nil,
                by: house.owner
            )
            let stranger = try await house.stranger("eve@x.test").user
            for heir in [ada.user, bob.user, stranger] {
                let error = await house.refusal {
                    try await transfer(to: heir, proof: .none, by: house.owner)
                }
                #expect(error?.code == .notAMember)
            }
            let own = await house.refusal {
                try await transfer(
                    to: house.owner.caller.user,
                    proof: .none,
                    by: house.owner
                )
            }
            #expect(own?.code == .validationError)
        }
    }

    @Test(arguments: [Role.admin, .member, .guest])
    func `only owners hand ownership on`(role: Role) async throws {
        try await Household.with { house in
            let ada = try await house.member("ada@x.test", role)
            let error = await house.refusal {
                try await TransferOwnership(house.environment)(
                    to: house.owner.caller.user,
                    proof: .none,
                    by: ada
                )
            }
            #expect(error?.code == .permissionDenied)
        }
    }

    @Test func `to an owner, it only takes one's own place away`() async throws {
        try await Household.with { house in
            let ada = try await house.member("ada@x.test", .owner)
            _ = try await TransferOwnership(house.environment)(
                to: ada.caller.user,
                proof: Fixture.proof,
                by: house.owner
            )
            #expect(try await owners(house) == 1)
        }
    }

    /// Whichever comes first, whoever was an owner before hands nothing on after a demotion.
    @Test(arguments: 1...5)
    func `a demotion and a transfer at once leave an owner`(round: Int) async throws {
        try await Household.with { house in
            let ada = try await house.member("ada@x.test", .owner)
            let bob = try await house.fixture.addMember("bob@x.test", .viewer, by: house.owner)
            let environment = house.environment
            let owner = house.owner
            let works: [@Sendable () async throws -> Void] = [
                {
                    _ = try await TransferOwnership(environment)(
                        to: bob.user,
                        proof: Fixture.proof,
                        by: owner
                    )
                },
                {
                    _ = try await ChangeMember(environment)(
                        owner.caller.user,
                        role: .viewer,
                        status: nil,
                        version: nil,
                        by: ada
                    )
                },
            ]
            let codes = await atOnce(works)
            // The demotion comes through in either order; only before it the transfer does.
            #expect(codes[1] == nil)
            #expect(codes[0] == nil || codes[0] == .permissionDenied)
            let counted = try await owners(house)
            #expect(counted == (codes[0] == nil ? 2 : 1))
            let rows = try await house.fixture.migrated.admin(
                """
                SELECT count(*) AS count FROM memberships
                WHERE role_key = 'owner' AND status = 'active'
                """
            )
            #expect(try rows[0].decode("count", as: Int64.self) == Int64(counted))
        }
    }

    @Test func `of many who hand ownership to each other at once one chain holds`() async throws {
        try await Household.with { house in
            var people = [house.owner]
            for number in 1...4 {
                people.append(try await house.member("p\(number)@x.test", .owner))
            }
            let environment = house.environment
            let all = people
            _ = await atOnce(all.count) { index in
                _ = try await TransferOwnership(environment)(
                    to: all[(index + 1) % all.count].caller.user,
                    proof: Fixture.proof,
                    by: all[index]
                )
            }
            let rows = try await house.fixture.migrated.admin(
                """
                SELECT count(*) AS count FROM memberships
                WHERE role_key = 'owner' AND status = 'active'
                """
            )
            let counted = try await owners(house)
            #expect(try rows[0].decode("count", as: Int64.self) == Int64(counted))
            #expect(counted >= 1)
        }
    }

    @Test func `a member leaves; the last owner cannot`() async throws {
        try await Household.with { house in
            let guest = try await house.member("guest@x.test", .guest)
            try await house.role("Editor", ["artifact.read"])
            let editor = try await house.member("ed@x.test", named: "Editor")
            for person in [guest, editor] {
                try await LeaveWorkspace(house.environment)(by: person)
                let error = await house.refusal { try await house.fixture.names(by: person) }
                #expect(error?.code == .tenantAccessDenied)
            }
            #expect(try await house.seats() == [1, 0, 50])
            #expect(try await house.trail("member.left") == 2)
            let last = await house.refusal {
                try await LeaveWorkspace(house.environment)(by: house.owner)
            }
            #expect(last?.code == .lastOwner)
        }
    }

    @Test func `of all owners who leave at once one remains`() async throws {
        try await Household.with { house in
            var people = [house.owner]
            for number in 1...5 {
                people.append(try await house.member("o\(number)@x.test", .owner))
            }
            let environment = house.environment
            let all = people
            let codes = await atOnce(all.count) { index in
                try await LeaveWorkspace(environment)(by: all[index])
            }
            #expect(codes.compactMap { $0 } == [.lastOwner])
            #expect(try await owners(house) == 1)
        }
    }

    @Test func `an operator in a support session has no place to leave`() async throws {
        try await Household.with { house in
            let staff = try await house.fixture.makeOperator("staff@ghostworks.test")
            let session = try await OpenSupportSession(house.environment)(
                tenant: house.acme.id,
                reason: "to try it",
                ticket: nil,
                mode: .readOnly,
                minutes: 5,
                by: staff
            )
            let inside = TenantCaller(
                caller: staff,
                tenant: house.acme.id,
                supportSession: session.id,
                mode: .readOnly
            )
            let error = await house.refusal {
                try await LeaveWorkspace(house.environment)(by: inside)
            }
            #expect(error?.code == .permissionDenied)
            let standing = try await ShowMyPermissions(house.environment)(by: inside)
            #expect(standing.role == "super_admin")
            #expect(standing.permissions.contains("member.read"))
            #expect(!standing.permissions.contains("member.invite"))
        }
    }

    private func owners(_ house: Household) async throws -> Int {
        let rows = try await house.fixture.migrated.admin(
            "SELECT owner_count AS count FROM tenant_counters"
        )
        return Int(try rows[0].decode("count", as: Int32.self))
    }
}
