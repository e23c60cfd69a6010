import Domain
import Fixtures
import Operations
import Postgres
import Storage
import Testing

/// What the process remembers of the guard's answers never outlives the right itself.
@Suite struct StampTests {
    @Test func `an answer that is known is not asked for again until the stamp changes`()
        async throws
    {
        try await Fixture.with { fixture in
            let owner = try await fixture.makeTenant(by: fixture.makeOperator()).owner
            #expect(try await fixture.code(owner) == nil)
            // Whoever asks now fails.
            _ = try await fixture.migrated.admin(
                "ALTER FUNCTION app.guard_stamped(uuid, integer) RENAME TO hidden"
            )
            #expect(try await fixture.code(owner) == nil)
            _ = try await fixture.migrated.admin(
                "UPDATE sessions SET access_stamp = gen_random_uuid()"
            )
            #expect(try await fixture.code(owner) == .internalError)
        }
    }

    @Test(
        arguments: [
            Lapse("UPDATE sessions SET revoked_at = now()", "GW401", .sessionRevoked),
            Lapse("UPDATE sessions SET expires_at = now()", "GW401", .sessionRevoked),
            Lapse("UPDATE users SET status = 'disabled'", "GW401", .sessionRevoked),
            Lapse("UPDATE memberships SET status = 'suspended'", "GW403", .tenantAccessDenied),
            Lapse("DELETE FROM memberships", "GW403", .tenantAccessDenied),
            Lapse("UPDATE memberships SET role_key = 'guest'", "GW403", .permissionDenied),
            Lapse("UPDATE tenants SET status = 'suspended'", "GW403", .tenantSuspended),
            Lapse("UPDATE tenants SET status = 'deleted'", "GW403", .tenantAccessDenied),
            Lapse(
                "DELETE FROM role_permissions",
                "GW403",
                .permissionDenied
            ),
        ]
    )
    func `a right that was known and is taken is gone with the next read`(
        lapse: Lapse
    )
        async throws
    {
        try await Fixture.with { fixture in
            let owner = try await fixture.makeTenant(by: fixture.makeOperator()).owner
            #expect(try await fixture.code(owner) == nil)
            #expect(try await fixture.code(owner) == nil)
            _ = try await fixture.migrated.admin("\(unsafe: lapse.statement)")
            #expect(try await fixture.code(owner) == lapse.code)
            #expect(try await fixture.code(owner) == lapse.code)
        }
    }

    @Test func `what is given back is there at once`() async throws {
        try await Fixture.with { fixture in
            let owner = try await fixture.makeTenant(by: fixture.makeOperator()).owner
            for _ in 1...2 {
                #expect(try await fixture.code(owner) == nil)
                _ = try await fixture.migrated.admin("UPDATE memberships SET status = 'suspended'")
                #expect(try await fixture.code(owner) == .tenantAccessDenied)
                _ = try await fixture.migrated.admin("UPDATE memberships SET status = 'active'")
            }
        }
    }

    @Test func `a change restamps the sessions of whom it concerns, and no others`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant("acme", by: root)
            let bold = try await fixture.makeTenant("bold", by: root)
            let before = try await fixture.stamps()
            #expect(Set(before.values).count == before.count)
            let changes: [SQL] = [
                "UPDATE tenants SET status = 'suspended' WHERE id = \(acme.id)",
                "UPDATE users SET status = 'disabled' WHERE id = \(acme.owner.user)",
                "UPDATE memberships SET status = 'removed' WHERE tenant_id = \(acme.id)",
            ]
            var last = before
            for change in changes {
                _ = try await fixture.migrated.admin(change)
                let now = try await fixture.stamps()
                #expect(now[acme.owner.session] != last[acme.owner.session])
                #expect(now[bold.owner.session] == before[bold.owner.session])
                #expect(now[root.session] == before[root.session])
                last = now
            }
            // What takes no right leaves them alone.
            _ = try await fixture.migrated.admin("UPDATE memberships SET version = version + 1")
            _ = try await fixture.migrated.admin("UPDATE sessions SET last_seen_at = now()")
            #expect(try await fixture.stamps() == last)
        }
    }

    @Test func `an ended support session lets nobody in on what was known`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: fixture.makeOperator())
            let staff = try await fixture.makeOperator("staff@ghostworks.test", role: .support)
            let session = try await OpenSupportSession(fixture.environment)(
                tenant: acme.id,
                reason: "because",
                ticket: nil,
                mode: .readOnly,
                minutes: 30,
                by: staff
            )
            let visitor = session.caller(staff)
            #expect(try await fixture.code(visitor, .artifactRead) == nil)
            _ = try await fixture.migrated.admin("UPDATE support_sessions SET ended_at = now()")
            #expect(try await fixture.code(visitor, .artifactRead) == .supportSessionEnded)
        }
    }
}

extension TenantCaller {
    fileprivate var user: UserID { caller.user }
    fileprivate var session: SessionID { caller.session }
}

extension Fixture {
    /// The code with which a read under a permission is refused; nil when the caller is let in.
    fileprivate func code(
        _ caller: TenantCaller,
        _ permission: Permission = .memberInvite
    ) async throws -> DomainError.Code? {
        do {
            let access = Access.tenant(caller, permission)
            let fetched = try await environment.database.fetch(
                access,
                "SELECT app.tenant_id() AS tenant"
            )
            #expect(try fetched.rows.first?.decode("tenant", as: TenantID.self) == caller.tenant)
            return nil
        } catch let error as DomainError {
            return error.code
        }
    }

    fileprivate func stamps() async throws -> [SessionID: String] {
        let rows = try await migrated.admin("SELECT id, access_stamp::text AS stamp FROM sessions")
        return try Dictionary(
            uniqueKeysWithValues: rows.map { row in
                (try row.decode("id", as: SessionID.self), try row.decode("stamp"))
            }
        )
    }
}
