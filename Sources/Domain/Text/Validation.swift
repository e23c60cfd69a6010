/// The rules of short texts that people type.
package enum Validation {
    /// A text of `range` characters without control characters; surrounding spaces are cut.
    ///
    /// - Throws: A validation error that names `field`.
    package static func text(
        _ text: String,
        field: String,
        length range: ClosedRange<Int>
    )
        throws(DomainError) -> String
    {
        let cut = trimmed(text)
        guard range.contains(cut.unicodeScalars.count) else {
            throw .invalid(
                field,
                "must have \(range.lowerBound) to \(range.upperBound) characters; got \(cut.unicodeScalars.count)"
            )
        }
        guard !cut.unicodeScalars.contains(where: isControl) else {
            throw .invalid(field, "must not contain control characters")
        }
        guard !cut.unicodeScalars.contains(where: turnsText) else {
            throw .invalid(field, "must not contain characters that turn the direction of text")
        }
        guard range.lowerBound == 0 || cut.unicodeScalars.contains(where: isVisible) else {
            throw .invalid(field, "must contain something that can be seen")
        }
        return cut
    }

    /// The beginning of a text that somebody typed, harmless inside a sentence.
    package static func quotable(_ text: String) -> String {
        let shown = text.unicodeScalars.prefix(50).filter { !isControl($0) && !turnsText($0) }
        return String(String.UnicodeScalarView(shown))
    }

    /// Why somebody did something, where a reason may be given.
    package static func reason(_ text: String?) throws(DomainError) -> String? {
        guard let text else { return nil }
        return try self.text(text, field: "reason", length: 3...500)
    }

    /// A text of several lines: new lines and tabs are allowed, NUL and other controls are not.
    package static func body(
        _ text: String,
        field: String,
        bytes limit: Int
    )
        throws(DomainError) -> String
    {
        guard text.utf8.count <= limit else {
            throw .invalid(field, "must have at most \(limit) bytes; got \(text.utf8.count)")
        }
        let refused = text.unicodeScalars.contains { scalar in
            isControl(scalar) && scalar != "\n" && scalar != "\t" && scalar != "\r"
        }
        guard !refused else { throw .invalid(field, "must not contain control characters") }
        return text
    }

    /// Whether a character makes what follows it run the other way, to look like another name.
    ///
    /// These are embeddings, overrides and isolates. The plain marks stay allowed, because Arabic
    /// and Hebrew names need them.
    static func turnsText(_ scalar: Unicode.Scalar) -> Bool {
        (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
    }

    /// Whether a character alone leaves a mark on the screen.
    static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
        guard !scalar.properties.isDefaultIgnorableCodePoint, scalar.value != 0x2800 else {
            return false
        }
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .unassigned, .privateUse, .spaceSeparator,
            .lineSeparator, .paragraphSeparator, .nonspacingMark, .enclosingMark:
            return false
        default:
            return true
        }
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 32 || (127...159).contains(scalar.value)
    }

    private static func trimmed(_ text: String) -> String {
        var view = text[...]
        while let first = view.first, first.isWhitespace { view.removeFirst() }
        while let last = view.last, last.isWhitespace { view.removeLast() }
        return String(view)
    }
}
