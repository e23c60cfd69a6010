import Domain
import Fixtures
import OpenID
import Operations
import Storage
import Support
import Testing

/// The way through a browser, from start to callback.
struct CodeFlowTests {
    private struct Setup {
        let fixture: Fixture
        let issuer: TestIssuer

        func start(_ returnTo: String? = nil) async throws -> ExternalSignInStart {
            try await StartExternalSignIn(fixture.environment)(
                provider: "test",
                returnTo: returnTo,
                workspace: nil
            )
        }

        func finish(
            _ answer: IssuerAnswer,
            _ ticket: String?,
            provider: String = "test"
        ) async throws -> ExternalSignInEnd {
            try await FinishExternalSignIn(fixture.environment)(
                provider: provider,
                answer: answer,
                ticket: ticket,
                client: ClientInfo(userAgent: nil, ip: nil),
                requestID: "callback"
            )
        }

        func approve(_ start: ExternalSignInStart) async throws -> IssuerAnswer {
            let given = try await issuer.approve(
                start.url,
                ["email": #""ada@x.test""#, "email_verified": "true"]
            )
            return IssuerAnswer(state: given.state, code: given.code, error: nil, issuer: nil)
        }
    }

    private static func with(
        clock: SystemClock = .live,
        _ body: (Setup) async throws -> Void
    ) async throws {
        let issuer = try TestIssuer()
        defer { issuer.stop() }
        let issuers = Issuers(
            [.test(issuer), .test(issuer, name: "second")],
            transport: .live(patience: .seconds(60)),
            now: { SystemClock.live.now() }
        )
        try await Fixture.with(clock: clock, issuers: issuers) { fixture in
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

    @Test func `an approved sign-in becomes a session`() async throws {
        try await Self.with { setup in
            let start = try await setup.start("https://app.test/after?x=1")
            var answer = try await setup.approve(start)
            answer.issuer = setup.issuer.url
            let end = try await setup.finish(answer, start.ticket)
            guard case .opened(let signedIn, let returnTo) = end else {
                Issue.record("\(end)")
                return
            }
            #expect(signedIn.identity.email == "ada@x.test")
            #expect(returnTo == "https://app.test/after?x=1")
            // The code is used up; the browser is told where it wants to be.
            guard
                case .refused(let code, nil, let place) = try await setup.finish(
                    answer,
                    start.ticket
                )
            else {
                Issue.record("the code was good twice")
                return
            }
            #expect(code == .idpError)
            #expect(place == returnTo)
        }
    }

    @Test func `an answer that this browser did not ask for is refused`() async throws {
        try await Self.with { setup in
            let mine = try await setup.start()
            let theirs = try await setup.start()
            let answer = try await setup.approve(mine)
            var strange = answer
            strange.issuer = "https://other.test"
            var stateless = answer
            stateless.state = nil
            let cases: [(IssuerAnswer, String?, String)] = [
                (answer, theirs.ticket, "test"), (answer, nil, "test"), (answer, "", "test"),
                (answer, "AAAA", "test"), (answer, mine.ticket + "A", "test"),
                (answer, mine.ticket, "second"), (strange, mine.ticket, "test"),
                (stateless, mine.ticket, "test"),
            ]
            for (answer, ticket, provider) in cases {
                #expect(
                    await code { try await setup.finish(answer, ticket, provider: provider) }
                        == .oidcState
                )
            }
            #expect(setup.issuer.count(TestIssuer.tokenPath) == 0)
            // None of them has spoilt the sign-in.
            guard case .opened(_, nil) = try await setup.finish(answer, mine.ticket) else {
                Issue.record("the sign-in was spoilt")
                return
            }
        }
    }

    @Test func `what the issuer refuses or does wrong is its error`() async throws {
        try await Self.with { setup in
            let start = try await setup.start()
            let state = try await setup.approve(start).state
            let refused = IssuerAnswer(
                state: state,
                code: nil,
                error: "access_denied",
                issuer: nil
            )
            #expect(await code { try await setup.finish(refused, start.ticket) } == .idpError)
            let guess = IssuerAnswer(state: state, code: "guess", error: nil, issuer: nil)
            #expect(await code { try await setup.finish(guess, start.ticket) } == .idpError)
            // A token of another sign-in, put in the place of this one's.
            setup.issuer.set(.answering(try await setup.issuer.token(["nonce": #""other""#])))
            let error = await #expect(throws: DomainError.self) {
                try await setup.finish(guess, start.ticket)
            }
            #expect(error?.code == .idpError)
            #expect(error?.message.hasSuffix("It does not belong to this sign-in.") == true)
            setup.issuer.set(.down)
            #expect(await code { try await setup.finish(guess, start.ticket) } == .idpError)
        }
    }

    @Test func `an issuer that is down cannot be started with`() async throws {
        try await Self.with { setup in
            setup.issuer.set(.down)
            #expect(await code { try await setup.start() } == .idpError)
        }
    }

    @Test(arguments: [
        "https://evil.test/", "https://app.test.evil.test/", "http://app.test/", "//app.test/",
        "https://app.test:8443/", "https://user@app.test/", "https://app.test@evil.test/",
        "javascript:alert(1)", "https://app.test/#x", "https://app.test\\@evil.test/", "",
        "https://app.test/\r\nSet-Cookie: a=b", "https://app.test/ x",
    ])
    func `a browser is sent back to known origins only`(address: String) async throws {
        try await Self.with { setup in
            #expect(await code { try await setup.start(address) } == .validationError)
        }
    }
}
