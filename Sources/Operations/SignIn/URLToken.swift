import FoundationEssentials
import Sealing

/// 32 random bytes as text for links and cookies; the database keeps their SHA-256 alone.
struct URLToken: Sendable {
    private static let size = 32
    private let bytes: [UInt8]

    /// A new one.
    init() {
        bytes = Random.bytes(Self.size)
    }

    /// Nil for text of another form.
    init?(parsing text: String?) {
        guard let text, text.utf8.count == 43,
            text.utf8.allSatisfy({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "/") }),
            let data = Data(
                base64Encoded: text.replacing("-", with: "+").replacing("_", with: "/") + "="
            ), data.count == Self.size
        else { return nil }
        bytes = Array(data)
    }

    /// RFC 4648, section 5, without padding: 43 characters.
    var text: String {
        Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
            .replacing("=", with: "")
    }

    var hash: [UInt8] { Digest.sha256(bytes) }
}
