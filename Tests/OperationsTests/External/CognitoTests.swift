import Domain
import Fixtures
import OpenID
import Operations
import Storage
import Support
import Testing

/// A Cognito user pool as an issuer: its own tokens, its own keys.
struct CognitoTests {
    private static func provider(_ pool: CognitoPool.Pool, name: String) -> Provider {
        Provider(
            name: name,
            client: .init(
                id: pool.client,
                secret: nil,
                scopes: ["openid"],
                redirectURI: "https://gw.test/api/v1/auth/oidc/\(name)/callback"
            ),
            // The emulator serves a pool's keys at another address than the pool's own.
            source: .init(
                issuer: pool.issuer,
                keysURL: pool.keys,
                algorithms: [.rs256],
                allowsLoopback: true
            ),
            policy: .init(registers: true, linksVerifiedMail: false, returnOrigins: [])
        )
    }

    private func exchange(
        _ text: String,
        isAccessToken: Bool,
        _ fixture: Fixture
    ) async throws -> SignedIn {
        try await ExchangeExternalToken(fixture.environment)(
            ExternalToken(
                provider: "cognito",
                text: text,
                isAccessToken: isAccessToken,
                nonce: nil
            ),
            SessionRequest(
                kind: .api,
                workspace: nil,
                client: ClientInfo(userAgent: "tests", ip: nil),
                requestID: "cognito"
            )
        )
    }

    @Test func `a pool's person signs in with either token, and another pool's does not`()
        async throws
    {
        let pools = try await WaitingThreads.run { try CognitoPool() }
        defer { pools.stop() }
        let issuers = Issuers(
            [Self.provider(pools.ours, name: "cognito")],
            transport: .live(patience: .seconds(60)),
            now: { SystemClock.live.now() }
        )
        try await Fixture.with(issuers: issuers) { fixture in
            // The access token names nobody's address: it opens no account by itself.
            let stranger = await #expect(throws: DomainError.self) {
                try await exchange(pools.ours.accessToken, isAccessToken: true, fixture)
            }
            #expect(stranger?.code == .identityUnknown)
            let ada = try await exchange(pools.ours.identityToken, isAccessToken: false, fixture)
            #expect(ada.identity.email == "ada@cognito.test")
            let again = try await exchange(pools.ours.accessToken, isAccessToken: true, fixture)
            #expect(again.identity.user == ada.identity.user)
            let refused: [(String, Bool, String)] = [
                (pools.ours.accessToken, false, "It is a token for another purpose."),
                (pools.ours.identityToken, true, "It is a token for another purpose."),
                (pools.theirs.identityToken, false, "It is of another issuer."),
                (pools.theirs.accessToken, true, "It is of another issuer."),
                (
                    String(pools.ours.identityToken.dropLast(8)) + "AAAAAAAA", false,
                    "Its signature does not match any key of the issuer."
                ),
            ]
            for (text, isAccessToken, hint) in refused {
                let error = await #expect(throws: DomainError.self) {
                    try await exchange(text, isAccessToken: isAccessToken, fixture)
                }
                #expect(error?.code == .externalTokenInvalid)
                #expect(error?.hint == hint)
            }
        }
    }
}
