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
            actorRank: actor.rank,
            isOwner: actor == .owner,
            target: target,
            newRole: new
        )
    }

    @Test(arguments: [
        (Role.admin, Role.admin, Role.member), (.admin, .owner, .member),
        (.brandCreator, .admin, .guest),
    ])
    func `nobody touches those as high as themselves`(actor: Role, target: Role, new: Role) {
        let error = #expect(throws: DomainError.self) {
            try MemberRules.check(
                actorRank: actor.rank,
                isOwner: false,
                target: target,
                newRole: new
            )
        }
        #expect(error?.code == .rankViolation)
    }

    @Test(arguments: [(Role.admin, Role.admin), (.admin, .owner), (.member, .brandCreator)])
    func `nobody grants a role as high as their own`(actor: Role, new: Role) {
        let error = #expect(throws: DomainError.self) {
            try MemberRules.check(
                actorRank: actor.rank,
                isOwner: false,
                target: nil,
                newRole: new
            )
        }
        #expect(error?.code == .grantExceedsOwn)
    }

    @Test func `an operator in a writing session stands as an admin`() {
        #expect(throws: DomainError.self) {
            try MemberRules.check(actorRank: 80, isOwner: false, target: .owner, newRole: nil)
        }
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
