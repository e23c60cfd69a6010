import Domain
import Fixtures
import OpenID
import Operations
import Postgres
import Storage
import Support
import Testing

/// Who comes in by an issuer, as whom, and who does not.
struct ExternalSignInTests {
    private struct Setup {
        let fixture: Fixture
        let issuer: TestIssuer

        func exchange(
            _ claims: [String: String],
            provider: String = "test",
            workspace: String? = nil
        ) async throws -> SignedIn {
            try await ExchangeExternalToken(fixture.environment)(
                token(claims, provider: provider),
                SessionRequest(
                    kind: .api,
                    workspace: workspace,
                    client: ClientInfo(userAgent: "tests", ip: nil),
                    requestID: "exchange"
                )
            )
        }

        func token(
            _ claims: [String: String],
            provider: String = "test"
        ) async throws -> ExternalToken {
            ExternalToken(
                provider: provider,
                text: try await issuer.token(claims),
                isAccessToken: false,
                nonce: nil
            )
        }

        func count(_ table: String) async throws -> Int64? {
            let statement: SQL =
                table == "users"
                ? "SELECT count(*) AS n FROM users" : "SELECT count(*) AS n FROM identities"
            return try await fixture.migrated.admin(statement).first?.decode("n")
        }
    }

    private static func with(
        registers: Bool = true,
        links: Bool = false,
        policy: SignInPolicy = SignInPolicy(),
        _ body: (Setup) async throws -> Void
    ) async throws {
        let issuer = try TestIssuer()
        defer { issuer.stop() }
        let issuers = Issuers(
            [
                .test(issuer, registers: registers, links: links),
                .test(issuer, name: "second", registers: registers, links: links),
            ],
            transport: .live(patience: .seconds(60)),
            now: { SystemClock.live.now() }
        )
        try await Fixture.with(issuers: issuers, policy: policy) { fixture in
            try await body(Setup(fixture: fixture, issuer: issuer))
        }
    }

    private func code<Value>(
        of work: () async throws -> Value,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async -> DomainError.Code? {
        await #expect(throws: DomainError.self, sourceLocation: sourceLocation) {
            _ = try await work()
        }?.code
    }

    private static func mail(_ address: String, verified: Bool = true) -> [String: String] {
        ["email": "\"\(address)\"", "email_verified": "\(verified)", "name": "\"Ada\""]
    }

