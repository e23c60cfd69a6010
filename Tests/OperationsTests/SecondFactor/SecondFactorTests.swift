import Domain
import Fixtures
import Operations
import Postgres
import Testing

struct SecondFactorTests {
    private func code<Value>(
        of work: () async throws -> Value,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async -> DomainError.Code? {
        await #expect(throws: DomainError.self, sourceLocation: sourceLocation) {
            _ = try await work()
        }?.code
    }

    @Test func `a password is not enough, and a code opens what was asked for`() async throws {
        try await FactorSetup.with { setup in
            let required = try await setup.fixture.required(kind: .shell)
            #expect(!required.needsEnrolment)
            #expect(required.problem.code == .mfaRequired)
            let signedIn = try await setup.verify(required.token, setup.freshCode())
            #expect(signedIn.identity.email == "owner@acme.test")
            #expect(signedIn.sessionToken != nil)
            #expect(signedIn.accessToken == nil)
            let rows = try await setup.fixture.migrated.admin(
                """
                SELECT count(*) AS n FROM platform_audit_events AS e
                WHERE e.action = 'auth.login' AND e.resource_id = \(signedIn.identity.session.description)
                """
            )
            #expect(try rows.first?.decode("n", as: Int64.self) == 1)
        }
    }

    @Test func `a secret that was moved to another person's row opens nothing`() async throws {
        try await FactorSetup.with { setup in
            _ = try await setup.fixture.migrated.admin(
                """
                INSERT INTO second_factors (user_id, secret, confirmed_at)
                SELECT u.id, f.secret, f.confirmed_at
                FROM second_factors AS f, users AS u
                WHERE u.email_norm = 'root@ghostworks.test'
                """
            )
            let token = try await setup.fixture.required("root@ghostworks.test").token
            await #expect(throws: (any Error).self) {
                try await setup.verify(token, setup.freshCode())
            }
            // Where it was sealed for, it still opens.
            let own = try await setup.fixture.required().token
            _ = try await setup.verify(own, setup.freshCode())
        }
    }

    @Test func `a code is good once, also when ten show it at the same time`() async throws {
        try await FactorSetup.with { setup in
            let token = try await setup.fixture.required().token
            let code = setup.freshCode()
            let sessions = await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<10 {
                    group.addTask { (try? await setup.verify(token, code)) != nil }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(sessions == 1)
            // Those of the nine others that were wrong codes may have locked it for a minute.
            setup.clock.pass(70)
            _ = try await setup.verify(try await setup.fixture.required().token, setup.code)
        }
    }

    @Test func `a sign-in's token opens one session, whatever codes come with it`() async throws {
        try await FactorSetup.with { setup in
            let token = try await setup.fixture.required().token
            _ = try await setup.verify(token, setup.freshCode())
            #expect(await code { try await setup.verify(token, setup.freshCode()) } == .mfaInvalid)
            let next = try await setup.fixture.required().token
            // A wrong code leaves the token as it is.
            #expect(await code { try await setup.verify(next, setup.wrongCode) } == .mfaInvalid)
            _ = try await setup.verify(next, setup.recoveryCodes[0])
        }
    }

    @Test func `of many good codes with one token at once one opens, and the others stay good`()
        async throws
    {
        try await FactorSetup.with { setup in
            let token = try await setup.fixture.required().token
            let codes = await withTaskGroup(of: DomainError.Code?.self) { group in
                for recovery in setup.recoveryCodes {
                    group.addTask {
                        do {
                            _ = try await setup.verify(token, recovery)
                            return nil
                        } catch {
                            return (error as? DomainError)?.code
                        }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(codes.filter { $0 == nil }.count == 1)
            #expect(codes.filter { $0 == .mfaInvalid }.count == 9)
            let status = try await ShowSecondFactor(setup.fixture.environment)(by: setup.owner)
            #expect(status?.recoveryCodesLeft == 9)
        }
    }

    @Test func `where the refresh token goes is not forgotten behind a code`() async throws {
        try await FactorSetup.with { setup in
            let error = await #expect(throws: SecondFactorRequired.self) {
                try await SignIn(setup.fixture.environment)(
                    email: "owner@acme.test",
                    password: Array(Fixture.password.utf8),
                    kind: .api,
                    workspace: nil,
                    client: ClientInfo(userAgent: "tests", ip: "127.0.0.1"),
                    requestID: "r",
                    refresh: .cli
                )
            }
            let token = try #require(error).token
            let signedIn = try await setup.verify(token, setup.freshCode())
            #expect(signedIn.refreshPlace == .cli)
            let other = try await setup.fixture.required().token
            #expect(try await setup.verify(other, setup.freshCode()).refreshPlace == .cookie)
        }
    }

    @Test func `the code of the enrolment is used up by it`() async throws {
        try await FactorSetup.with { setup in
            let token = try await setup.fixture.required().token
            let used = setup.app.code(at: setup.clock.now)
            #expect(await code { try await setup.verify(token, used) } == .mfaInvalid)
        }
    }

    @Test func `after five wrong codes even a right one waits`() async throws {
        try await FactorSetup.with { setup in
            let token = try await setup.fixture.required().token
            for _ in 0..<5 {
                #expect(
                    await code { try await setup.verify(token, setup.wrongCode) } == .mfaInvalid
                )
            }
            let right = setup.freshCode()
            for attempt in [right, setup.recoveryCodes[0]] {
                let error = await #expect(throws: DomainError.self) {
                    try await setup.verify(token, attempt)
                }
                guard case .limited(let wait?) = error?.kind else {
                    Issue.record("\(String(describing: error))")
                    return
                }
                #expect(wait <= .seconds(60))
                #expect(error?.code == .rateLimited)
            }
            setup.clock.pass(61)
            _ = try await setup.verify(token, setup.code)
        }
    }

    @Test func `a recovery code opens once, however it is typed`() async throws {
        try await FactorSetup.with { setup in
            #expect(setup.recoveryCodes.count == 10)
            let token = try await setup.fixture.required().token
            let typed = setup.recoveryCodes[3].uppercased().replacing("-", with: " ")
            _ = try await setup.verify(token, typed)
            let next = try await setup.fixture.required().token
            #expect(await code { try await setup.verify(next, typed) } == .mfaInvalid)
            let status = try await ShowSecondFactor(setup.fixture.environment)(by: setup.owner)
            #expect(status?.recoveryCodesLeft == 9)
        }
    }

    @Test func `new recovery codes end the old ones`() async throws {
        try await FactorSetup.with { setup in
            let renew = RenewRecoveryCodes(setup.fixture.environment)
            #expect(
                await code { try await renew(code: setup.wrongCode, by: setup.owner) }
                    == .mfaInvalid
            )
            let codes = try await renew(code: setup.recoveryCodes[0], by: setup.owner)
            #expect(Set(codes).isDisjoint(with: setup.recoveryCodes))
            let token = try await setup.fixture.required().token
            #expect(
                await code { try await setup.verify(token, setup.recoveryCodes[1]) } == .mfaInvalid
            )
            _ = try await setup.verify(token, codes[1])
        }
    }

    @Test func `a factor goes for a code, and only for one`() async throws {
        try await FactorSetup.with { setup in
            let disable = DisableSecondFactor(setup.fixture.environment)
            #expect(
                await code { try await disable(code: setup.wrongCode, by: setup.owner) }
                    == .mfaInvalid
            )
            #expect(
                await code {
                    try await EnrolSecondFactor(setup.fixture.environment)(
                        proof: .none,
                        by: setup.owner
                    )
                }
                    == .mfaConflict
            )
            try await disable(code: setup.freshCode(), by: setup.owner)
            _ = try await setup.fixture.signIn("owner@acme.test", kind: .api)
            #expect(
                await code { try await disable(code: setup.freshCode(), by: setup.owner) }
                    == .mfaConflict
            )
            let left = try await setup.fixture.migrated.admin(
                "SELECT count(*) AS n FROM recovery_codes"
            )
            #expect(try left.first?.decode("n", as: Int64.self) == 0)
        }
    }

    @Test func `a lost factor is taken away by the machine itself, and recorded`() async throws {
        try await FactorSetup.with { setup in
            let reset = ResetSecondFactor(setup.fixture.environment)
            try await reset(email: "OWNER@acme.test")
            _ = try await setup.fixture.signIn("owner@acme.test", kind: .api)
            #expect(await code { try await reset(email: "owner@acme.test") } == .mfaConflict)
            #expect(await code { try await reset(email: "nobody@acme.test") } == .notFound)
            #expect(await code { try await reset(email: "nobody") } == .validationError)
            let rows = try await setup.fixture.migrated.admin(
                """
                SELECT e.resource_id FROM platform_audit_events AS e
                WHERE e.action = 'auth.mfa_reset'
                """
            )
            let subjects = try rows.map { try $0.decode("resource_id", as: String.self) }
            #expect(subjects == [setup.owner.user.description])
        }
    }

    @Test func `a password that was reset does not go around the factor`() async throws {
        try await FactorSetup.with { setup in
            let environment = setup.fixture.environment
            try await RequestPasswordReset(environment)(
                email: "owner@acme.test",
                client: ClientInfo(userAgent: "tests", ip: "127.0.0.1"),
                requestID: "forgotten"
            )
            let mail = try #require(try await setup.fixture.mailed("owner@acme.test"))
            _ = try await ResetPassword(environment)(
                token: try #require(mail["token"]),
                password: Array(Fixture.password.utf8),
                requestID: "reset"
            )
            let required = try await setup.fixture.required()
            #expect(!required.needsEnrolment)
            _ = try await setup.verify(required.token, setup.freshCode())
        }
    }

    @Test func `a factor that was never confirmed is not asked for`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let enrol = EnrolSecondFactor(fixture.environment)
            let first = try await enrol(proof: Fixture.proof, by: root)
            let second = try await enrol(proof: Fixture.proof, by: root)
            #expect(first.secret != second.secret)
            _ = try await fixture.signIn("root@ghostworks.test", kind: .shell)
            let confirm = ConfirmSecondFactor(fixture.environment)
            #expect(await code { try await confirm(code: "abcdef", by: root) } == .mfaInvalid)
        }
    }

    @Test func `a sign-in is over when the person changed or was disabled meanwhile`()
        async throws
    {
        try await FactorSetup.with { setup in
            let first = try await setup.fixture.required().token
            try await SetPassword(setup.fixture.environment)(
                email: "owner@acme.test",
                password: Array(Fixture.password.utf8)
            )
            #expect(
                await code { try await setup.verify(first, setup.freshCode()) } == .mfaInvalid
            )
            let second = try await setup.fixture.required().token
            _ = try await setup.fixture.migrated.admin(
                "UPDATE users SET status = 'disabled' WHERE email = 'owner@acme.test'"
            )
            #expect(await code { try await setup.verify(second, setup.code) } == .mfaInvalid)
        }
    }

    @Test func `a stored secret is sealed, for its own person`() async throws {
        try await FactorSetup.with { setup in
            let other = try await setup.fixture.makeOperator("other@x.test")
            let enrolment = try await EnrolSecondFactor(setup.fixture.environment)(
                proof: Fixture.proof,
                by: other
            )
            let app = Authenticator(enrolment.secret)
            _ = try await setup.fixture.migrated.admin(
                """
                UPDATE second_factors SET secret = (SELECT f.secret FROM second_factors AS f
                    WHERE f.user_id = \(other.user))
                WHERE user_id = \(setup.owner.user)
                """
            )
            let token = try await setup.fixture.required().token
            let stolen = app.code(at: setup.clock.now)
            #expect(await code { try await setup.verify(token, stolen) } == .unavailable)
        }
    }

    @Test func `where operators need a factor, one without gets the enrolment alone`()
        async throws
    {
        let clock = ShiftedClock()
        let policy = SignInPolicy(operatorsNeedSecondFactor: true)
        try await Fixture.with(clock: clock.clock, policy: policy) { fixture in
            await #expect(throws: SecondFactorRequired.self) { try await fixture.makeOperator() }
            let required = try await fixture.required("root@ghostworks.test", kind: .shell)
            #expect(required.needsEnrolment)
            #expect(required.problem.code == .mfaEnrolmentRequired)
            let client = ClientInfo(userAgent: nil, ip: nil)
            let verify = VerifySecondFactor(fixture.environment)
            #expect(
                await code {
                    try await verify(
                        token: required.token,
                        code: "123456",
                        client: client,
                        requestID: "r"
                    )
                } == .mfaInvalid
            )
            let enrolment = try await EnrolSecondFactor(fixture.environment)(
                token: required.token,
                requestID: "r"
            )
            let app = Authenticator(enrolment.secret)
            let confirm = ConfirmSecondFactor(fixture.environment)
            let (signedIn, codes) = try await confirm(
                token: required.token,
                code: app.code(at: clock.now),
                client: client,
                requestID: "r"
            )
            #expect(signedIn.identity.platformRole == .superAdmin)
            #expect(signedIn.sessionToken != nil)
            #expect(codes.count == 10)
            // The token has done its work, for its confirmation as well.
            let next = app.code(at: clock.now.advanced(by: .seconds(30)))
            #expect(
                await code {
                    try await confirm(
                        token: required.token,
                        code: next,
                        client: client,
                        requestID: "r"
                    )
                } == .mfaInvalid
            )
            #expect(
                await code {
                    try await EnrolSecondFactor(fixture.environment)(
                        token: required.token,
                        requestID: "r"
                    )
                } == .mfaInvalid
            )
            let caller = Caller(
                user: signedIn.identity.user,
                session: signedIn.identity.session,
                requestID: "r"
            )
            // A member of a tenant is not bothered.
            _ = try await fixture.makeTenant(by: caller)
            _ = try await fixture.signIn("owner@acme.test", kind: .api)
        }
    }
}
