internal import Foundation
public import Terminal

/// Several drawings of one screen in a text file beside the tests, rewritten with `RECORD=1`.
///
/// Each drawing is its rows as they are read, then for each way to colour it a line of what the
/// letters stand for, and the rows that are not plain: `4-9 a12 .3 b5` says that in rows 4 to 9
/// twelve cells are of the style `a`, three are plain, and five are of the style `b`.
public struct RecordedSheet: Sendable {
    private var text = ""

    /// Makes an empty sheet.
    public init() {}

    /// Adds a drawing in its ways to be coloured; the rows are the same in all of them.
    ///
    /// - Returns: Whether they are; where they are not, the sheet has the rows of the first.
    @discardableResult
    public mutating func add(
        _ name: String,
        _ ways: [(name: String, frame: Frame, styles: StyleSheet)]
    ) -> Bool {
        let texts = ways.map { FrameText($0.frame, styles: $0.styles) }
        text += "== \(name)\n"
        for line in texts.first?.lines ?? [] { text += line + "\n" }
        for (way, drawn) in zip(ways, texts) {
            text += "-- \(way.name): \(drawn.legend.joined(separator: ", "))\n"
            text += Self.rows(drawn.styleLines)
        }
        return texts.allSatisfy { $0.lines == texts.first?.lines }
    }

    /// The first line that differs from the recorded file, nil when all are equal.
    public func difference(named name: String, test: String = #filePath) throws -> String? {
        try RecordedScreen.difference(of: text, named: name, test: test)
    }

    private static func rows(_ lines: [String]) -> String {
        var rows: [(first: Int, last: Int, runs: String)] = []
        for (index, line) in lines.enumerated() where !line.isEmpty {
            let runs = runs(line)
            if let last = rows.indices.last, rows[last].last == index, rows[last].runs == runs {
                rows[last].last = index + 1
            } else {
                rows.append((index + 1, index + 1, runs))
            }
        }
        return rows.map { row in
            let place = row.first == row.last ? "\(row.first)" : "\(row.first)-\(row.last)"
            return "\(place) \(row.runs)\n"
        }.joined()
    }

    /// A row of letters as each letter with how often it follows itself.
    private static func runs(_ line: String) -> String {
        var runs: [(letter: Character, count: Int)] = []
        for letter in line {
            if let last = runs.indices.last, runs[last].letter == letter {
                runs[last].count += 1
            } else {
                runs.append((letter, 1))
            }
        }
        return runs.map { "\($0.letter)\($0.count)" }.joined(separator: " ")
    }
}
