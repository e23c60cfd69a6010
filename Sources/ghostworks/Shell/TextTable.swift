import Terminal

// DESIGN
//
// 1. What is left of an identifier, a number or a time when its end is missing is another one, or
//    none: only texts are cut, and headings.
// 2. Where texts cannot be cut further the last columns are left out, but for identifiers and the
//    first; what is missing is said below the table.
// 3. Where even those have no room each row is a block of names and values, which misses nothing.

/// A table of text that fits a number of columns.
struct TextTable {
    let columns: [TextColumn]
    let rows: [[String]]

    private static let gap = 2
    /// Text and headings say something from so many columns on.
    private static let narrowest = 6

    /// The lines of the table; the notes of its columns stand below it.
    func render(width: Int?, bold: Bool) -> String {
        if rows.isEmpty { return "Nothing found.\n" }
        let cells = rows.map { row in row.map { SafeText($0) } }
        guard let widths = fitted(cells, to: width) else {
            return blocks + lines(notes(of: columns), width)
        }
        let head = line(columns.map { SafeText($0.header) }, widths)
        var text = bold ? "\u{1B}[1m\(head)\u{1B}[0m\n" : head + "\n"
        for row in cells { text += line(row, widths) + "\n" }
        let shown = columns.indices.filter { widths[$0] != nil }.map { columns[$0] }
        return text + lines(notes(of: shown) + missing(widths), width)
    }

    private func notes(of columns: [TextColumn]) -> [String] {
        var notes: [String] = []
        for case let note? in columns.map(\.note) where !notes.contains(note) {
            notes.append(note)
        }
        return notes
    }

    private func lines(_ notes: [String], _ width: Int?) -> String {
        notes.flatMap { note in
            width.map { SafeText(note).wrapped(to: $0) } ?? [SafeText(note)]
        }.map { $0.string + "\n" }.joined()
    }

    /// Widths with which the table fits: nil for a column that is left out, and nil for all where
    /// what must not be cut has no room.
    private func fitted(_ cells: [[SafeText]], to width: Int?) -> [Int?]? {
        let contents = columns.indices.map { index in cells.map { $0[index].width }.max() ?? 0 }
        var fitted: [Int?] = columns.indices.map { index in
            max(contents[index], SafeText(columns[index].header).width)
        }
        guard let width else { return fitted }
        let least = columns.indices.map { index in
            max(Self.narrowest, columns[index].isWhole ? contents[index] : 0)
        }
        while true {
            var cut = fitted
            if narrow(&cut, least, to: width) { return cut }
            let last = columns.indices.last { index in
                index > 0 && fitted[index] != nil && !columns[index].isIdentifier
            }
            guard let last else { return nil }
            fitted[last] = nil
        }
    }

    /// Takes from the widest until the table fits; whether it does.
    private func narrow(_ widths: inout [Int?], _ least: [Int], to width: Int) -> Bool {
        let shown = widths.compactMap { $0 }
        var surplus = shown.reduce(Self.gap * (shown.count - 1), +) - width
        while surplus > 0 {
            let widest = columns.indices
                .filter { (widths[$0] ?? 0) > least[$0] }
                .max { (widths[$0] ?? 0) < (widths[$1] ?? 0) }
            guard let widest, let width = widths[widest] else { return false }
            widths[widest] = width - 1
            surplus -= 1
        }
        return true
    }

    private func missing(_ widths: [Int?]) -> [String] {
        let names = columns.indices.filter { widths[$0] == nil }.map { columns[$0].header }
        guard !names.isEmpty else { return [] }
        return ["Not shown here for want of room: \(names.joined(separator: ", "))."]
    }

    private var blocks: String {
        rows.map { row in
            let names = columns.map { $0.header.lowercased() }
            return DetailBlock(pairs: Array(zip(names, row))).text
        }.joined(separator: "\n")
    }

    private func line(_ cells: [SafeText], _ widths: [Int?]) -> String {
        let parts = cells.indices.compactMap { index in
            widths[index].map { width in
                cells[index].padded(to: width, columns[index].isNumeric ? .trailing : .leading)
                    .string
            }
        }
        let text = parts.joined(separator: String(repeating: " ", count: Self.gap))
        var end = text.endIndex
        while end > text.startIndex, text[text.index(before: end)] == " " {
            end = text.index(before: end)
        }
        return String(text[..<end])
    }
}

/// What a table knows of one of its columns.
struct TextColumn {
    let header: String
    /// Whether it stands at the right.
    var isNumeric = false
    /// Whether nothing of it may be cut.
    var isWhole = false
    /// Whether commands take what stands in it: it is never left out.
    var isIdentifier = false
    /// What is to be known of what it shows.
    var note: String?
}

/// Names and values below each other.
struct DetailBlock {
    let pairs: [(String, String)]

    var text: String {
        let width = pairs.map { SafeText($0.0).width }.max() ?? 0
        var text = ""
        for (name, value) in pairs {
            let lines = SafeText.lines(value)
            let head = SafeText(name.replacing("_", with: " ")).padded(to: width).string
            for (index, line) in (lines.isEmpty ? [.empty] : lines).enumerated() {
                let left = index == 0 ? head : String(repeating: " ", count: width)
                text += left + "  " + line.string + "\n"
            }
        }
        return text
    }
}
