import Domain
import Fixtures
import Operations
import Postgres
import Storage
import Testing

/// Who is let in, and with which code everybody else is not.
@Suite struct GuardTests {
    @Test func `a live session of a member passes`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: fixture.makeOperator())
            #expect(try await fixture.code(acme.owner, .artifactRead) == nil)
        }
    }

    @Test(arguments: Lapse.all)
    func `a member whose standing has lapsed is refused`(lapse: Lapse) async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: fixture.makeOperator())
            _ = try await fixture.migrated.admin("\(unsafe: lapse.statement)")
            #expect(try await fixture.code(acme.owner, .memberInvite) == lapse.code)
            #expect(
                try await fixture.state(acme.owner.context, acme.owner.caller, .memberInvite)
                    == lapse.state
            )
        }
    }

    @Test func `somebody else's session is not one's own`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant("acme", by: root)
            let bold = try await fixture.makeTenant("bold", by: root)
            var caller = acme.owner
            caller.caller.session = bold.owner.caller.session
            #expect(try await fixture.code(caller, .artifactRead) == .sessionRevoked)
            caller = acme.owner
            caller.tenant = bold.id
            #expect(try await fixture.code(caller, .artifactRead) == .tenantAccessDenied)
        }
    }

    @Test func `a support session reads, and writes nothing`() async throws {
        try await Fixture.with { fixture in
            let (_, visitor) = try await fixture.visit(role: .superAdmin)
            #expect(try await fixture.code(visitor, .artifactRead) == nil)
            #expect(try await fixture.code(visitor, .artifactUpdate) == .permissionDenied)
        }
    }

    /// The session's mode rules, not what the caller says of it.
    @Test func `a reading session that claims to write does not write`() async throws {
        try await Fixture.with { fixture in
            var (_, visitor) = try await fixture.visit(role: .superAdmin)
            visitor.mode = .readWrite
            #expect(try await fixture.code(visitor, .artifactUpdate) == .permissionDenied)
        }
    }

    @Test func `support staff do not write in a session that writes`() async throws {
        try await Fixture.with { fixture in
            var (_, visitor) = try await fixture.visit(role: .support)
            _ = try await fixture.migrated.admin("UPDATE support_sessions SET mode = 'rw'")
            visitor.mode = .readWrite
            #expect(try await fixture.code(visitor, .artifactRead) == nil)
            #expect(try await fixture.code(visitor, .artifactUpdate) == .permissionDenied)
        }
    }

    @Test func `a super admin writes only with a context that says so`() async throws {
        try await Fixture.with { fixture in
            var (_, visitor) = try await fixture.visit(role: .superAdmin)
            _ = try await fixture.migrated.admin("UPDATE support_sessions SET mode = 'rw'")
            visitor.mode = .readOnly
            #expect(try await fixture.code(visitor, .artifactUpdate) == .permissionDenied)
            visitor.mode = .readWrite
            #expect(try await fixture.code(visitor, .artifactUpdate) == nil)
            #expect(try await fixture.code(visitor, .settingsManage) == .permissionDenied)
        }
    }

    @Test(
        arguments: [
            "UPDATE support_sessions SET ended_at = now()",
            """
            UPDATE support_sessions SET started_at = now() - interval '2 minutes',
                expires_at = now() - interval '1 minute'
            """,
            "DELETE FROM platform_roles",
            "UPDATE platform_roles SET expires_at = now()",
        ]
    )
    func `a support session that is over lets nobody in`(statement: String) async throws {
        try await Fixture.with { fixture in
            let (_, visitor) = try await fixture.visit(role: .superAdmin)
            _ = try await fixture.migrated.admin("\(unsafe: statement)")
            #expect(try await fixture.code(visitor, .artifactRead) == .supportSessionEnded)
        }
    }

    @Test(arguments: [PlatformRole.superAdmin, .support])
    func `of a closed tenant a support session opens the trail, and nothing else`(
        role: PlatformRole
    ) async throws {
        try await Fixture.with { fixture in
            var (_, visitor) = try await fixture.visit(role: role)
            _ = try await fixture.migrated.admin("UPDATE tenants SET status = 'deleted'")
            _ = try await fixture.migrated.admin("UPDATE support_sessions SET mode = 'rw'")
            visitor.mode = .readWrite
            for permission in Permission.allCases {
                let isOpen = [.workspaceRead, .auditRead, .auditVerify].contains(permission)
                #expect(
                    try await fixture.code(visitor, permission)
                        == (isOpen ? nil : .permissionDenied),
                    "\(permission)"
                )
            }
        }
    }

    @Test func `a support session opens one tenant, to one operator`() async throws {
        try await Fixture.with { fixture in
            let (root, visitor) = try await fixture.visit(role: .superAdmin)
            let bold = try await fixture.makeTenant("bold", by: root)
            var elsewhere = visitor
            elsewhere.tenant = bold.id
            #expect(try await fixture.code(elsewhere, .artifactRead) == .supportSessionEnded)
            var thief = visitor
            thief.caller = bold.owner.caller
            #expect(try await fixture.code(thief, .artifactRead) == .supportSessionEnded)
        }
    }

    @Test func `a member is no operator, and a platform context needs a platform role`()
        async throws
    {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: fixture.makeOperator())
            let caller = acme.owner.caller
            let error = await #expect(throws: DomainError.self) {
                _ = try await fixture.environment.database.fetch(
                    .platform(caller, .platformTenantsRead),
                    "SELECT 1"
                )
            }
            #expect(error?.code == .permissionDenied)
            #expect(
                try await fixture.state(caller.platform(tenant: acme.id), caller, .artifactRead)
                    == "GW401"
            )
        }
    }

    @Test func `an operator has no place in a tenant without a support session`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(by: root)
            let caller = TenantCaller(caller: root, tenant: acme.id)
            #expect(try await fixture.code(caller, .artifactRead) == .tenantAccessDenied)
        }
    }

    /// The statement behind a refusal has no effect.
    @Test func `what was sent behind a refused guard does not happen`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: fixture.makeOperator())
            let viewer = try await fixture.makeMember("v@x.test", role: .viewer, in: acme)
            await #expect(throws: DomainError.self) {
                try await fixture.environment.database.write(
                    .tenant(viewer, .workspaceUpdate)
                ) { scope in
                    _ = try scope.last(["UPDATE tenants SET name = 'taken'"])
                }
            }
            let names = try await fixture.migrated.admin("SELECT FROM tenants WHERE name = 'taken'")
            #expect(names.isEmpty)
        }
    }
}

extension Fixture {
    /// The SQLSTATE with which the guard itself refuses.
    fileprivate func state(
        _ context: AccessContext,
        _ caller: Caller,
        _ permission: Permission
    ) async throws -> String? {
        do {
            _ = try await migrated.admin([
                environment.database.statement(setting: context),
                "SELECT app.guard(\(caller.session), \(Int32(permission.rawValue)))",
            ])
            return nil
        } catch let error as PostgresError {
            return error.sqlState?.rawValue
        }
    }
}
