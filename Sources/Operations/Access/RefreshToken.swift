package import Domain
import FoundationEssentials
import Sealing
import Storage

/// The token with which an API session gets new access tokens: `gwr_<64 hex digits>`.
///
/// The database keeps its SHA-256, and for some seconds after its use the successor, sealed.
struct RefreshToken: Sendable {
    private let secret: [UInt8]

    /// A new random one.
    init() {
        secret = Random.bytes(32)
    }

    /// Nil for text of another form.
    init?(parsing text: String) {
        guard text.hasPrefix(Self.prefix), text.utf8.count == Self.prefix.utf8.count + 64,
            let secret = Hex.decode(String(text.dropFirst(Self.prefix.count)))
        else { return nil }
        self.secret = secret
    }

    private init(secret: [UInt8]) {
        self.secret = secret
    }

    private static let prefix = "gwr_"

    var text: String { Self.prefix + Hex.encode(secret) }

    var hash: [UInt8] { Digest.sha256(secret) }

    /// The token as it is kept beside its predecessor.
    func sealed(behind predecessor: RefreshToken, by sealer: Sealer) throws -> [UInt8] {
        try sealer.seal(
            SecretBytes(copying: secret),
            context: Self.place(behind: predecessor.hash)
        ).bytes
    }

    /// The successor that was kept beside a token.
    init(
        opening bytes: [UInt8],
        behind predecessor: RefreshToken,
        by sealer: Sealer
    ) throws {
        let opened = try sealer.open(
            Sealed(parsing: bytes),
            context: Self.place(behind: predecessor.hash)
        )
        self.init(secret: opened.withUnsafeBytes { Array($0) })
    }

    static func place(behind hash: [UInt8]) -> SealingContext {
        ["refresh_tokens", "successor", Hex.encode(hash)]
    }
}

/// A refresh token on its way to a client.
package struct IssuedRefresh: Hashable, Sendable {
    package let text: String
    package let expiresAt: Instant
}
