import Domain
import Fixtures
import Operations
import Postgres
import Testing

@Suite struct RoleTests {
    @Test func `a member with a role of the tenant's own may do that and nothing else`()
        async throws
    {
        try await Household.with { house in
            let made = try await house.role(
                "Editor",
                ["artifact.read", "artifact.create", "artifact.update:own"]
            )
            #expect(made.version == 1 && made.members == 0)
            let ada = try await house.member("ada@x.test", named: "editor")
            let found = try await FindMember(house.environment)(ada.caller.user, by: house.owner)
            #expect(found.role.name == "Editor" && found.role.id == made.role.id)
            let own = try await house.fixture.create("Mine", by: ada)
            let foreign = try await house.fixture.create("Theirs", by: house.owner)
            #expect(try await house.fixture.names(by: ada).sorted() == ["Mine", "Theirs"])
            let edit = ArtifactEdit(name: "New")
            _ = try await UpdateArtifact(house.environment)(own.id, edit, version: 1, by: ada)
            let environment = house.environment
            let tries: [@Sendable () async throws -> Void] = [
                {
                    _ = try await UpdateArtifact(environment)(foreign.id, edit, version: 1, by: ada)
                },
                { try await DeleteArtifact(environment)(own.id, by: ada) },
                {
                    _ = try await ListAuditEvents(environment)(
                        AuditFilter(),
                        page: PageRequest(),
                        by: ada
                    )
                },
                {
                    _ = try await ListMembers(environment)(
                        MemberFilter(),
                        page: PageRequest(),
                        by: ada
                    )
                },
            ]
            for attempt in tries {
                #expect(await house.refusal(attempt)?.code == .permissionDenied)
            }
        }
    }

