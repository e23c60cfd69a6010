import Domain

/// Words for what a search found; the same for the same.
enum OfflineAnswer {
    /// Which artifacts speak of it, with a quote of each.
    static func search(_ question: String, _ passages: [Passage]) -> String {
        guard !passages.isEmpty else { return nothing(question) }
        let noun = passages.count == 1 ? "1 artifact" : "\(passages.count) artifacts"
        var lines = ["Offline answer, made by search alone: \(noun) may help.", ""]
        for (index, passage) in passages.enumerated() {
            lines.append("\(index + 1). \(line(passage.name)) (\(passage.id))")
            let quote = quote(passage.text, near: OfflineWords.keywords(of: question))
            if !quote.isEmpty { lines.append("   \"\(quote)\"") }
        }
        return lines.joined(separator: "\n")
    }

    /// A text to go on with: a heading, and a section for each artifact.
    static func draft(_ question: String, _ passages: [Passage]) -> String {
        guard !passages.isEmpty else { return nothing(question) }
        let words = OfflineWords.keywords(of: question)
        var lines = ["# \(line(question))", "", "Offline draft, put together by search alone.", ""]
        for passage in passages {
            lines.append("## \(line(passage.name))")
            let quote = quote(passage.text, near: words, length: 600)
            if !quote.isEmpty { lines += ["", quote] }
            lines += ["", "Source: \(passage.id)", ""]
        }
        return lines.dropLast().joined(separator: "\n")
    }

    private static func nothing(_ question: String) -> String {
        let words = OfflineWords.keywords(of: question)
        guard !words.isEmpty else {
            return "Offline answer, made by search alone: ask with some words to search for."
        }
        let list = words.joined(separator: ", ")
        return "Offline answer, made by search alone: nothing was found for \(list)."
    }

    /// One line of it.
    private static func line(_ text: String) -> String {
        squeezed(text, most: 120)
    }

    /// The part of a text that begins shortly before the first of the words.
    static func quote(_ text: String, near words: [String], length: Int = 200) -> String {
        let flat = text.split(whereSeparator: \.isWhitespace).map(String.init)
        let start = flat.firstIndex { word in
            let folded = word.lowercased()
            return words.contains { folded.contains($0) }
        }
        let first = max(0, (start ?? 0) - 5)
        let quote = squeezed(flat[first...].joined(separator: " "), most: length)
        return first > 0 ? "… " + quote : quote
    }

    private static func squeezed(_ text: String, most: Int) -> String {
        let flat = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return flat.count > most ? flat.prefix(most) + " …" : flat
    }
}
