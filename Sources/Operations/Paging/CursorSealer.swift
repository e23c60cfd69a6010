package import Domain
import FoundationEssentials
package import Sealing

// DESIGN
//
// 1. A cursor is `base64url(version, list, filter hash, keys, HMAC)`: clients cannot read more out
//    of it than the last row showed them, and cannot make one.
// 2. It belongs to one list and one filter (the tenant is part of the filter): a cursor from
//    anywhere else is refused like a forged one.
// 3. Every field is preceded by its length, so that no two contents have the same bytes.

/// Turns page positions into opaque cursors and back.
package struct CursorSealer: Sendable {
    private static let version: UInt8 = 1
    private static let tagLength = 16
    private static let longest = 4_096

    /// The key that seals, then one whose cursors still open.
    private let keys: Replaceable<[SecretBytes]>

    /// Makes a sealer; the same key on all nodes lets a cursor travel between them.
    package init(key: SecretBytes, previous: SecretBytes? = nil) {
        keys = Replaceable([key] + (previous.map { [$0] } ?? []))
    }

    /// Goes on with other keys, in every copy of this sealer.
    package func use(key: SecretBytes, previous: SecretBytes?) {
        keys.replace(with: [key] + (previous.map { [$0] } ?? []))
    }

    /// The cursor behind which a list goes on.
    package func seal(_ position: PagePosition, list: String, filter: String) -> String {
        var bytes = Self.header(list: list, filter: filter)
        for text in position.keys { Self.append(Array(text.utf8), to: &bytes) }
        bytes += Self.tag(bytes, keys.value[0])
        return Self.base64URL(bytes)
    }

    /// The position in a cursor of this list and filter.
    ///
    /// - Throws: `cursor_invalid` for any other text.
    package func open(
        _ cursor: String,
        list: String,
        filter: String
    ) throws(DomainError) -> PagePosition {
        guard cursor.utf8.count <= Self.longest, let bytes = Self.bytes(base64URL: cursor),
            bytes.count > Self.tagLength
        else { throw PagePosition.invalid }
        let content = Array(bytes.dropLast(Self.tagLength))
        let header = Self.header(list: list, filter: filter)
        let given = Array(bytes.suffix(Self.tagLength))
        guard keys.value.contains(where: { constantTimeEquals(Self.tag(content, $0), given) }),
            content.starts(with: header),
            let keys = Self.texts(content.dropFirst(header.count))
        else { throw PagePosition.invalid }
        return PagePosition(keys)
    }

    private static func tag(_ content: [UInt8], _ key: SecretBytes) -> [UInt8] {
        Array(HMAC.sha256(key: key, message: content).prefix(tagLength))
    }

    private static func header(list: String, filter: String) -> [UInt8] {
        var bytes = [version]
        append(Array(list.utf8), to: &bytes)
        bytes += Digest.sha256(filter).prefix(8)
        return bytes
    }

    private static func append(_ field: [UInt8], to bytes: inout [UInt8]) {
        bytes.append(UInt8(truncatingIfNeeded: field.count >> 8))
        bytes.append(UInt8(truncatingIfNeeded: field.count))
        bytes += field
    }

    private static func texts(_ bytes: ArraySlice<UInt8>) -> [String]? {
        var rest = bytes
        var texts: [String] = []
        while rest.count >= 2 {
            let count = rest.prefix(2).reduce(0) { $0 << 8 | Int($1) }
            rest = rest.dropFirst(2)
            guard rest.count >= count else { return nil }
            texts.append(String(decoding: rest.prefix(count), as: UTF8.self))
            rest = rest.dropFirst(count)
        }
        return rest.isEmpty ? texts : nil
    }

    /// RFC 4648, section 5, without padding.
    private static func base64URL(_ bytes: [UInt8]) -> String {
        Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
            .replacing("=", with: "")
    }

    private static func bytes(base64URL text: String) -> [UInt8]? {
        guard text.utf8.allSatisfy(isBase64URL) else { return nil }
        let padding = String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
        let plain = text.replacing("-", with: "+").replacing("_", with: "/") + padding
        return Data(base64Encoded: plain).map { Array($0) }
    }

    private static func isBase64URL(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