    @Test func `workspaces and one's own standing name the role`() async throws {
        try await Household.with { house in
            let made = try await house.role("Editor", rank: 45, ["artifact.update:own"])
            let ada = try await house.member("ada@x.test", named: "Editor")
            let mine = try await ListWorkspaces(house.environment)(by: ada.caller)
            #expect(mine.map(\.role) == [made.role])
            let standing = try await ShowMyPermissions(house.environment)(by: ada)
            #expect(standing.role == "Editor" && standing.rank == 45)
            #expect(standing.roleID == made.role.id)
            #expect(
                standing.permissions
                    == ["workspace.read", "artifact.update:own", "notification.self"]
            )
        }
    }

    @Test func `operators see the role by its name`() async throws {
        try await Household.with { house in
            try await house.role("Editor", ["artifact.read"])
            let ada = try await house.member("ada@x.test", named: "Editor")
            let root = try await house.fixture.makeOperator("second@ghostworks.test")
            let detail = try await FindUser(house.environment)(ada.caller.user, by: root)
            #expect(detail.places.map(\.role) == ["Editor"])
        }
    }

    @Test func `a change of a role takes effect on the next request`() async throws {
        try await Household.with { house in
            try await house.role("Editor", ["artifact.read"])
            let ada = try await house.member("ada@x.test", named: "Editor")
            _ = try await house.fixture.names(by: ada)
            let edit = RoleEdit(permissions: PermissionSet([.quotaRead]))
            let changed = try await EditRole(house.environment)(
                .named("EDITOR"),
                edit,
                version: 1,
                by: house.owner
            )
            #expect(changed.version == 2 && changed.members == 1)
            let error = await house.refusal { try await house.fixture.names(by: ada) }
            #expect(error?.code == .permissionDenied)
            _ = try await ListQuotas(house.environment)(by: ada)
        }
    }

    @Test func `a suspended tenant and an ended session refuse such members as all others`()
        async throws
    {
        try await Household.with { house in
            try await house.role("Editor", ["artifact.read"])
            let ada = try await house.member("ada@x.test", named: "Editor")
            _ = try await house.fixture.migrated.admin("UPDATE tenants SET status = 'suspended'")
            let suspended = await house.refusal { try await house.fixture.names(by: ada) }
            #expect(suspended?.code == .tenantSuspended)
            _ = try await house.fixture.migrated.admin("UPDATE tenants SET status = 'active'")
            _ = try await house.fixture.migrated.admin(
                "UPDATE memberships SET status = 'suspended'"
            )
            let locked = await house.refusal { try await house.fixture.names(by: ada) }
            #expect(locked?.code == .tenantAccessDenied)
            _ = try await house.fixture.migrated.admin("UPDATE sessions SET revoked_at = now()")
            let ended = await house.refusal { try await house.fixture.names(by: ada) }
            #expect(ended?.code == .sessionRevoked)
        }
    }

    @Test func `an admin makes roles below and within their own rights`() async throws {
        try await Household.with { house in
            let admin = try await house.member("admin@x.test", .admin)
            try await house.role("Helper", rank: 79, ["member.invite"], by: admin)
            for permission in ["order.refund", "billing.manage", "retention.manage"] {
                let error = await house.refusal {
                    try await house.role("Treasurer", ["\(permission)"], by: admin)
                }
                #expect(error?.code == .grantExceedsOwn, "\(permission)")
            }
            try await house.role("Treasurer", ["order.refund"])
            let edit = RoleEdit(name: "Bursar")
            let error = await house.refusal {
                try await EditRole(house.environment)(
                    .named("Treasurer"),
                    edit,
                    version: nil,
                    by: admin
                )
            }
            #expect(error?.code == .grantExceedsOwn)
            let given = await house.refusal {
                try await AddMember(house.environment)(
                    email: "t@x.test",
                    role: "Treasurer",
                    name: nil,
                    by: admin
                )
            }
            #expect(given?.code == .grantExceedsOwn)
            #expect(given?.message.contains("order.refund") == true)
        }
    }

    @Test func `nobody lifts the role that they hold`() async throws {
        try await Household.with { house in
            try await house.role("Steward", rank: 60, ["role.manage", "role.read"])
            let ada = try await house.member("ada@x.test", named: "Steward")
            let edit = RoleEdit(rank: 79)
            let error = await house.refusal {
                try await EditRole(house.environment)(
                    .named("Steward"),
                    edit,
                    version: nil,
                    by: ada
                )
            }
            #expect(error?.code == .rankViolation)
            let high = await house.refusal { try await house.role("Twin", rank: 60, [], by: ada) }
            #expect(high?.code == .grantExceedsOwn)
            let wide = await house.refusal {
                try await house.role("Reader", rank: 10, ["artifact.read"], by: ada)
            }
            #expect(wide?.code == .grantExceedsOwn)
            try await house.role("Clerk", rank: 10, ["role.read"], by: ada)
        }
    }

    @Test func `a role in use stays; one that nobody has goes`() async throws {
        try await Household.with { house in
            try await house.role("Editor", ["artifact.read"])
            let ada = try await house.member("ada@x.test", named: "Editor")
            let delete = DeleteRole(house.environment)
            let held = await house.refusal { try await delete(.named("Editor"), by: house.owner) }
            #expect(held?.code == .roleInUse)
            #expect(held?.message == "Members or pending invitations have the role.")
            try await RemoveMember(house.environment)(ada.caller.user, by: house.owner)
            let invited = try await house.invite("new@x.test", as: "Editor")
            let offered = await house.refusal {
                try await delete(.named("Editor"), by: house.owner)
            }
            #expect(offered?.code == .roleInUse)
            try await RevokeInvitation(house.environment)(
                invited.invitation.id,
                by: house.owner
            )
            try await delete(.named("Editor"), by: house.owner)
            let gone = await house.refusal { try await delete(.named("Editor"), by: house.owner) }
            #expect(gone?.code == .notFound)
            let removed = try await FindMember(house.environment)(
                ada.caller.user,
                by: house.owner
            )
            #expect(removed.role == .guest && removed.status == .removed)
        }
    }

    /// Either the member gets the role and it stays, or it goes and the member gets none.
    @Test(arguments: 1...5)
    func `giving a role and deleting it at once leaves no member without one`(
        round: Int
    )
        async throws
    {
        try await Household.with { house in
            let made = try await house.role("Editor", ["artifact.read"])
            let id = try #require(made.role.id)
            let environment = house.environment
            let owner = house.owner
            let works: [@Sendable () async throws -> Void] = [
                { try await DeleteRole(environment)(.id(id), by: owner) },
                {
                    _ = try await AddMember(environment)(
                        email: "ada@x.test",
                        role: "Editor",
                        name: nil,
                        by: owner
                    )
                },
            ]
            let codes = await atOnce(works)
            #expect(codes.filter { $0 == nil }.count == 1)
            #expect([.roleInUse, .validationError].contains(codes.compactMap { $0 }.first))
            let rows = try await house.fixture.migrated.admin(
                """
                SELECT (SELECT count(*) FROM memberships WHERE role_id IS NOT NULL)
                    = (SELECT count(*) FROM roles) AS consistent
                """
            )
            #expect(try rows[0].decode("consistent", as: Bool.self))
        }
    }

    @Test(arguments: Role.allCases)
    func `the platform's roles are nobody's to change`(role: Role) async throws {
        try await Household.with { house in
            let edit = RoleEdit(rank: 1)
            let changed = await house.refusal {
                try await EditRole(house.environment)(
                    .system(role),
                    edit,
                    version: nil,
                    by: house.owner
                )
            }
            #expect(changed?.code == .systemRole)
            let deleted = await house.refusal {
                try await DeleteRole(house.environment)(.system(role), by: house.owner)
            }
            #expect(deleted?.code == .systemRole)
        }
    }

    @Test func `names are taken once, whatever their case`() async throws {
        try await Household.with { house in
            try await house.role("Éditeur", [])
            let error = await house.refusal { try await house.role("éDITEUR", []) }
            #expect(error?.code == .roleNameTaken)
            #expect(error?.message == "Another role of this workspace has the name.")
        }
    }

    @Test func `of many who make a role of one name at once one does`() async throws {
        try await Household.with { house in
            let codes = await atOnce(6) { _ in _ = try await house.role("Same", []) }
            #expect(codes.filter { $0 == nil }.count == 1)
            #expect(codes.filter { $0 == .roleNameTaken }.count == 5)
        }
    }

    @Test func `a change on an old version is refused, an empty one as well`() async throws {
        try await Household.with { house in
            try await house.role("Editor", [])
            let edit = RoleEdit(rank: 31)
            _ = try await EditRole(house.environment)(
                .named("Editor"),
                edit,
                version: 1,
                by: house.owner
            )
            let old = await house.refusal {
                try await EditRole(house.environment)(
                    .named("Editor"),
                    RoleEdit(rank: 32),
                    version: 1,
                    by: house.owner
                )
            }
            #expect(old?.code == .versionConflict)
            let empty = await house.refusal {
                try await EditRole(house.environment)(
                    .named("Editor"),
                    RoleEdit(),
                    version: nil,
                    by: house.owner
                )
            }
            #expect(empty?.code == .validationError)
            let same = try await EditRole(house.environment)(
                .named("Editor"),
                edit,
                version: 2,
                by: house.owner
            )
            #expect(same.version == 2)
            #expect(try await house.trail("role.changed") == 1)
        }
    }

    @Test func `roles are listed with those who hold them`() async throws {
        try await Household.with { house in
            try await house.role("Editor", rank: 30, ["artifact.read"])
            try await house.role("Lead", rank: 70, ["artifact.read"])
            _ = try await house.member("ada@x.test", named: "Editor")
            let roles = try await ListRoles(house.environment)(by: house.owner)
            #expect(
                roles.map(\.role.name) == Role.allCases.map(\.rawValue) + ["Lead", "Editor"]
            )
            #expect(roles.first?.members == 1 && roles.last?.members == 1)
            let members = try await ListMembers(house.environment)(
                MemberFilter(role: .named("editor")),
                page: PageRequest(),
                by: house.owner
            )
            #expect(members.items.map(\.email) == ["ada@x.test"])
        }
    }

    @Test func `another tenant's role is as good as missing`() async throws {
        try await Household.with { house in
            let root = try await house.fixture.makeOperator("two@ghostworks.test")
            let other = try await house.fixture.makeTenant("other", by: root)
            let made = try await house.role("Editor", [])
            let id = try #require(made.role.id)
            let error = await house.refusal {
                try await DeleteRole(house.environment)(.id(id), by: other.owner)
            }
            #expect(error?.code == .notFound)
            let given = await house.refusal {
                try await AddMember(house.environment)(
                    email: "x@x.test",
                    role: id.description,
                    name: nil,
                    by: other.owner
                )
            }
            #expect(given?.code == .validationError)
        }
    }
}
