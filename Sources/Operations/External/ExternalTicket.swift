import Domain
import FoundationEssentials
import OpenID
import Sealing

/// What binds an answer of an issuer to the browser that asked: kept in a cookie, sealed.
struct ExternalTicket: Codable, Sendable {
    let provider: String
    let state: String
    let nonce: String
    let verifier: String
    let returnTo: String?
    let workspace: String?
    let expiresAt: Int64

    static let life = Duration.seconds(600)
    private static let longest = 4_096
    private static let place: SealingContext = ["oidc", "ticket"]

    init(provider: String, returnTo: String?, workspace: String?, now: Instant) {
        self.provider = provider
        state = Base64URL.encode(Random.bytes(32))
        nonce = Base64URL.encode(Random.bytes(32))
        verifier = ProofKey().verifier
        self.returnTo = returnTo
        self.workspace = workspace
        expiresAt = now.advanced(by: Self.life).seconds
    }

    func sealed(by sealer: Sealer) throws -> String {
        let bytes = Array(try JSONEncoder().encode(self))
        return Base64URL.encode(
            try sealer.seal(SecretBytes(copying: bytes), context: Self.place).bytes
        )
    }

    /// - Throws: `oidc_state` for one that is missing, not ours, over, or of another sign-in.
    init(
        _ text: String?,
        provider: String,
        state: String?,
        sealer: Sealer,
        now: Instant
    ) throws(DomainError) {
        guard let text, let state, text.utf8.count <= Self.longest,
            let bytes = Base64URL.decode(text), let sealed = try? Sealed(parsing: bytes),
            let opened = try? sealer.open(sealed, context: Self.place),
            let ticket = opened.withUnsafeBytes({ bytes in
                try? JSONDecoder().decode(ExternalTicket.self, from: Data(bytes))
            }),
            ticket.provider == provider, now.seconds < ticket.expiresAt,
            constantTimeEquals(Array(ticket.state.utf8), Array(state.utf8))
        else { throw Self.refused }
        self = ticket
    }

    static let refused = DomainError(
        .malformed,
        .oidcState,
        "This answer belongs to no sign-in that was begun in this browser.",
        hint: "Begin the sign-in again."
    )
}

/// Where a browser may be sent back to.
struct ReturnAddress {
    let origins: [String]

    /// - Throws: A validation error for an address of an origin that the settings do not have.
    func check(_ text: String?) throws(DomainError) -> String? {
        guard let text else { return nil }
        guard text.utf8.count <= 1_024, text.utf8.allSatisfy({ $0 > 32 && $0 < 127 && $0 != 92 }),
            let url = URL(string: text), let scheme = url.scheme, let host = url.host(),
            url.user() == nil, url.password() == nil, url.fragment() == nil
        else { throw Self.refused }
        let port = url.port.map { ":\($0)" } ?? ""
        guard origins.contains("\(scheme)://\(host)\(port)") else { throw Self.refused }
        return text
    }

    private static let refused = DomainError.invalid(
        "return_to",
        "must be an address of an origin that the provider's settings allow"
    )
}
