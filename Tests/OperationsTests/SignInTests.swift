import Domain
import Fixtures
import Operations
import Postgres
import Sealing
import Testing

@Suite struct SignInTests {
    @Test(arguments: [
        ("nobody@x.test", Fixture.password), ("not an address", Fixture.password), ("", ""),
        ("owner@acme.test", "wrong password"), ("owner@acme.test", ""),
        ("disabled@x.test", Fixture.password), ("passwordless@x.test", ""),
        ("owner@acme.test'; --", Fixture.password),
    ])
    func `every failure is one answer`(email: String, password: String) async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(by: root)
            _ = try await fixture.makeMember("disabled@x.test", role: .member, in: acme)
            try await fixture.addMember("passwordless@x.test", .member, by: acme.owner)
            _ = try await fixture.migrated.admin(
                "UPDATE users SET status = 'disabled' WHERE email = 'disabled@x.test'"
            )
            let error = await #expect(throws: DomainError.self) {
                try await signIn(fixture, email, password: password)
            }
            #expect(
                error
                    == DomainError(
                        .unauthenticated,
                        .invalidCredentials,
                        "The mail address or the password is wrong."
                    )
            )
            let rows = try await fixture.migrated.admin(
                """
                SELECT e.changes, e.request_id FROM platform_audit_events AS e
                WHERE e.action = 'auth.login' AND e.outcome = 'failed'
                """
            )
            #expect(rows.count == 1)
            let row = try #require(rows.first)
            #expect(try row.decode("changes", as: String.self) == #"{"kind":[null,"api"]}"#)
            #expect(try row.decode("request_id", as: String.self) == "req-1")
        }
    }

    @Test func `an owner signs in to the tenant by default, in any spelling`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(by: root)
            let signedIn = try await signIn(fixture, "OWNER@ACME.test")
            #expect(signedIn.identity.tenant == acme.id)
            #expect(signedIn.identity.email == "owner@acme.test")
            #expect(signedIn.identity.platformRole == nil)
            #expect(signedIn.sessionToken == nil)
            let token = try #require(signedIn.accessToken)
            let claims = try await ReadAccessToken(fixture.environment)(token)
            #expect(claims.user == acme.owner.caller.user)
            #expect(claims.session == signedIn.identity.session)
            #expect(claims.tenant == acme.id)
            #expect(claims.expiresAt == signedIn.accessTokenExpiresAt)
        }
    }

    @Test func `a sign-in is in both trails`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            _ = try await fixture.makeTenant(by: root)
            let signedIn = try await signIn(fixture, "owner@acme.test")
            let session = signedIn.identity.session.description
            let rows = try await fixture.migrated.admin(
                """
                SELECT e.actor_id FROM audit_events AS e
                WHERE e.action = 'auth.login' AND e.resource_id = \(session)
                UNION ALL
                SELECT e.actor_id FROM platform_audit_events AS e
                WHERE e.action = 'auth.login' AND e.resource_id = \(session)
                """
            )
            let actors = try rows.map { try $0.decode("actor_id", as: UserID.self) }
            #expect(actors == [signedIn.identity.user, signedIn.identity.user])
        }
    }

    @Test func `a workspace is entered by slug or id, and only one's own`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant("acme", by: root)
            let other = try await fixture.makeTenant("other", by: root)
            try await fixture.addMember("owner@acme.test", .viewer, by: other.owner)
            let bySlug = try await signIn(fixture, "owner@acme.test", workspace: "other")
            #expect(bySlug.identity.tenant == other.id)
            let byID = try await signIn(
                fixture,
                "owner@acme.test",
                workspace: acme.id.description
            )
            #expect(byID.identity.tenant == acme.id)
            for name in ["acme", "missing", acme.id.description] {
                let error = await #expect(throws: DomainError.self) {
                    try await signIn(fixture, "owner@other.test", workspace: name)
                }
                #expect(error?.message == "You do not have access to this workspace.")
            }
        }
    }

    @Test func `a shell's token resumes its session until it is signed out`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let signedIn = try await signIn(fixture, "root@ghostworks.test", kind: .shell)
            let token = try #require(signedIn.sessionToken)
            #expect(signedIn.accessToken == nil)
            let resume = ResumeSession(fixture.environment)
            let resumed = try await resume(token: token, requestID: "r")
            #expect(resumed.user == root.user)
            #expect(resumed.platformRole == .superAdmin)
            #expect(resumed.session == signedIn.identity.session)
            let caller = Caller(user: resumed.user, session: resumed.session, requestID: "r")
            try await SignOut(fixture.environment)(by: caller)
            let error = await #expect(throws: DomainError.self) {
                try await resume(token: token, requestID: "r")
            }
            #expect(error?.code == .sessionRevoked)
            #expect(error?.description == "The session has ended. Sign in again.")
            let request = await #expect(throws: DomainError.self) {
                try await ShowMe(fixture.environment)(by: caller)
            }
            #expect(request?.code == .sessionRevoked)
            let again = await #expect(throws: DomainError.self) {
                try await SignOut(fixture.environment)(by: caller)
            }
            #expect(again?.code == .sessionRevoked)
        }
    }

    @Test func `a token of another form or secret resumes nothing`() async throws {
        try await Fixture.with { fixture in
            _ = try await fixture.makeOperator()
            let signedIn = try await signIn(fixture, "root@ghostworks.test", kind: .console)
            let session = signedIn.identity.session
            let token = try #require(signedIn.sessionToken)
            #expect(token.hasPrefix("gws_\(session)_"))
            let zeros = String(repeating: "0", count: 64)
            let forged = [
                "", "gws", "gws__", "gws_\(session)", "gws_\(session)_", "gws_\(session)_\(zeros)",
                token.uppercased(), token + "0", String(token.dropLast()), "x" + token,
            ]
            for text in forged {
                let error = await #expect(throws: DomainError.self) {
                    try await ResumeSession(fixture.environment)(token: text, requestID: "r")
                }
                #expect(error?.code == .sessionRevoked)
            }
        }
    }

    @Test func `an expired session and one of a disabled person resume nothing`() async throws {
        try await Fixture.with { fixture in
            _ = try await fixture.makeOperator()
            let resume = ResumeSession(fixture.environment)
            let first = try await signIn(fixture, "root@ghostworks.test", kind: .shell)
            let token = try #require(first.sessionToken)
            _ = try await fixture.migrated.admin("UPDATE sessions SET expires_at = now()")
            await #expect(throws: DomainError.self) {
                try await resume(token: token, requestID: "r")
            }
            _ = try await fixture.migrated.admin(
                "UPDATE sessions SET expires_at = now() + interval '1 hour'"
            )
            _ = try await resume(token: token, requestID: "r")
            _ = try await fixture.migrated.admin("UPDATE users SET status = 'disabled'")
            await #expect(throws: DomainError.self) {
                try await resume(token: token, requestID: "r")
            }
        }
    }

    @Test func `an older hash is replaced at sign-in, and the password still works`()
        async throws
    {
        try await Fixture.with { fixture in
            _ = try await fixture.makeOperator()
            let dearer = try await fixture.hash(Fixture.password, cost: 5)
            _ = try await fixture.migrated.admin("UPDATE users SET password_hash = \(dearer)")
            _ = try await signIn(fixture, "root@ghostworks.test", kind: .shell)
            let rows = try await fixture.migrated.admin("SELECT password_hash FROM users")
            let replaced: String = try #require(rows.first).decode("password_hash")
            #expect(replaced.hasPrefix("p1:$2b$04$"))
            _ = try await signIn(fixture, "root@ghostworks.test", kind: .shell)
        }
    }

    @Test func `a hash of an older pepper is replaced at sign-in`() async throws {
        let old = try Pepper(id: "p1", secret: .random(count: 32))
        let new = try Pepper(id: "p2", secret: .random(count: 32))
        let both = try PasswordHasher(pepper: new, previous: [old], cost: 4)
        try await Fixture.with(passwords: both) { fixture in
            _ = try await fixture.makeOperator()
            let older = try await PasswordHasher(pepper: old, cost: 4)
                .hash(Array(Fixture.password.utf8))
            _ = try await fixture.migrated.admin("UPDATE users SET password_hash = \(older)")
            _ = try await signIn(fixture, "root@ghostworks.test", kind: .shell)
            let rows = try await fixture.migrated.admin("SELECT password_hash FROM users")
            let replaced: String = try #require(rows.first).decode("password_hash")
            #expect(older.hasPrefix("p1:") && replaced.hasPrefix("p2:"))
            _ = try await signIn(fixture, "root@ghostworks.test", kind: .shell)
        }
    }

    @Test func `a hash whose pepper is gone is a wrong password, and nothing else`() async throws {
        try await Fixture.with { fixture in
            _ = try await fixture.makeOperator()
            let lost = try await PasswordHasher(
                pepper: Pepper(id: "p7", secret: .random(count: 32)),
                cost: 4
            ).hash(Array(Fixture.password.utf8))
            _ = try await fixture.migrated.admin("UPDATE users SET password_hash = \(lost)")
            let error = await #expect(throws: DomainError.self) {
                try await signIn(fixture, "root@ghostworks.test", kind: .shell)
            }
            #expect(error?.code == .invalidCredentials)
        }
    }

    @Test func `me is the person with platform role and workspaces`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(by: root)
            let mine = try await ShowMe(fixture.environment)(by: acme.owner.caller)
            #expect(mine.user.email == "owner@acme.test")
            #expect(mine.platformRole == nil)
            #expect(mine.workspaces.map(\.slug) == ["acme"])
            let operators = try await ShowMe(fixture.environment)(by: root)
            #expect(operators.platformRole == .superAdmin)
            #expect(operators.workspaces.isEmpty)
        }
    }

    @Test func `a workspace's slug is resolved once and an unknown one is a closed door`()
        async throws
    {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(by: root)
            let resolve = ResolveWorkspace(fixture.environment)
            let caller = acme.owner.caller
            #expect(try await resolve("acme", by: caller) == acme.id)
            #expect(try await resolve("acme", by: caller) == acme.id)
            #expect(try await resolve(acme.id.description, by: caller) == acme.id)
            #expect(try await ResolveTenant(fixture.environment)("acme", by: root) == acme.id)
            for name in ["missing", "", "a\0b", String(repeating: "a", count: 64), "' OR true"] {
                let error = await #expect(throws: DomainError.self) {
                    try await resolve(name, by: caller)
                }
                #expect(error?.code == .tenantAccessDenied)
                #expect(error?.message == "You do not have access to this workspace.")
            }
        }
    }

    @Test func `a password must not be too short, and a person must be known`() async throws {
        try await Fixture.with { fixture in
            let short = await #expect(throws: DomainError.self) {
                try await CreateOperator(fixture.environment)(
                    email: "a@x.test",
                    name: "A",
                    password: Array("1234567".utf8),
                    role: .support
                )
            }
            #expect(short?.code == .passwordPolicy)
            #expect(
                short?.message == "The password must have at least 12 characters; got 7."
            )
            let unknown = await #expect(throws: DomainError.self) {
                try await SetPassword(fixture.environment)(
                    email: "a@x.test",
                    password: Array(Fixture.password.utf8)
                )
            }
            #expect(unknown?.message == "No person \"a@x.test\" exists.")
        }
    }

    @discardableResult
    private func signIn(
        _ fixture: Fixture,
        _ email: String,
        password: String = Fixture.password,
        kind: Session.Kind = .api,
        workspace: String? = nil
    ) async throws -> SignedIn {
        try await SignIn(fixture.environment)(
            email: email,
            password: Array(password.utf8),
            kind: kind,
            workspace: workspace,
            client: ClientInfo(userAgent: "tests", ip: "2001:db8::1"),
            requestID: "req-1"
        )
    }
}
