import FoundationEssentials
import Testing

@testable import Domain

@Suite struct RoleTests {
    @Test(arguments: [
        ("owner", Role.owner), ("ADMIN", .admin), ("user", .member), ("Employee", .member),
        ("brand_creator", .brandCreator),
    ])
    func `a role is known by its key and by other systems' names`(name: String, role: Role) {
        #expect(Role(name: name) == role)
    }

    @Test(arguments: ["", "root", "super_admin", "support", " owner", "api_key"])
    func `other names are no role of a tenant`(name: String) {
        #expect(Role(name: name) == nil)
    }

    @Test func `no two roles stand equally high`() {
        #expect(Set(Role.allCases.map(\.rank)).count == Role.allCases.count)
    }
}

@Suite struct PermissionTests {
    @Test func `raw values are the rows of the table`() {
        #expect(Permission.allCases.map(\.rawValue) == Array(PermissionMatrix.rows.indices))
        #expect(Set(PermissionMatrix.names).count == PermissionMatrix.rows.count)
    }

    @Test(arguments: PermissionMatrix.rows.map(\.grants))
    func `a row has one known letter for each column`(grants: String) {
        #expect(grants.count == PermissionMatrix.columns.count)
        #expect(grants.allSatisfy { "yorws-".contains($0) })
    }

    @Test(arguments: [
        (Permission.platformTenantsRead, "platform.tenants.read"),
        (.memberUpdateRole, "member.update_role"), (.artifactPurge, "artifact.purge"),
        (.auditStreamManage, "audit.stream.manage"), (.pledgeRefund, "pledge.refund"),
        (.aiConversationRead, "ai.conversation.read"), (.exerciseReadAll, "exercise.read_all"),
        (.notificationSelf, "notification.self"),
    ])
    func `a permission has the name of its row`(permission: Permission, name: String) {
        #expect(permission.description == name)
    }

    @Test(arguments: [
        (Role.viewer, Permission.artifactCreate, Grant.none), (.guest, .artifactUpdate, .own),
        (.member, .artifactUpdate, .all), (.member, .artifactDelete, .own),
        (.owner, .ownerManage, .all), (.admin, .ownerManage, .none),
        (.admin, .platformTenantsRead, .none),
    ])
    func `roles reach as far as the table says`(role: Role, permission: Permission, grant: Grant) {
        #expect(role.grants(permission) == grant)
    }

    @Test func `an operator writes in a tenant only in a writing session`() {
        #expect(PlatformRole.superAdmin.grants(.artifactRead, in: .readOnly))
        #expect(!PlatformRole.superAdmin.grants(.artifactUpdate, in: .readOnly))
        #expect(PlatformRole.superAdmin.grants(.artifactUpdate, in: .readWrite))
        #expect(!PlatformRole.support.grants(.artifactUpdate, in: .readWrite))
        #expect(!PlatformRole.superAdmin.grants(.artifactRead))
        #expect(PlatformRole.superAdmin.grants(.platformTenantsManage))
        #expect(!PlatformRole.support.grants(.platformTenantsManage))
    }

    @Test func `platform permissions are no tenant role's`() {
        for permission in Permission.allCases where permission.description.hasPrefix("platform.") {
            #expect(Role.allCases.allSatisfy { $0.grants(permission) == .none })
        }
    }
}

@Suite struct MemberRulesTests {
    @Test(arguments: [
        (Role.admin, Role.member, Role.viewer), (.admin, .guest, .brandCreator),
        (.owner, .owner, .member), (.owner, .admin, .owner),
    ])
    func `one may change those below into roles below`(
        actor: Role,
        target: Role,
        new: Role
    )
        throws
    {
        try MemberRules.check(
            Authorization(.system(actor)),
            target: .system(target),
            role: .system(new)
        )
    }

