import Domain
import Fixtures
import Operations
import Postgres
import Testing

/// One's sessions: how long they live, the list, and their end.
@Suite struct SessionTests {
    @Test func `sessions are listed page by page, the latest first, and only one's own`()
        async throws
    {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let caller = try await fixture.makeTenant(by: root).owner.caller
            for _ in 0..<4 { _ = try await fixture.signIn("owner@acme.test", kind: .shell) }
            let list = ListSessions(fixture.environment)
            var request = try PageRequest(limit: 2)
            var seen: [LiveSession] = []
            while true {
                let page = try await list(page: request, by: caller)
                seen += page.items
                guard let next = page.next else { break }
                request = try PageRequest(limit: 2, after: next)
            }
            #expect(seen.count == 5)
            #expect(Set(seen.map(\.id)).count == 5)
            #expect(seen.map(\.createdAt) == seen.map(\.createdAt).sorted(by: >))
            #expect(seen.allSatisfy { $0.session.user == caller.user })
            #expect(seen.last?.ip == "127.0.0.1" && seen.last?.userAgent == "tests")
        }
    }

    @Test func `one session is ended, and only one's own`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let caller = try await fixture.makeTenant(by: root).owner.caller
            let other = try await fixture.signIn("owner@acme.test", kind: .shell)
            let revoke = RevokeSessions(fixture.environment)
            try await revoke.one(other.session, by: caller)
            await expect(.sessionRevoked, fixture, other)
            for session in [other.session, root.session, SessionID(caller.user.uuid)] {
                let error = await #expect(throws: DomainError.self) {
                    try await revoke.one(session, by: caller)
                }
                #expect(error?.message == "No session \"\(session)\" exists.")
            }
            _ = try await ShowMe(fixture.environment)(by: caller)
            _ = try await ShowMe(fixture.environment)(by: root)
            #expect(try await actions(fixture) == ["auth.session_revoked"])
        }
    }

    @Test func `all sessions are ended, or all others`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let caller = try await fixture.makeTenant(by: root).owner.caller
            let others = [
                try await fixture.signIn("owner@acme.test", kind: .api),
                try await fixture.signIn("owner@acme.test", kind: .console),
            ]
            let revoke = RevokeSessions(fixture.environment)
            #expect(try await revoke.all(keepingThis: true, by: caller) == 2)
            for other in others { await expect(.sessionRevoked, fixture, other) }
            _ = try await ShowMe(fixture.environment)(by: caller)
            #expect(try await revoke.all(keepingThis: false, by: caller) == 1)
            await expect(.sessionRevoked, fixture, caller)
            let error = await #expect(throws: DomainError.self) {
                try await revoke.all(keepingThis: false, by: caller)
            }
            #expect(error?.code == .sessionRevoked)
        }
    }

    @Test func `operators end a person's sessions and everybody's, with a reason`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let caller = try await fixture.makeTenant(by: root).owner.caller
            let support = try await fixture.makeOperator("help@x.test", role: .support)
            let revoke = RevokeSessions(fixture.environment)
            for staff in [caller, support] {
                let error = await #expect(throws: DomainError.self) {
                    try await revoke.all(of: root.user, reason: "because I can", by: staff)
                }
                #expect(error?.code == .permissionDenied)
                let everybody = await #expect(throws: DomainError.self) {
                    try await revoke.everybody(reason: "because I can", by: staff)
                }
                #expect(everybody?.code == .permissionDenied)
            }
            let blank = await #expect(throws: DomainError.self) {
                try await revoke.everybody(reason: " ", by: root)
            }
            #expect(blank?.code == .validationError)
            let ended = try await revoke.all(of: caller.user, reason: "left", by: root)
            #expect(ended == 1)
            await expect(.sessionRevoked, fixture, caller)
            #expect(try await revoke.everybody(reason: "after a restore", by: root) == 1)
            await expect(.sessionRevoked, fixture, support)
            _ = try await ShowMe(fixture.environment)(by: root)
        }
    }

    @Test func `use prolongs a session, never beyond its last day`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            try await age(fixture, "ends_at = now() + interval '6 hours'")
            let access = try await SignInAgain(fixture).token()
            _ = try await ReadAccessToken(fixture.environment)(access)
            _ = try await ShowMe(fixture.environment)(by: root)
            try await age(
                fixture,
                "expires_at = now() + interval '1 minute', last_seen_at = now() - interval '1 hour'"
            )
            try await TouchSessions(fixture.environment)()
            let rows = try await fixture.migrated.admin(
                """
                SELECT kind, last_seen_at > now() - interval '1 minute' AS seen,
                    expires_at > now() + interval '1 hour' AS prolonged,
                    expires_at <= ends_at AS bounded
                FROM sessions ORDER BY kind
                """
            )
            #expect(rows.count == 2)
            for row in rows {
                let isUsed = try row.decode("kind", as: String.self) == "api"
                #expect(try row.decode("seen", as: Bool.self) == isUsed)
                #expect(try row.decode("prolonged", as: Bool.self) == isUsed)
                #expect(try row.decode("bounded", as: Bool.self))
            }
        }
    }

    @Test func `another workspace is entered by its members only`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant("acme", by: root)
            let other = try await fixture.makeTenant("other", by: root)
            let closed = try await fixture.makeTenant("closed", by: root)
            for tenant in [other, closed] {
                try await fixture.addMember("owner@acme.test", .viewer, by: tenant.owner)
            }
            _ = try await SuspendTenant(fixture.environment)(closed.id, reason: "unpaid", by: root)
            let switching = SwitchWorkspace(fixture.environment)
            let entered = try await switching("other", by: acme.owner.caller)
            #expect(entered.identity.tenant == other.id)
            let token = try #require(entered.accessToken)
            #expect(try await ReadAccessToken(fixture.environment)(token).tenant == other.id)
            let refusals: [(String, Caller, DomainError.Code)] = [
                ("closed", acme.owner.caller, .tenantSuspended),
                ("acme", other.owner.caller, .tenantAccessDenied),
                ("missing", acme.owner.caller, .tenantAccessDenied),
                ("", acme.owner.caller, .tenantAccessDenied),
                (acme.id.description, root, .tenantAccessDenied),
            ]
            for (name, caller, code) in refusals {
                let error = await #expect(throws: DomainError.self) {
                    try await switching(name, by: caller)
                }
                #expect(error?.code == code, "\(name)")
            }
        }
    }

    private func expect(
        _ code: DomainError.Code,
        _ fixture: Fixture,
        _ caller: Caller
    ) async {
        let error = await #expect(throws: DomainError.self) {
            try await ShowMe(fixture.environment)(by: caller)
        }
        #expect(error?.code == code)
    }

    private func age(_ fixture: Fixture, _ change: String) async throws {
        _ = try await fixture.migrated.admin("UPDATE sessions SET \(unsafe: change)")
    }

    private func actions(_ fixture: Fixture) async throws -> [String] {
        try await fixture.migrated.admin(
            """
            SELECT action FROM platform_audit_events WHERE action LIKE 'auth.%revoked'
            ORDER BY seq
            """
        ).map { try $0.decode("action", as: String.self) }
    }
}

/// The operator's second session, over the API.
private struct SignInAgain {
    let fixture: Fixture

    init(_ fixture: Fixture) {
        self.fixture = fixture
    }

    func token() async throws -> String {
        let signedIn = try await SignIn(fixture.environment)(
            email: "root@ghostworks.test",
            password: Array(Fixture.password.utf8),
            kind: .api,
            workspace: nil,
            client: ClientInfo(userAgent: nil, ip: nil),
            requestID: "r"
        )
        return try #require(signedIn.accessToken)
    }
}
