import Domain
import Sealing

/// What a device keeps to be known by, as it came along; the database keeps its SHA-256 alone.
///
/// Its seal says that this platform made it, without a look at the database; which account knows it
/// is written there.
struct DeviceToken: Sendable {
    private static let place: SealingContext = ["device", "token"]
    /// 60 bytes; an older one, without a seal, had 32.
    private static let lengths: Set<Int> = [80, 43]

    private let bytes: [UInt8]
    /// Whether this platform made it, by its seal.
    let isOurs: Bool

    /// A new one.
    init(_ sealer: Sealer) {
        bytes = sealer.makeToken(context: Self.place)
        isOurs = true
    }

    /// Nil for text of another form.
    init?(parsing text: String?, _ sealer: Sealer) {
        guard let text, Self.lengths.contains(text.utf8.count),
            let decoded = Base64URL.decode(text)
        else { return nil }
        bytes = decoded
        isOurs = sealer.isToken(decoded, context: Self.place)
    }

    var text: String { Base64URL.encode(bytes) }

    var hash: [UInt8] { Digest.sha256(bytes) }
}
