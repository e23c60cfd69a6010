internal import Terminal

/// Whether the terminal repeats a character that is not ASCII (`REP`; ECMA-48, 8.3.103), and whether
/// it has a tab stop in each eighth column.
///
/// The question draws a character on the second row, lets it be repeated, goes three tabs on, and
/// asks where the cursor is; the first frame paints over it. On the second row, because on the first
/// the answer would be what F3 sends with a modifier.
enum HabitProbe {
    static let question = Array("\u{1B}[2;1H─\u{1B}[8b\t\t\t\u{1B}[6n".utf8)

    private static let head = Array("\u{1B}[2;".utf8)

    /// Nil for a sequence that is no answer.
    static func answer(_ sequence: [UInt8]) -> TerminalHabits? {
        guard sequence.starts(with: head), sequence.last == UInt8(ascii: "R"),
            let column = Int(String(decoding: sequence.dropFirst(4).dropLast(), as: UTF8.self))
        else { return nil }
        // From the tenth column; other stops end elsewhere, as does the edge of a narrow screen.
        return TerminalHabits(repeats: column == 33 || column == 10, tabs: column == 33)
    }

    /// How many answers there are in what a terminal sent.
    static func answers(in bytes: [UInt8]) -> Int {
        bytes.indices.count { start in
            guard bytes[start...].starts(with: head),
                let end = bytes[(start + 4)...].firstIndex(where: { !(0x30...0x39).contains($0) })
            else { return false }
            return end > start + 4 && bytes[end] == UInt8(ascii: "R")
        }
    }
}
