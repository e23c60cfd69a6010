import Domain
import Fixtures
import Operations
import Postgres
import Testing

/// Everybody may ask about themselves, whatever their role.
struct OwnDataTests {
    private func ask(
        _ kind: DataRequest.Kind,
        of subject: UserID,
        _ house: Household,
        by caller: TenantCaller
    ) async throws -> DataRequest.Status {
        try await RequestData(house.environment)(kind, of: subject, by: caller).status
    }

    @Test(arguments: Role.allCases.filter { $0 != .owner })
    func `each role of the platform's asks about itself`(role: Role) async throws {
        try await Household.with { house in
            let member = try await house.member("ada@x.test", role)
            let user = member.caller.user
            #expect(try await ask(.export, of: user, house, by: member) == .queued)
            #expect(try await ask(.erase, of: user, house, by: member) == .pending)
        }
    }

    @Test func `a role of the tenant's making asks about itself, and nobody else`() async throws {
        try await Household.with { house in
            try await house.role("Reader", ["artifact.read"])
            let member = try await house.member("ada@x.test", named: "Reader")
            let user = member.caller.user
            #expect(try await ask(.export, of: user, house, by: member) == .queued)
            #expect(try await ask(.erase, of: user, house, by: member) == .pending)
            let other = await house.refusal {
                try await ask(.export, of: house.owner.caller.user, house, by: member)
            }
            #expect(other?.code == .permissionDenied)
        }
    }

    @Test func `the guard knows the same personal permissions as the rules`() async throws {
        try await Household.with { house in
            try await house.role("Nothing", [])
            let member = try await house.member("ada@x.test", named: "Nothing")
            let list = try await ListRoles(house.environment)(by: house.owner)
            let role = try #require(list.first { $0.role.name == "Nothing" }).role
            for permission in Permission.allCases {
                let answer: String? = try await house.fixture.migrated.admin(
                    """
                    SELECT app.custom_role_may(\(house.acme.id.uuid), \(member.caller.user.uuid),
                        \(Int32(permission.rawValue))) AS answer
                    """
                ).first?.decode("answer")
                let held = role.permissions[permission] != .none || permission.isPersonal
                #expect((answer != nil) == held, "\(permission)")
            }
        }
    }
}
