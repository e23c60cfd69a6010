import Domain
import Sealing

/// The token of an invitation: `gwi_<tenant>_<64 hex digits>`.
///
/// The tenant stands in clear, because it is looked up before there is a context. The database
/// keeps the SHA-256 of the secret part alone.
struct InvitationToken: Sendable {
    let tenant: TenantID
    private let secret: [UInt8]

    /// A new random one.
    init(tenant: TenantID) {
        self.tenant = tenant
        secret = Random.bytes(32)
    }

    /// - Throws: `not_found` for text of another form, in the words of an unknown token.
    init(parsing text: String) throws(DomainError) {
        let parts = text.split(separator: "_", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "gwi", let tenant = TenantID(String(parts[1])),
            let secret = Hex.decode(String(parts[2])), secret.count == 32
        else { throw Self.unknown }
        self.tenant = tenant
        self.secret = secret
    }

    var text: String { "gwi_\(tenant)_\(Hex.encode(secret))" }

    var hash: [UInt8] { Digest.sha256(secret) }

    /// Says nothing of the token: it may be a secret that was cut off.
    static let unknown = DomainError(
        .notFound,
        .notFound,
        "There is no such invitation.",
        hint: "Use the link of the newest mail, whole."
    )
}