    @Test func `somebody new gets an account, and is the same person ever after`() async throws {
        try await Self.with { setup in
            let first = try await setup.exchange(
                Self.mail("ada@x.test").merging(["role": #""super_admin""#]) { $1 }
            )
            #expect(first.identity.email == "ada@x.test")
            #expect(first.identity.name == "Ada")
            // Roles are ours: the token's means nothing.
            #expect(first.identity.platformRole == nil)
            #expect(first.identity.tenant == nil)
            #expect(first.accessToken != nil)
            // The subject counts, not the address.
            let second = try await setup.exchange(Self.mail("other@x.test", verified: false))
            #expect(second.identity.user == first.identity.user)
            #expect(second.identity.email == "ada@x.test")
            #expect(try await setup.count("identities") == 1)
            let stranger = try await setup.exchange(
                Self.mail("omar@x.test").merging(["sub": #""u-2""#]) { $1 }
            )
            #expect(stranger.identity.user != first.identity.user)
        }
    }

    @Test func `twenty first sign-ins at once make one person`() async throws {
        try await Self.with { setup in
            let users = await withTaskGroup(of: UserID?.self) { group in
                for _ in 0..<20 {
                    group.addTask {
                        try? await setup.exchange(Self.mail("ada@x.test")).identity.user
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(Set(users).count == 1)
            #expect(users.count == 20)
            #expect(users[0] != nil)
            let count = try await setup.count("users")
            #expect(count == 1)
        }
    }

    @Test(arguments: [
        ["email": #""ada@x.test""#, "email_verified": "false"], ["email": #""ada@x.test""#], [:],
        ["email": #""no address""#, "email_verified": "true"],
    ])
    func `without a verified address nobody gets an account`(
        claims: [String: String]
    )
        async throws
    {
        try await Self.with { setup in
            #expect(await code { try await setup.exchange(claims) } == .identityUnknown)
            let count = try await setup.count("users")
            #expect(count == 0)
        }
    }

    @Test func `where nobody may register, strangers stay outside`() async throws {
        try await Self.with(registers: false) { setup in
            #expect(
                await code { try await setup.exchange(Self.mail("ada@x.test")) } == .identityUnknown
            )
        }
    }

    @Test func `a verified address opens an account only when the setting says so`() async throws {
        for links in [false, true] {
            try await Self.with(links: links) { setup in
                let root = try await setup.fixture.makeOperator()
                let acme = try await setup.fixture.makeTenant(by: root)
                try await setup.fixture.addMember("ada@acme.test", .member, by: acme.owner)
                guard links else {
                    #expect(
                        await code { try await setup.exchange(Self.mail("ada@acme.test")) }
                            == .identityUnknown
                    )
                    return
                }
                let signedIn = try await setup.exchange(Self.mail("ADA@acme.test"))
                #expect(signedIn.identity.tenant == acme.id)
                let unverified = Self.mail("owner@acme.test", verified: false)
                    .merging(["sub": #""u-9""#]) { $1 }
                #expect(await code { try await setup.exchange(unverified) } == .identityUnknown)
            }
        }
    }

    @Test func `an operator's account, and one whose address was never proven, are not linked`()
        async throws
    {
        try await Self.with(links: true) { setup in
            let root = try await setup.fixture.makeOperator()
            _ = try await setup.fixture.makeTenant(by: root)
            // The owner has a password, and let nobody prove the address.
            _ = try await setup.fixture.migrated.admin(
                "UPDATE users SET email_verified_at = NULL"
            )
            for email in ["root@ghostworks.test", "owner@acme.test"] {
                #expect(
                    await code { try await setup.exchange(Self.mail(email)) } == .identityUnknown
                )
            }
            _ = try await setup.fixture.migrated.admin(
                "UPDATE users SET email_verified_at = clock_timestamp()"
            )
            #expect(
                await code { try await setup.exchange(Self.mail("root@ghostworks.test")) }
                    == .identityUnknown
            )
            let owner = try await setup.exchange(Self.mail("owner@acme.test"))
            #expect(owner.identity.tenant != nil)
        }
    }

    @Test func `an identity is of one provider and one issuer`() async throws {
        try await Self.with(registers: true) { setup in
            let ada = try await setup.exchange(Self.mail("ada@x.test"))
            // The same subject by another provider is somebody else, whose address is taken.
            #expect(
                await code {
                    try await setup.exchange(Self.mail("ada@x.test"), provider: "second")
                } == .identityUnknown
            )
            _ = try await setup.fixture.migrated.admin(
                "UPDATE identities SET issuer = 'https://before.test'"
            )
            #expect(
                await code { try await setup.exchange(Self.mail("ada@x.test")) } == .identityUnknown
            )
            #expect(try await setup.count("users") == 1)
            #expect(ada.identity.email == "ada@x.test")
        }
    }

    @Test func `whoever is signed in links and unlinks, and keeps a way in`() async throws {
        try await Self.with { setup in
            let environment = setup.fixture.environment
            let root = try await setup.fixture.makeOperator()
            let other = try await setup.fixture.makeOperator("other@x.test", role: .support)
            let link = LinkIdentity(environment)
            let token = try await setup.token(Self.mail("somebody@else.test", verified: false))
            try await link(token, proof: Fixture.proof, by: root)
            try await link(token, proof: Fixture.proof, by: root)
            #expect(
                await code { try await link(token, proof: Fixture.proof, by: other) }
                    == .identityTaken
            )
            let another = try await setup.token(["sub": #""u-2""#])
            #expect(
                await code { try await link(another, proof: Fixture.proof, by: root) }
                    == .identityTaken
            )
            let signedIn = try await setup.exchange([:])
            #expect(signedIn.identity.user == root.user)
            #expect(signedIn.identity.platformRole == .superAdmin)
            let list = try await ListIdentities(environment)(by: root)
            #expect(list.map(\.provider) == ["test"])
            #expect(list[0].email == nil)
            let unlink = UnlinkIdentity(environment)
            #expect(
                await code { try await unlink("second", proof: Fixture.proof, by: root) }
                    == .notFound
            )
            try await unlink("test", proof: Fixture.proof, by: root)
            #expect(try await ListIdentities(environment)(by: root).isEmpty)
            #expect(await code { try await setup.exchange([:]) } == .identityUnknown)
        }
    }

    @Test func `a token of a session links nothing without a proof`() async throws {
        try await Self.with { setup in
            let root = try await setup.fixture.makeOperator()
            let token = try await setup.token([:])
            let link = LinkIdentity(setup.fixture.environment)
            await #expect(throws: FreshProofRequired(need: .password)) {
                try await link(token, proof: .none, by: root)
            }
            let wrong = FreshProof(password: Array("another".utf8))
            #expect(
                await code { try await link(token, proof: wrong, by: root) } == .validationError
            )
            #expect(try await setup.count("identities") == 0)
        }
    }

    @Test func `the last way in cannot be unlinked`() async throws {
        try await Self.with { setup in
            let environment = setup.fixture.environment
            let signedIn = try await setup.exchange(Self.mail("ada@x.test"))
            let ada = Caller(
                user: signedIn.identity.user,
                session: signedIn.identity.session,
                requestID: "r"
            )
            let unlink = UnlinkIdentity(environment)
            // Somebody without a password has just signed in.
            #expect(
                await code { try await unlink("test", proof: .none, by: ada) } == .lastCredential
            )
            try await LinkIdentity(environment)(
                try await setup.token([:], provider: "second"),
                proof: .none,
                by: ada
            )
            // Two at once: one of them must stay.
            let outcomes = await withTaskGroup(of: DomainError.Code?.self) { group in
                for provider in ["test", "second"] {
                    group.addTask {
                        do {
                            try await unlink(provider, proof: .none, by: ada)
                            return nil
                        } catch {
                            return (error as? DomainError)?.code
                        }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(Set(outcomes) == [nil, .lastCredential])
            #expect(try await setup.count("identities") == 1)
        }
    }

    @Test func `a disabled person, and a workspace of others, are refused as by password`()
        async throws
    {
        try await Self.with { setup in
            _ = try await setup.exchange(Self.mail("ada@x.test"))
            #expect(
                await code {
                    try await setup.exchange(Self.mail("ada@x.test"), workspace: "acme")
                } == .tenantAccessDenied
            )
            _ = try await setup.fixture.migrated.admin("UPDATE users SET status = 'disabled'")
            #expect(
                await code { try await setup.exchange(Self.mail("ada@x.test")) }
                    == .invalidCredentials
            )
        }
    }

    @Test func `a second factor is asked for here as well`() async throws {
        try await Self.with { setup in
            let root = try await setup.fixture.makeOperator()
            let environment = setup.fixture.environment
            try await LinkIdentity(environment)(
                try await setup.token([:]),
                proof: Fixture.proof,
                by: root
            )
            let enrolment = try await EnrolSecondFactor(environment)(
                proof: Fixture.proof,
                by: root
            )
            let app = Authenticator(enrolment.secret)
            _ = try await ConfirmSecondFactor(environment)(
                code: app.code(at: environment.database.clock.now()),
                by: root
            )
            await #expect(throws: SecondFactorRequired.self) { try await setup.exchange([:]) }
        }
    }

    @Test func `a bad token says which rule it breaks`() async throws {
        try await Self.with { setup in
            let error = await #expect(throws: DomainError.self) {
                try await setup.exchange(["aud": #""another""#])
            }
            #expect(error?.code == .externalTokenInvalid)
            #expect(error?.hint == "It was issued for another client.")
            #expect(
                await code { try await setup.exchange([:], provider: "nobody") } == .notFound
            )
        }
    }
}
