import Domain
import Fixtures
import Foundation
import Glibc
import Support

extension Storyteller {
    /// What a person's hands do: `press`, `rush`, `type`, `repeat`, `paste`, `code`, `resize`,
    /// `rows`, `repaint`, `signal`, `hangup`.
    func press(_ step: Story.Step) async throws -> Bool {
        switch step.verb {
        case "press":
            for key in step.words.split(separator: " ") {
                try await window().rest()
                try window().press(String(key))
            }
        // Without waiting for the console to rest: it may have something to wait for.
        case "rush": for key in step.words.split(separator: " ") { try window().press(String(key)) }
        case "type": try await type(filled(step.words))
        case "repeat":
            let parts = step.words.split(separator: " ", maxSplits: 1)
            try await type(String(repeating: String(parts[1]), count: try number(parts[0])))
        case "paste":
            let lines = [step.words] + step.block
            try await window().rest()
            try window().paste(lines.filter { !$0.isEmpty }.joined(separator: "\n"))
        case "code":
            try await window().rest()
            let app = Authenticator(kept[step.words] ?? "")
            let now = Instant(seconds: Int64(Date().timeIntervalSince1970))
            // The code of the enrolment's step is used up; the next one is good already.
            let isFirst = kept.updateValue("used", forKey: "code of \(step.words)") == nil
            try window().type(app.code(at: isFirst ? now : now.advanced(by: .seconds(30))))
        case "rows": try await moveByRows(step.words)
        case "repaint": try await repaint(step.words)
        case "resize": try window().resize(try size(step.words))
        case "signal":
            try window().terminal.signal(try signal(named: step.words))
            try window().stirred()
        case "hangup":
            try window().terminal.hangUp()
            hungUp.insert(shown)
        default: return false
        }
        return true
    }

    private func type(_ text: String) async throws {
        try await window().rest()
        try window().type(text)
    }

    /// Goes so many rows down, each for at most so many bytes: `rows 12 300`.
    ///
    /// The frame of the key counts; what a pane tells of a row once the selection rests comes in a
    /// frame of its own.
    private func moveByRows(_ words: String) async throws {
        let parts = try words.split(separator: " ").map { try number($0) }
        guard parts.count == 2 else { throw Failure(description: "\(words) is no count and limit") }
        for row in 1...parts[0] {
            try await window().rest()
            let terminal = try window().terminal
            let start = terminal.output.count
            try window().press("j")
            try await window().rest()
            let drawn = terminal.output[start...]
            let end = drawn.firstRange(of: Self.frameEnd)?.upperBound ?? drawn.endIndex
            let sent = drawn[..<end]
            guard sent.count > Self.frame, sent.count <= parts[1] else {
                let text = String(decoding: sent, as: UTF8.self)
                throw Failure(
                    description: "row \(row) took \(sent.count) bytes: \(text.debugDescription)"
                )
            }
        }
    }

    /// What the marks around a frame take: a move that sends no more has moved nothing.
    private static let frame = 16
    private static let frameEnd = Array("\u{1B}[?2026l".utf8)

    /// Paints the whole screen anew, for at most so many bytes, once the terminal has answered as
    /// xterm does what it was asked at the start.
    private func repaint(_ words: String) async throws {
        try await window().rest()
        let terminal = try window().terminal
        try terminal.type("\u{1B}[2;33R")
        // Behind a key it has been taken: no drawing of it is left that could be taken for the one
        // of the whole screen.
        try window().press("k")
        try await window().rest()
        let start = terminal.output.count
        try window().press("ctrl-l")
        try await window().rest()
        let sent = terminal.output.count - start
        guard sent > Self.frame, sent <= (try number(words)) else {
            throw Failure(description: "the screen took \(sent) bytes")
        }
    }

    func signal(named name: String) throws -> Int32 {
        let known = [
            "TERM": SIGTERM, "HUP": SIGHUP, "INT": SIGINT, "STOP": SIGSTOP, "CONT": SIGCONT,
            "KILL": SIGKILL,
        ]
        guard let number = known[name] else {
            throw Failure(description: "no signal is called \(name)")
        }
        return number
    }

    /// What a person's eyes see: `see`, `see at LINE`, `later`, `gone`, `keep`, `ends`, `left`.
    func look(_ step: Story.Step) async throws -> Bool {
        switch step.verb {
        case "see": try await see(filled(step.words))
        case "later":
            // What only time brings; everything else has to come sooner.
            try await window().expect(step.words, deadline: .seconds(120)) { lines in
                lines.contains { $0.shows(step.words) }
            }
        case "gone":
            let text = filled(step.words)
            try await window().expect("no \"\(text)\"") { lines in
                !lines.contains { $0.shows(text) }
            }
        case "keep":
            let parts = step.words.split(separator: " ", maxSplits: 1).map(String.init)
            try keep(parts[0], try Regex(parts[1]))
        case "ends":
            let ending = try await window().terminal.exit(deadline: Self.patience)
            guard ending == .status(Int32(try number(step.words))) else {
                throw Failure(description: "ended with \(ending)")
            }
            try await expectRestored()
        default: return false
        }
        return true
    }

    private func see(_ text: String) async throws {
        guard text.hasPrefix("at ") else {
            return try await window().expect("\"\(text)\"") { lines in
                lines.contains { $0.shows(text) }
            }
        }
        let parts = text.split(separator: " ", maxSplits: 2).map(String.init)
        let line = try number(parts[1])
        try await window().expect("\"\(parts[2])\" in line \(line)") { lines in
            lines.indices.contains(line) && lines[line].shows(parts[2])
        }
    }

    /// Keeps what a pattern's first group finds on the screen, or else in what a command wrote.
    private func keep(_ name: String, _ pattern: Regex<AnyRegexOutput>) throws {
        let terminal = windows[shown]?.terminal
        let drawn = terminal.map { String(decoding: $0.output, as: UTF8.self) } ?? ""
        let lines = terminal?.screen.lines.joined(separator: "\n") ?? ""
        for text in [lines, said, drawn] {
            guard let match = try pattern.firstMatch(in: text) else { continue }
            kept[name] = match.output.count > 1 ? String(match.output[1].substring ?? "") : ""
            return
        }
        throw Failure(description: "nothing matches in\n\(lines)\n\(said)")
    }

    private func expectRestored() async throws {
        let terminal = try window().terminal
        guard hungUp.contains(shown) || terminal.isRestored else {
            throw Failure(description: "the terminal was left with \(terminal.screen.modes)")
        }
        guard terminal.screen.unknown.isEmpty else {
            throw Failure(description: "no terminal knows \(terminal.screen.unknown)")
        }
        let left = try await terminal.left()
        guard left.isEmpty else {
            throw Failure(description: "the processes \(left) were left")
        }
    }
}

extension String {
    /// Whether it holds a text; a number at its start is a whole one: "41 tenants" holds no
    /// "1 tenant".
    fileprivate func shows(_ text: String) -> Bool {
        guard text.first?.isWholeNumber == true else { return contains(text) }
        return ranges(of: text).contains { range in
            range.lowerBound == startIndex || !self[index(before: range.lowerBound)].isWholeNumber
        }
    }
}
