import Foundation
import Support
import Terminal

// DESIGN
// 1. A console tells in its own log, at the level `trace`, behind how many keys it has drawn and how
//    many answers it awaits. When it has taken all keys and awaits nothing, it rests.
// 2. A key is pressed when the console rests: what it falls upon is there, and does not change
//    between the look and the key. `rush` does not wait, for consoles that cannot come to rest.
// 3. What stood on the screen when something was done last proves nothing: it counts once the
//    console rests, or when it was gone in between.

/// One terminal of a story, and what the console on it says of itself.
final class StoryWindow {
    static let patience = Duration.seconds(90)

    let terminal: PseudoTerminal
    private let log: ConsoleLog?
    private var size: Size
    /// The keys that were pressed so far.
    private var keys = 0
    /// What stood there when something was done last.
    private var before: [String] = []

    /// Opens a window; a program without a log always rests.
    init(_ terminal: PseudoTerminal, log: ConsoleLog?, size: Size) {
        self.terminal = terminal
        self.log = log
        self.size = size
    }

    /// Whether all that was done here has been drawn.
    private var isAtRest: Bool {
        guard let log else { return true }
        return log.last.map { $0.keys == keys && $0.awaited == 0 && $0.size == size } ?? false
    }

    /// Notes that something was done, here or elsewhere: what stands there now proves nothing more.
    func stirred() { before = terminal.screen.lines }

    /// Waits until the console has drawn all that it will draw until something happens.
    func rest() async throws {
        let what = "the console to come to rest behind \(keys) keys"
        do {
            try await terminal.frame(for: what, deadline: Self.patience, ifResting: isAtRest) { $1 }
        } catch PseudoTerminal.Failure.deadline(_, let screen) {
            throw PseudoTerminal.Failure.deadline(waitingFor: "\(what); \(drawn)", screen: screen)
        }
    }

    func press(_ name: String) throws {
        try terminal.press(name)
        did(1)
    }

    func type(_ text: String) throws {
        try terminal.type(text)
        did(text.count)
    }

    func paste(_ text: String) throws {
        try terminal.paste(text)
        did(1)
    }

    func resize(_ size: Size) {
        self.size = size
        terminal.resize(size)
        stirred()
    }

    private func did(_ count: Int) {
        keys += count
        stirred()
    }

    /// Waits until the lines of a whole frame show something that they did not show before.
    func expect(
        _ what: String,
        deadline: Duration = patience,
        _ shows: @escaping ([String]) -> Bool
    ) async throws {
        var isNew = !shows(before)
        do {
            try await terminal.frame(for: what, deadline: deadline, ifResting: isAtRest) {
                guard shows($0.lines) else {
                    isNew = true
                    return false
                }
                return isNew || $1
            }
        } catch PseudoTerminal.Failure.deadline(let what, let screen) {
            let why = isNew ? what : "\(what), which was so before, or rest (\(drawn))"
            throw PseudoTerminal.Failure.deadline(waitingFor: why, screen: screen)
        }
    }

    /// What the console said of itself last.
    private var drawn: String { log?.last.map { "\($0)" } ?? "nothing was drawn" }
}

/// What a console tells of its drawings, in the log of its state folder.
final class ConsoleLog {
    /// One drawing.
    struct Drawing: CustomStringConvertible {
        let keys: Int
        let awaited: Int
        let size: Size

        var description: String {
            "drawn behind \(keys) keys, \(awaited) answers awaited, \(size.columns)x\(size.rows)"
        }

        /// Nil for a line that tells something else.
        init?(_ line: Substring) {
            guard line.contains(#""message":"drawn""#),
                let fields = try? JSONSerialization.jsonObject(with: Data(line.utf8))
                    as? [String: Any],
                let keys = Self.number(fields["taken"]), let size = fields["size"] as? String,
                let awaited = Self.number(fields["awaited"])
            else { return nil }
            let sides = size.split(separator: "x").compactMap { Int($0) }
            guard sides.count == 2 else { return nil }
            self.keys = keys
            self.awaited = awaited
            self.size = Size(columns: sides[0], rows: sides[1])
        }

        private static func number(_ value: Any?) -> Int? {
            value as? Int ?? (value as? String).flatMap { Int($0) }
        }
    }

    private let path: String
    /// Where the lines of earlier consoles end.
    private let start: UInt64
    /// How long it was at the last look, and what stood there.
    private var seen: (size: UInt64, drawing: Drawing?) = (0, nil)

    init(state: String) {
        path = state + "/console.log"
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        start = (attributes?[.size] as? NSNumber)?.uint64Value ?? 0
    }

    /// The last drawing of this console; a log that has not grown is not read again.
    var last: Drawing? {
        guard let file = FileHandle(forReadingAtPath: path) else { return nil }
        defer { try? file.close() }
        guard let end = try? file.seekToEnd(), end > start else { return nil }
        if end != seen.size { seen = (end, drawing(in: file, to: end)) }
        return seen.drawing
    }

    private func drawing(in file: FileHandle, to end: UInt64) -> Drawing? {
        let tail = max(start, end > 65_536 ? end - 65_536 : 0)
        guard (try? file.seek(toOffset: tail)) != nil, let data = try? file.readToEnd() else {
            return nil
        }
        // The last line may not be whole yet, the first one was cut.
        let lines = String(decoding: data, as: UTF8.self)
            .split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        return lines.reversed().lazy.compactMap { Drawing($0) }.first
    }
}
