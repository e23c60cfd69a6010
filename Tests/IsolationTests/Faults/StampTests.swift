import Domain
import Fixtures
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
            #expect(try await fixture.code(owner, .memberInvite) == nil)
            // Whoever asks now fails.
            _ = try await fixture.migrated.admin(
                "ALTER FUNCTION app.guard(uuid, integer) RENAME TO hidden"
            )
            #expect(try await fixture.code(owner, .memberInvite) == nil)
            _ = try await fixture.migrated.admin(
                "UPDATE sessions SET access_stamp = gen_random_uuid()"
            )
            #expect(try await fixture.code(owner, .memberInvite) == .internalError)
        }
    }

    @Test(arguments: Lapse.all)
    func `a right that was known and is taken is gone with the next read`(
        lapse: Lapse
    )
        async throws
    {
        try await Fixture.with { fixture in
            let owner = try await fixture.makeTenant(by: fixture.makeOperator()).owner
            #expect(try await fixture.code(owner, .memberInvite) == nil)
            #expect(try await fixture.code(owner, .memberInvite) == nil)
            _ = try await fixture.migrated.admin("\(unsafe: lapse.statement)")
            #expect(try await fixture.code(owner, .memberInvite) == lapse.code)
            #expect(try await fixture.code(owner, .memberInvite) == lapse.code)
        }
    }

    @Test func `what is given back is there at once`() async throws {
        try await Fixture.with { fixture in
            let owner = try await fixture.makeTenant(by: fixture.makeOperator()).owner
            for _ in 1...2 {
                #expect(try await fixture.code(owner, .memberInvite) == nil)
                _ = try await fixture.migrated.admin("UPDATE memberships SET status = 'suspended'")
                #expect(try await fixture.code(owner, .memberInvite) == .tenantAccessDenied)
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
            let (_, visitor) = try await fixture.visit(role: .support)
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
    fileprivate func stamps() async throws -> [SessionID: String] {
        let rows = try await migrated.admin("SELECT id, access_stamp::text AS stamp FROM sessions")
        return try Dictionary(
            uniqueKeysWithValues: rows.map { row in
                (try row.decode("id", as: SessionID.self), try row.decode("stamp"))
            }
        )
    }
}
