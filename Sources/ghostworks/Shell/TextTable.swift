import Terminal

/// A table of text that fits a number of columns.
struct TextTable {
    let headers: [String]
    let rows: [[String]]
    /// Which columns stand at the right.
    let numeric: [Bool]

    private static let gap = 2
    private static let narrowest = 6

    /// The lines of the table; `note` stands below it.
    func render(width: Int?, bold: Bool, note: String? = nil) -> String {
        if rows.isEmpty { return "Nothing found.\n" }
        let cells = rows.map { row in row.map { SafeText($0) } }
        let widths = fitted(widths(cells), to: width)
        let head = line(headers.map { SafeText($0) }, widths)
        var text = bold ? "\u{1B}[1m\(head)\u{1B}[0m\n" : head + "\n"
        for row in cells { text += line(row, widths) + "\n" }
        if let note { text += note + "\n" }
        return text
    }

    private func widths(_ cells: [[SafeText]]) -> [Int] {
        headers.indices.map { index in
            cells.map { $0[index].width }.reduce(SafeText(headers[index]).width, max)
        }
    }

    /// Takes columns from the widest until the table fits.
    private func fitted(_ widths: [Int], to width: Int?) -> [Int] {
        guard let width else { return widths }
        var widths = widths
        let gaps = Self.gap * max(0, widths.count - 1)
        while widths.reduce(gaps, +) > width,
            let widest = widths.indices.max(by: { widths[$0] < widths[$1] }),
            widths[widest] > Self.narrowest
        {
            widths[widest] -= 1
        }
        return widths
    }

    private func line(_ cells: [SafeText], _ widths: [Int]) -> String {
        let parts = cells.indices.map { index in
            cells[index].padded(to: widths[index], numeric[index] ? .trailing : .leading).string
        }
        let text = parts.joined(separator: String(repeating: " ", count: Self.gap))
        var end = text.endIndex
        while end > text.startIndex, text[text.index(before: end)] == " " {
            end = text.index(before: end)
        }
        return String(text[..<end])
    }
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
