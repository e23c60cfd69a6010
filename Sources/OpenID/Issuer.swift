package import Domain
import FoundationEssentials
import Sealing

// DESIGN
//
// 1. Nothing is asked of an issuer at the start of the process: it may be down then.
// 2. Discovery document and key set are cached each on its own; both obey `RefreshState`.
// 3. `kid` only selects among the issuer's own keys; the header never names a key or an address.
// 4. Requests are served on event loops, which wait for nobody: whatever an issuer sent is read,
//    and whatever it signed is checked, on the threads for work (`away`).

/// One trusted issuer at work: its documents, its tokens, its codes.
package struct Issuer: Sendable {
    package let provider: Provider
    private let transport: Transport
    private let now: @Sendable () -> Instant
    private let discovery: DocumentCache<Discovery>
    private let keys: DocumentCache<KeySet>

    package init(
        _ provider: Provider,
        transport: Transport,
        now: @escaping @Sendable () -> Instant
    ) {
        self.provider = provider
        self.transport = transport
        self.now = now
        let documents = Documents(provider: provider, transport: transport)
        let discovery = DocumentCache<Discovery>(
            limits: .init(fresh: .seconds(3_600)),
            now: now,
            fetch: { try await documents.discovery() }
        )
        self.discovery = discovery
        keys = DocumentCache<KeySet>(limits: .init(), now: now) {
            if let url = provider.source.keysURL { return try await documents.keys(url) }
            guard let found = try await discovery.document(where: { _ in true }) else {
                throw DomainError.issuer("The issuer publishes no discovery document.")
            }
            return try await documents.keys(found.keysURL)
        }
    }

    /// Whom a token vouches for.
    ///
    /// - Throws: ``TokenProblem``; `idp_error` when the issuer's keys cannot be had.
    package func person(in text: String, _ purpose: TokenPurpose) async throws -> ExternalPerson {
        try await away { try await vouchedFor(in: text, purpose) }
    }

    private func vouchedFor(
        in text: String,
        _ purpose: TokenPurpose
    ) async throws -> ExternalPerson {
        let token = try CompactToken(text, allowing: provider.source.algorithms)
        let set = try await keys.document { set in
            !set.candidates(kid: token.kid, algorithm: token.algorithm).isEmpty
        }
        for key in set?.candidates(kid: token.kid, algorithm: token.algorithm) ?? [] {
            let isGood = await key.verifies(
                token.signature,
                of: token.message,
                as: token.algorithm
            )
            if isGood {
                return try TokenRules(provider: provider, purpose: purpose, now: now())
                    .check(token)
            }
        }
        throw TokenProblem.signature
    }

    /// Where a browser goes to sign in.
    ///
    /// - Throws: `idp_error` when the issuer cannot be reached.
    package func authorizationURL(
        state: String,
        nonce: String,
        key: ProofKey
    ) async throws -> String {
        let endpoint = try await away { try await endpoints() }.authorizationEndpoint
        let query = Form.encode([
            ("response_type", "code"),
            ("client_id", provider.client.id),
            ("redirect_uri", provider.client.redirectURI),
            ("scope", provider.client.scopes.joined(separator: " ")),
            ("state", state),
            ("nonce", nonce),
            ("code_challenge", key.challenge),
            ("code_challenge_method", "S256"),
        ])
        return endpoint + (endpoint.contains("?") ? "&" : "?") + query
    }

    /// Whom a code vouches for: it is redeemed for a token, and the token is checked.
    ///
    /// - Throws: `idp_error`; ``TokenProblem``.
    package func person(
        redeeming code: String,
        key: ProofKey,
        nonce: String
    ) async throws -> ExternalPerson {
        try await away { try await redeemed(code, key, nonce) }
    }

    private func redeemed(
        _ code: String,
        _ key: ProofKey,
        _ nonce: String
    ) async throws -> ExternalPerson {
        let endpoints = try await endpoints()
        let reply: Transport.Reply
        do {
            reply = try await transport.send(request(code, key, endpoints))
        } catch let error as DomainError {
            throw error
        } catch {
            throw DomainError.issuer("The issuer of this sign-in cannot be reached.")
        }
        guard reply.status == 200,
            let tokens = try? JSONDecoder().decode(Tokens.self, from: Data(reply.body))
        else { throw DomainError.issuer("The issuer did not accept the code of this sign-in.") }
        return try await vouchedFor(in: tokens.identity, .identity(nonce: nonce))
    }

    /// Runs work off the event loop that serves the request.
    private func away<Value: Sendable>(
        _ work: () async throws -> Value
    ) async throws -> Value {
        try await withTaskExecutorPreference(globalConcurrentExecutor) { try await work() }
    }

    private struct Tokens: Decodable {
        let identity: String

        enum CodingKeys: String, CodingKey {
            case identity = "id_token"
        }
    }

    private func endpoints() async throws -> Discovery {
        guard let found = try await discovery.document(where: { _ in true }) else {
            throw DomainError.issuer("The issuer publishes no discovery document.")
        }
        return found
    }

    private func request(
        _ code: String,
        _ key: ProofKey,
        _ endpoints: Discovery
    ) -> Transport.Request {
        let client = provider.client
        var fields = [
            ("grant_type", "authorization_code"), ("code", code),
            ("redirect_uri", client.redirectURI), ("code_verifier", key.verifier),
            ("client_id", client.id),
        ]
        var request = Transport.Request(url: endpoints.tokenEndpoint)
        if let secret = client.secret?.text {
            if endpoints.postsSecret {
                fields.append(("client_secret", secret))
            } else {
                // RFC 6749, section 2.3.1: both are escaped before they are joined.
                let pair = "\(Form.escape(client.id)):\(Form.escape(secret))"
                let value = Data(pair.utf8).base64EncodedString()
                request.headers.append(("authorization", "Basic \(value)"))
            }
        }
        request.form = Form.encode(fields)
        return request
    }
}

extension SecretBytes {
    fileprivate var text: String {
        withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
    }
}

/// Fetches what an issuer publishes.
private struct Documents: Sendable {
    let provider: Provider
    let transport: Transport

    func discovery() async throws -> Discovery {
        let issuer = provider.source.issuer
        return try Discovery(
            parsing: try await get(Discovery.address(of: issuer)),
            issuer: issuer,
            rule: provider.rule
        )
    }

    func keys(_ url: String) async throws -> KeySet {
        try KeySet(parsing: try await get(url))
    }

    private func get(_ url: String) async throws -> [UInt8] {
        guard provider.rule.allows(url) else {
            throw DomainError.issuer("The issuer's address is not one with TLS.")
        }
        let reply = try await transport.send(Transport.Request(url: url))
        guard reply.status == 200 else {
            throw DomainError.issuer("The issuer answered with an error.")
        }
        return reply.body
    }
}
