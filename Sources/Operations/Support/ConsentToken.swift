import Domain
import Sealing

/// What an owner hands to support: `gwc_<consent>_<64 hex digits>`.
///
/// The database keeps the SHA-256 of the secret part alone.
struct ConsentToken: Sendable {
    let consent: SupportConsentID
    private let secret: [UInt8]

    /// A new random one.
    init(consent: SupportConsentID) {
        self.consent = consent
        secret = Random.bytes(32)
    }

    /// Nil for text of another form.
    init?(parsing text: String) {
        let parts = text.split(separator: "_", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "gwc",
            let consent = SupportConsentID(String(parts[1])),
            let secret = Hex.decode(String(parts[2])), secret.count == 32
        else { return nil }
        self.consent = consent
        self.secret = secret
    }

    var text: String { "gwc_\(consent)_\(Hex.encode(secret))" }

    var hash: [UInt8] { Digest.sha256(secret) }
}
