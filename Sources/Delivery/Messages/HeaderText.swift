import Domain
import Foundation

/// Text in header fields: plain when it can be, as encoded words (RFC 2047) otherwise.
enum HeaderText {
    /// So many bytes become at most 60 characters of base64, which with `=?UTF-8?B?` and `?=` stay
    /// below the 75 that a word may have.
    private static let wordBytes = 45
    private static let lineLength = 76

    /// A value that is safe in any header field.
    ///
    /// - Parameters:
    ///   - text: what people wrote.
    ///   - column: how long the line is before it.
    /// - Returns: The text itself, or encoded words, folded.
    /// - Throws: A permanent failure for line breaks and other control characters: they are never
    ///   part of a subject or a name, only of an attack.
    static func encode(_ text: String, after column: Int) throws(DeliveryFailure) -> String {
        let isClean = text.unicodeScalars.allSatisfy {
            $0.value >= 32 && $0.value != 127 && !(0x80...0x9F).contains($0.value)
                && $0.value != 0x2028 && $0.value != 0x2029
        }
        guard isClean else {
            throw DeliveryFailure(.permanent, "a header field holds control characters")
        }
        let isPlain = text.utf8.allSatisfy { $0 < 127 }
        if isPlain, !text.contains("=?"), column + text.utf8.count <= lineLength { return text }
        return words(text).map { "=?UTF-8?B?\($0)?=" }.joined(separator: "\r\n ")
    }

    /// Base64 of parts that end where characters end.
    private static func words(_ text: String) -> [String] {
        var parts: [[UInt8]] = [[]]
        for scalar in text.unicodeScalars {
            let bytes = Array(String(scalar).utf8)
            if parts[parts.count - 1].count + bytes.count > wordBytes { parts.append([]) }
            parts[parts.count - 1] += bytes
        }
        return parts.map { Data($0).base64EncodedString() }
    }

    /// An address that means one recipient and nothing else, in a header and in the envelope.
    ///
    /// - Throws: A permanent failure for an address that would need quoting: it could carry a
    ///   second recipient or a parameter of the protocol.
    static func address(_ address: EmailAddress) throws(DeliveryFailure) -> String {
        let text = address.description
        let local = text.prefix { $0 != "@" }
        let domain = text.dropFirst(local.count + 1)
        let isSound =
            local.unicodeScalars.allSatisfy { isAtom($0) || $0 == "." }
            && domain.unicodeScalars.allSatisfy {
                $0 == "." || $0 == "-" || $0.value > 127 || isAlphanumeric($0)
            } && !local.hasPrefix(".") && !local.hasSuffix(".") && !local.contains("..")
        guard isSound else {
            throw DeliveryFailure(.permanent, "the address cannot be written in a mail")
        }
        return text
    }

    /// RFC 5322, 3.2.3, and RFC 6532 for what is beyond ASCII.
    private static func isAtom(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value > 127 || isAlphanumeric(scalar)
            || "!#$%&'*+-/=?^_`{|}~".unicodeScalars.contains(scalar)
    }

    private static func isAlphanumeric(_ scalar: Unicode.Scalar) -> Bool {
        ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
            || ("0"..."9").contains(scalar)
    }
}
