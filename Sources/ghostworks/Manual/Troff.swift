/// A manual page as it is written: headings, paragraphs and tagged lists.
struct ManualPage: Sendable {
    let name: String
    let section: Int
    let summary: String
    private var lines: [String] = []

    init(_ name: String, section: Int, summary: String) {
        self.name = name
        self.section = section
        self.summary = summary
    }

    mutating func heading(_ text: String) {
        lines.append(".SH \(Troff.quoted(text.uppercased()))")
    }

    mutating func subheading(_ text: String) {
        lines.append(".SS \(Troff.quoted(text))")
    }

    mutating func paragraph(_ text: String) {
        lines += [".PP", Troff.line(text)]
    }

    /// A term in bold, what it takes in italics, and what it means.
    mutating func item(_ term: String, taking value: String = "", _ text: String) {
        let tag = "\\fB\(Troff.escaped(term))\\fR"
        let operand = value.isEmpty ? "" : " \\fI\(Troff.escaped(value))\\fR"
        lines += [".TP", tag + operand, Troff.line(text)]
    }

    /// Lines that stay as they are.
    mutating func example(_ text: String) {
        lines += [".PP", ".nf", ".RS 4"]
        lines += text.split(separator: "\n", omittingEmptySubsequences: false).map {
            Troff.line(String($0))
        }
        lines += [".RE", ".fi"]
    }

    /// The page for `man`.
    var text: String {
        let head = [
            ".\\\" Made by `ghostworks man`; RECORD=1 with the tests writes it again.",
            ".TH \(name.uppercased()) \(section) \"\" Ghostworks \"Ghostworks manual\"",
            ".SH NAME", "\(Troff.escaped(name)) \\- \(Troff.escaped(summary))",
        ]
        return (head + lines).joined(separator: "\n") + "\n"
    }
}

private enum Troff {
    /// A line of text: no request, no escape of its own.
    static func line(_ text: String) -> String {
        let escaped = escaped(text)
        if escaped.isEmpty { return "\\&" }
        return escaped.hasPrefix(".") || escaped.hasPrefix("'") ? "\\&" + escaped : escaped
    }

    static func escaped(_ text: String) -> String {
        var result = ""
        for character in text {
            switch character {
            case "\\": result += "\\e"
            case "-": result += "\\-"
            case "`": result += "\\(ga"
            case "'": result += "\\(aq"
            case "\"": result += "\\(dq"
            case "~": result += "\\(ti"
            case "^": result += "\\(ha"
            case "…": result += "..."
            case "\n": result += " "
            default: result.append(character)
            }
        }
        return result
    }

    /// An argument of a request.
    static func quoted(_ text: String) -> String { "\"\(escaped(text))\"" }
}
