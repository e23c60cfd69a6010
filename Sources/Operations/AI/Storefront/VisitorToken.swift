import Domain
import FoundationEssentials
import Sealing

/// A visit to a storefront as a token: `gwv_…`, good for one workspace and a day.
///
/// It is sealed, so that nobody makes or changes one, and it names nobody.
struct VisitorToken: Hashable, Sendable {
    static let life = Duration.seconds(86_400)

    let tenant: TenantID
    let visitor: UUID
    let expiresAt: Instant

    private static let prefix = "gwv_"

    init(tenant: TenantID, visitor: UUID, expiresAt: Instant) {
        self.tenant = tenant
        self.visitor = visitor
        self.expiresAt = expiresAt
    }

    /// Reads a token of a workspace.
    ///
    /// - Throws: `unauthenticated` for one that is made up, of another workspace, or over.
    init(
        parsing text: String,
        tenant: TenantID,
        sealer: Sealer,
        now: Instant
    ) throws(DomainError) {
        guard text.hasPrefix(Self.prefix),
            let bytes = Base64URL.decode(text.dropFirst(Self.prefix.count)),
            let sealed = try? Sealed(parsing: bytes),
            let opened = try? sealer.open(sealed, context: Self.place(tenant))
        else { throw Self.refused }
        let content = opened.withUnsafeBytes { Array($0) }
        guard content.count == 24 else { throw Self.refused }
        let seconds = content[16...].reduce(Int64(0)) { $0 << 8 | Int64($1) }
        guard seconds > now.seconds else { throw Self.refused }
        self.tenant = tenant
        visitor = UUID(bytes: Array(content.prefix(16)))
        expiresAt = Instant(seconds: seconds)
    }

    func text(_ sealer: Sealer) throws -> String {
        let time = (0..<8).map { UInt8(truncatingIfNeeded: expiresAt.seconds >> (56 - 8 * $0)) }
        let id = withUnsafeBytes(of: visitor.uuid) { Array($0) }
        let sealed = try sealer.seal(
            SecretBytes(copying: id + time),
            context: Self.place(tenant)
        )
        return Self.prefix + Base64URL.encode(sealed.bytes)
    }

    /// Under what the visitor's calls are counted; leads nobody back to the token.
    var hash: String {
        Hex.encode(Digest.sha256("visitor:\(visitor.uuidString)").prefix(16))
    }

    private static func place(_ tenant: TenantID) -> SealingContext {
        ["storefront", "visitor", tenant.description]
    }

    static let refused = DomainError(
        .unauthenticated,
        .unauthenticated,
        "The visitor token is not valid here, or it has expired.",
        hint: "POST …/visits gives one; send it as X-Visitor-Token."
    )
}
