@_spi(_Unicode) import Swift

// DESIGN
//
// 1. An address is composed (NFC, as RFC 6532 3.1 asks) before anything else is done with it, so
//    that é typed as one sign and as two are one account. What composes to a plain letter or sign
//    is refused: compared, the address would be somebody else's.
// 2. Small letters are composed once more: some have a sign of their own that the capital lacks.

/// A mail address as it was typed, and in the form that decides whether two are the same.
package struct EmailAddress: Hashable, Sendable, CustomStringConvertible {
    /// As typed, composed; for showing and for sending.
    package let description: String
    /// Lower case, for comparing.
    package let normalized: String

    package init(_ typed: String) throws(DomainError) {
        // Composing what is longer than any address would be work for nothing.
        let text = typed.utf8.count <= 4096 ? typed.composed : ""
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        let plain = [typed, text].allSatisfy { $0.unicodeScalars.allSatisfy(Self.isPlain) }
        guard plain, (3...254).contains(text.count), parts.count == 2, !parts[0].isEmpty,
            parts[0].utf8.count <= 64, Self.isDomain(parts[1])
        else {
            throw .invalid("email", "must be a mail address such as ada@example.org")
        }
        description = text
        normalized = text.lowercased().composed
    }

    /// Whether a character may stand in an address: nothing invisible, nothing that turns the
    /// direction of text, none of the signs that mail headers give a meaning, and none that becomes
    /// a plain letter or sign when it is compared.
    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        guard !"<>()[]\\,;:\"".unicodeScalars.contains(scalar) else { return false }
        // Such as the sign of Kelvin.
        guard scalar.isASCII || !isASCII(scalar.properties.lowercaseMapping),
            scalar.isASCII || !isASCII(String(scalar).composed)
        else { return false }
        switch scalar.properties.generalCategory {
        // A mark belongs to the letter before it, in scripts that write vowels so.
        case .nonspacingMark, .spacingMark: return !scalar.properties.isDefaultIgnorableCodePoint
        default: return Validation.isVisible(scalar)
        }
    }

    private static func isASCII(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy(\.isASCII)
    }

    private static func isDomain(_ domain: Substring) -> Bool {
        let labels = domain.split(separator: ".", omittingEmptySubsequences: false)
        return labels.count >= 2
            && labels.allSatisfy { label in
                (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
            }
    }
}

extension String {
    /// Normalization form C.
    fileprivate var composed: String {
        if utf8.allSatisfy({ $0 < 0x80 }) { return self }
        var scalars = UnicodeScalarView()
        scalars.append(contentsOf: _nfc)
        return String(scalars)
    }
}
