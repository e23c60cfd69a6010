import Domain
import Sealing

/// The opaque token of a shell or console session: `gws_<session>_<64 hex digits>`.
///
/// The database keeps the SHA-256 of the secret part alone.
struct SessionToken: Sendable {
    let session: SessionID
    private let secret: [UInt8]

    /// A new random one.
    init(session: SessionID) {
        self.session = session
        secret = Random.bytes(32)
    }

    /// Nil for text of another form.
    init?(parsing text: String) {
        let parts = text.split(separator: "_", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "gws", let session = SessionID(String(parts[1])),
            let secret = Hex.decode(String(parts[2])), secret.count == 32
        else { return nil }
        self.session = session
        self.secret = secret
    }

    var text: String { "gws_\(session)_\(Hex.encode(secret))" }

    var hash: [UInt8] { Digest.sha256(secret) }
}
