import Domain

// DESIGN: an artifact as a text file.
//
//   ---
//   name: Zakat guide 2026
//   tags: [zakat, guide]
//   metadata: {"language": "en"}
//   ---
//   The description, to the end of the file.
//
// 1. The front matter is the part of YAML in which nothing surprises: three keys, a text that may
//    be a JSON string, a list in brackets or with dashes, and JSON for the metadata, which may go
//    over several lines. Lines that begin with # are comments.
// 2. What was written is read back the same, whatever the name contains.
// 3. An error names the line, and the text is never lost: the editor opens again with it.

/// Reads and writes the text file that the operator edits.
enum ArtifactDocument {
    static let template = """
        ---
        name:
        tags: []
        metadata: {}
        ---

        """

    /// The file of an artifact.
    static func text(of artifact: Artifact) -> String {
        text(
            name: artifact.name,
            tags: artifact.tags,
            metadata: artifact.metadata,
            description: artifact.description
        )
    }

    static func text(
        name: String,
        tags: [String],
        metadata: JSONValue,
        description: String,
        comments: [String] = []
    ) -> String {
        let remarks = comments.map { "# \($0.filter { !$0.isNewline })\n" }.joined()
        return """
            ---
            \(remarks)name: \(scalar(name))
            tags: [\(tags.map(scalar).joined(separator: ", "))]
            metadata: \(metadata.canonical)
            ---
            \(description)

            """
    }

    /// The text as it is when nobody could misread it, else as a JSON string.
    private static func scalar(_ text: String) -> String {
        let plain = text.unicodeScalars.allSatisfy { scalar in
            scalar.properties.isAlphabetic || (48...57).contains(scalar.value)
                || scalar == " " || scalar == "-" || scalar == "_" || scalar == "."
        }
        return plain && !text.isEmpty && text.trimmed == text && text.first?.isLetter == true
            ? text : JSONValue.string(text).canonical
    }
}

/// Why a document cannot be read, and where.
struct DocumentError: Error, Hashable {
    /// Counted from 1, as editors do.
    let line: Int
    let reason: String

    var description: String { "Line \(line): \(reason)." }
}

extension ArtifactDocument {
    /// Reads a file back.
    static func parse(_ text: String) throws(DocumentError) -> ArtifactDraft {
        // Editors end the last line; the description did not. A CR LF is one character.
        let body = text.last?.isLineEnd == true ? text.dropLast() : text[...]
        let lines = body.split(omittingEmptySubsequences: false, whereSeparator: \.isLineEnd)
            .map(String.init)
        guard let start = lines.firstIndex(where: { !$0.trimmed.isEmpty }),
            lines[start].trimmed == "---"
        else {
            throw DocumentError(line: 1, reason: "the file must begin with a line of three dashes")
        }
        guard let end = lines[(start + 1)...].firstIndex(where: { $0.trimmed == "---" }) else {
            throw DocumentError(
                line: lines.count,
                reason: "the front matter must end with a line of three dashes"
            )
        }
        var reader = FrontMatter(lines: lines, range: (start + 1)..<end)
        try reader.read()
        let description = lines[(end + 1)...].joined(separator: "\n")
        return try reader.draft(description: description)
    }
}

extension Character {
    fileprivate var isLineEnd: Bool { self == "\n" || self == "\r\n" }
}
