import Domain
import Fixtures
import Operations
import Postgres
import Testing

/// A token alone changes neither who gets in nor ends the account.
struct FreshProofTests {
    /// What takes a proof.
    enum Change: CaseIterable, Sendable {
        case enrol, unlink, erase

        func make(
            _ fixture: Fixture,
            _ proof: FreshProof,
            by caller: Caller,
            email: String = "second@acme.test"
        ) async throws {
            let environment = fixture.environment
            switch self {
            case .enrol: _ = try await EnrolSecondFactor(environment)(proof: proof, by: caller)
            case .unlink: try await UnlinkIdentity(environment)("test", proof: proof, by: caller)
            case .erase:
                try await ErasePerson(environment)(confirming: email, proof: proof, by: caller)
            }
        }
    }

    /// Somebody whom nothing keeps from being erased, with an identity elsewhere.
    private static func withMember(
        _ body: (Fixture, Caller) async throws -> Void
    ) async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
            let member = try await fixture.makeMember("second@acme.test", role: .viewer, in: acme)
                .caller
            try await link(member, fixture)
            try await body(fixture, member)
        }
    }

    private static func link(_ person: Caller, _ fixture: Fixture) async throws {
        _ = try await fixture.migrated.admin(
            """
            INSERT INTO identities (provider, subject, issuer, user_id, claims)
            VALUES ('test', \(person.user.description), 'https://issuer.test', \(person.user.uuid),
                '{}')
            """
        )
    }

    private func need(_ work: () async throws -> Void) async -> FreshProofRequired.Need? {
        await #expect(throws: FreshProofRequired.self) { try await work() }?.need
    }

    private func code(_ work: () async throws -> Void) async -> DomainError.Code? {
        await #expect(throws: DomainError.self) { try await work() }?.code
    }

    @Test(arguments: Change.allCases)
    func `who has a password shows it`(change: Change) async throws {
        try await Self.withMember { fixture, member in
            for proof in [FreshProof.none, FreshProof(code: "123456")] {
                #expect(
                    await need { try await change.make(fixture, proof, by: member) } == .password
                )
            }
            let wrong = FreshProof(password: Array("another".utf8))
            let error = await #expect(throws: DomainError.self) {
                try await change.make(fixture, wrong, by: member)
            }
            #expect(error?.message == "Invalid input: password is not your password.")
            try await change.make(fixture, Fixture.proof, by: member)
        }
    }

    @Test func `what is missing is said in a sentence that helps`() {
        let problems = FreshProofRequired.Need.allCases.map { need in
            FreshProofRequired(need: need).problem
        }
        #expect(problems.allSatisfy { $0.kind == .forbidden })
        #expect(problems.allSatisfy { $0.code == .reauthenticationRequired })
        #expect(
            problems.map(\.description) == [
                "This takes a fresh proof that it is you. Send your password along.",
                "This takes a fresh proof that it is you. Send a code of your second factor along.",
                "This takes a fresh proof that it is you. "
                    + "Sign in again, then do this within five minutes.",
            ]
        )
    }

    @Test func `a stolen session does not serve to guess the password`() async throws {
        try await Self.withMember { fixture, member in
            let wrong = FreshProof(password: Array("another".utf8))
            var codes: [DomainError.Code?] = []
            for _ in 0..<7 {
                codes.append(
                    await code { try await Change.enrol.make(fixture, wrong, by: member) }
                )
            }
            #expect(codes.contains(.rateLimited))
            // Nor does another change.
            #expect(
                await code { try await Change.erase.make(fixture, Fixture.proof, by: member) }
                    == .rateLimited
            )
        }
    }

    @Test(arguments: [Change.unlink, .erase])
    func `where a second factor is on, a code is shown`(change: Change) async throws {
        try await FactorSetup.with { setup in
            let fixture = setup.fixture
            let owner = setup.owner
            try await Self.link(owner, fixture)
            let root = try await fixture.signIn("root@ghostworks.test", kind: .shell)
            let tenant = try await ResolveTenant(fixture.environment)("acme", by: root)
            try await fixture.addMember(
                "other@acme.test",
                .owner,
                by: TenantCaller(caller: owner, tenant: tenant)
            )
            func make(_ proof: FreshProof) async throws {
                try await change.make(fixture, proof, by: owner, email: "owner@acme.test")
            }
            #expect(await need { try await make(Fixture.proof) } == .code)
            #expect(await code { try await make(FreshProof(code: setup.wrongCode)) } == .mfaInvalid)
            try await make(FreshProof(code: setup.recoveryCodes[0]))
        }
    }

    @Test func `who comes from an issuer has signed in within five minutes`() async throws {
        try await Self.withMember { fixture, _ in
            let signedIn = try await SignIn(fixture.environment)(
                email: "second@acme.test",
                password: Array(Fixture.password.utf8),
                kind: .api,
                workspace: nil,
                client: ClientInfo(userAgent: "tests", ip: "127.0.0.1"),
                requestID: "sign-in"
            )
            let session = Caller(
                user: signedIn.identity.user,
                session: signedIn.identity.session,
                requestID: "r"
            )
            _ = try await fixture.migrated.admin(
                "UPDATE users SET password_hash = NULL WHERE email = 'second@acme.test'"
            )
            try await Change.enrol.make(fixture, .none, by: session)
            _ = try await fixture.migrated.admin(
                "UPDATE sessions SET created_at = created_at - interval '301 seconds'"
            )
            #expect(
                await need { try await Change.enrol.make(fixture, .none, by: session) } == .signIn
            )
            // A refresh makes the sign-in no younger.
            let refresh = try #require(signedIn.refresh).text
            let again = try await RefreshSession(fixture.environment)(
                token: refresh,
                requestID: "r"
            )
            #expect(again.identity.session == session.session)
            #expect(
                await need { try await Change.erase.make(fixture, .none, by: session) } == .signIn
            )
        }
    }

    @Test func `an ended session proves nothing`() async throws {
        try await Self.withMember { fixture, member in
            try await SignOut(fixture.environment)(by: member)
            #expect(
                await code { try await Change.unlink.make(fixture, Fixture.proof, by: member) }
                    == .sessionRevoked
            )
        }
    }

    @Test func `a proof is in the platform's trail, and a refused one too`() async throws {
        try await FactorSetup.with { setup in
            try await Self.link(setup.owner, setup.fixture)
            let unlink = UnlinkIdentity(setup.fixture.environment)
            #expect(
                await code {
                    try await unlink(
                        "test",
                        proof: FreshProof(code: setup.wrongCode),
                        by: setup.owner
                    )
                } == .mfaInvalid
            )
            try await unlink(
                "test",
                proof: FreshProof(code: setup.freshCode()),
                by: setup.owner
            )
            let rows = try await setup.fixture.migrated.admin(
                """
                SELECT e.outcome FROM platform_audit_events AS e
                WHERE e.action = 'auth.proven' ORDER BY e.seq
                """
            )
            let outcomes = try rows.map { try $0.decode("outcome", as: String.self) }
            #expect(outcomes == ["failed", "success"])
        }
    }
}
