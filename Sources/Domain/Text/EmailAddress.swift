/// A mail address as it was typed, and in the form that decides whether two are the same.
package struct EmailAddress: Hashable, Sendable, CustomStringConvertible {
    /// As typed, for showing and for sending.
    package let description: String
    /// Lower case, for comparing.
    package let normalized: String

    package init(_ text: String) throws(DomainError) {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        let plain = text.unicodeScalars.allSatisfy(Self.isPlain)
        guard plain, (3...254).contains(text.count), parts.count == 2, !parts[0].isEmpty,
            parts[0].utf8.count <= 64, Self.isDomain(parts[1])
        else {
            throw .invalid("email", "must be a mail address such as ada@example.org")
        }
        description = text
        normalized = text.lowercased()
    }

    /// Whether a character may stand in an address: nothing invisible, nothing that turns the
    /// direction of text, none of the signs that mail headers give a meaning, and none that becomes
    /// a plain letter in lower case.
    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        guard !"<>()[]\\,;:\"".unicodeScalars.contains(scalar) else { return false }
        // Such as the sign of Kelvin: compared, the address would be somebody else's.
        guard
            scalar.isASCII
                || !scalar.properties.lowercaseMapping.unicodeScalars.allSatisfy(\.isASCII)
        else { return false }
        switch scalar.properties.generalCategory {
        // A mark belongs to the letter before it, in scripts that write vowels so.
        case .nonspacingMark, .spacingMark: return !scalar.properties.isDefaultIgnorableCodePoint
        default: return Validation.isVisible(scalar)
        }
    }

    private static func isDomain(_ domain: Substring) -> Bool {
        let labels = domain.split(separator: ".", omittingEmptySubsequences: false)
        return labels.count >= 2
            && labels.allSatisfy { label in
                (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
            }
    }
}