    @Test(arguments: [
        (Role.admin, Role.admin, Role.member), (.admin, .owner, .member),
        (.brandCreator, .admin, .guest),
    ])
    func `nobody touches those as high as themselves`(actor: Role, target: Role, new: Role) {
        let error = #expect(throws: DomainError.self) {
            try MemberRules.check(
                Authorization(.system(actor)),
                target: .system(target),
                role: .system(new)
            )
        }
        #expect(error?.code == .rankViolation)
    }

    @Test(arguments: [(Role.admin, Role.admin), (.admin, .owner), (.member, .brandCreator)])
    func `nobody grants a role as high as their own`(actor: Role, new: Role) {
        let error = #expect(throws: DomainError.self) {
            try MemberRules.check(
                Authorization(.system(actor)),
                target: nil,
                role: .system(new)
            )
        }
        #expect(error?.code == .grantExceedsOwn)
    }

    @Test func `an operator in a writing session stands as an admin`() throws {
        let staff = try Authorization(answer: "super_admin")
        #expect(staff.rank == Role.admin.rank && !staff.isOwner)
        #expect(throws: DomainError.self) {
            try MemberRules.check(staff, target: .owner, role: nil)
        }
        try MemberRules.check(staff, target: .member, role: .viewer)
    }

    @Test func `an admin may grant every role below, with all its permissions`() throws {
        for role in Role.allCases where role.rank < Role.admin.rank {
            try MemberRules.requireGrant(of: .system(role), by: Authorization(.admin))
        }
    }

    @Test func `nobody grants what they do not hold, whatever the rank`() throws {
        let inviter = custom("Inviter", rank: 60, [.memberInvite, .artifactRead])
        let error = #expect(throws: DomainError.self) {
            try MemberRules.requireGrant(of: .viewer, by: Authorization(inviter))
        }
        #expect(error?.code == .grantExceedsOwn)
        #expect(
            error?.message == "The role viewer holds workspace.read, which reaches further than"
                + " your own rights."
        )
        let reader = custom("Reader", rank: 20, [.artifactRead])
        try MemberRules.requireGrant(of: reader, by: Authorization(inviter))
        #expect(throws: DomainError.self) {
            try MemberRules.requireGrant(of: inviter, by: Authorization(inviter))
        }
        try MemberRules.requireGrant(of: inviter, by: Authorization(.owner))
    }

    @Test func `own is less than all`() {
        let own = PermissionSet([.artifactRead], reach: .own)
        let all = PermissionSet([.artifactRead])
        #expect(own.excess(over: all) == nil)
        #expect(all.excess(over: own) == .artifactRead)
        #expect(own.excess(over: PermissionSet()) == .artifactRead)
        #expect(PermissionSet([.privacyErase], reach: .own).excess(over: PermissionSet()) == nil)
    }
}

private func custom(_ name: String, rank: Int, _ permissions: [Permission]) -> MemberRole {
    .custom(
        CustomRole(
            id: RoleID(UUID()),
            name: name,
            rank: rank,
            permissions: PermissionSet(permissions)
        )
    )
}

@Suite struct CustomRoleTests {
    @Test func `a set of permissions survives its bytes and its names`() throws {
        for role in Role.allCases {
            let set = PermissionSet(role)
            let bytes = set.bytes
            #expect(PermissionSet(everything: bytes.everything, own: bytes.own) == set)
            #expect(try PermissionSet(names: set.names) == set)
            for permission in Permission.allCases {
                #expect(set[permission] == role.grants(permission))
            }
        }
        #expect(PermissionSet([.artifactRead]).bytes.everything[4] == 1 << 4)
        #expect(PermissionSet(everything: [1], own: [2]) == nil)
    }

    @Test(arguments: ["", "artifact", "artifact.read:mine", "own", "ARTIFACT.READ", "a\u{202E}b"])
    func `an unknown permission is named`(name: String) {
        let error = #expect(throws: DomainError.self) { try PermissionSet(names: [name]) }
        #expect(error?.message.contains("must be names of permissions") == true)
        #expect(error?.message.contains("\u{202E}") == false)
    }

    @Test func `a coded role is read whole, a colon or a slash in its name or not`() throws {
        let id = UUID()
        let zeros = String(repeating: "0", count: 32)
        let text =
            "custom/55/\(id.uuidString.lowercased())/00020000\(zeros.dropFirst(8))/\(zeros)/A/B"
        let role = try #require(MemberRole(coded: text))
        #expect(role.name == "A/B" && role.rank == 55 && role.id == RoleID(id))
        #expect(role.grants(.workspaceRead) == .all && role.grants(.artifactRead) == .none)
        #expect(try Authorization(answer: text + ":own").grant == .own)
        #expect(try Authorization(answer: text).membership == role)
        #expect(try Authorization(answer: "guest:own") == Authorization(.guest, grant: .own))
    }

    /// As characters the first ones melt into the slash before them, the last ones into the colon
    /// behind them.
    @Test(arguments: [
        "\u{301}x", "\u{200D}x", "\u{FE0F}x", "\u{903}x", "x\u{D4E}", "x\u{600}", "x\u{6DD}",
        "x\u{111C2}",
    ])
    func `no name turns a role into another, or its reach into a wider one`(name: String) throws {
        let zeros = String(repeating: "0", count: 32)
        let id = UUID().uuidString.lowercased()
        let text = "custom/55/\(id)/00020000\(zeros.dropFirst(8))/\(zeros)/\(name)"
        let whole = try Authorization(answer: text)
        #expect(whole.rank == 55 && whole.grant == .all)
        #expect(whole.membership?.name.utf8.elementsEqual(name.utf8) == true)
        let own = try Authorization(answer: text + ":own")
        #expect(own.rank == 55 && own.grant == .own)
    }

    @Test func `an answer that is no role gives no rights`() {
        for answer in ["", "king", "custom/1/2/3", "custom/:own", ":own", "super_admin:", "Owner"] {
            #expect(throws: DomainError.self) { try Authorization(answer: answer) }
        }
    }

    @Test func `a name begins with something that is seen, and has no slash or colon in it`() {
        for name in ["\u{301}x", "\u{200D}x", "a/\u{301}b", "a:\u{301}b", "a/b"] {
            #expect(throws: DomainError.self) {
                try RoleDraft(name: name, rank: 30, permissions: PermissionSet([]))
            }
        }
    }

    @Test func `what knows nothing of one's own is not limited to it`() throws {
        var set = PermissionSet([])
        set[.memberInvite] = .own
        let error = #expect(throws: DomainError.self) {
            try RoleDraft(name: "Odd", rank: 30, permissions: set)
        }
        #expect(
            error?.message
                == "Invalid input: permissions must not limit member.invite to one's own."
        )
        set = PermissionSet([])
        set[.artifactUpdate] = .own
        _ = try RoleDraft(name: "Even", rank: 30, permissions: set)
    }

    @Test(arguments: ["", "king", "custom/", "custom/1/2/3/4/5", "super_admin"])
    func `anything else is no member's role`(text: String) {
        #expect(MemberRole(coded: text) == nil)
    }

    @Test(arguments: [
        ("", "name must have 1 to 50 characters; got 0"),
        (String(repeating: "x", count: 51), "name must have 1 to 50 characters; got 51"),
        ("Owner", "must not be the name of another kind of role"),
        ("EMPLOYEE", "must not be the name of another kind of role"),
        ("support", "must not be the name of another kind of role"),
        ("0199f1c0-0000-7000-8000-000000000001", "must not be the name of another kind of role"),
        ("a:own", "must not contain a colon or a slash"),
        ("a\nb", "must not contain control characters"),
        ("\u{200B}\u{200D}", "must contain something that can be seen"),
        ("ab\u{202E}c", "must not contain characters that turn the direction of text"),
    ])
    func `a role's name is refused with a sentence`(name: String, sentence: String) {
        let error = #expect(throws: DomainError.self) {
            try RoleDraft(name: name, rank: 30, permissions: PermissionSet())
        }
        #expect(error?.message.contains(sentence) == true, "\(String(describing: error))")
    }

    @Test(arguments: [0, 80, -1, 100, Int.max])
    func `a rank is 1 to 79`(rank: Int) {
        let error = #expect(throws: DomainError.self) {
            try RoleDraft(name: "x", rank: rank, permissions: PermissionSet())
        }
        #expect(error == .invalid("rank", "must be 1 to 79; got \(rank)"))
    }

    @Test func `no role of a tenant's making decides over the tenant or the platform`() {
        for permission in Permission.allCases {
            let draft = try? RoleDraft(
                name: "x",
                rank: 30,
                permissions: PermissionSet([permission])
            )
            let name = permission.description
            let isReserved =
                name.hasPrefix("platform.") || name == "owner.manage"
                || name == "workspace.delete"
            #expect((draft == nil) == isReserved, "\(name)")
            #expect(draft?.permissions[.workspaceRead] ?? .all == .all)
        }
    }

    @Test(arguments: [
        ([String](), [Permission.artifactRead]), (["artifact.read"], [.artifactRead]),
        (["artifact.update"], [.artifactRead, .artifactUpdate]),
    ])
    func `a grant always lets read`(names: [String], permissions: [Permission]) throws {
        #expect(try MemberGrant.permissions(names, of: .artifact) == permissions)
    }

    @Test(arguments: ["artifact.delete", "member.read", "", "x"])
    func `a grant holds nothing else`(name: String) {
        #expect(throws: DomainError.self) { try MemberGrant.permissions([name], of: .artifact) }
    }
}

@Suite struct DomainErrorTests {
    @Test func `codes are stable snake case`() {
        for code in DomainError.Code.allCases {
            #expect(code.rawValue.allSatisfy { $0.isLowercase || $0 == "_" })
        }
    }

    @Test func `a validation error names each field`() {
        let error = DomainError.invalid([FieldProblem("a", "must be x"), FieldProblem("b", "no")])
        #expect(error.message == "Invalid input: a must be x; b no.")
        #expect(error.code == .validationError)
    }

    @Test func `a hint follows the message`() {
        let error = DomainError(.conflict, .slugTaken, "Taken.", hint: "Choose another.")
        #expect(error.description == "Taken. Choose another.")
        #expect(DomainError.notFound("tenant", "x").description == "No tenant \"x\" exists.")
    }
}
