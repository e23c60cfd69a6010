import Support
import Terminal
import Testing

@testable import Ncurses

/// Answers of the terminal, which must never become keys.
struct AnswerTests {
    private static let white = Color.rgb(red: 255, green: 255, blue: 255)
    private static let answer = "\u{1B}]11;rgb:ffff/ffff/ffff"

    private func key(_ name: String) throws -> InputEvent { .key(try KeyEvent(parsing: name)) }

    @Test(arguments: ["\u{7}", "\u{1B}\\"])
    func `the colour behind the text is understood, however it is cut`(end: String) throws {
        let bytes = Array("j\(Self.answer)\(end)k".utf8)
        let expected = try [key("j"), .report(.background(Self.white)), key("k")]
        for cut in 1..<bytes.count {
            var decoder = InputDecoder()
            let events = decoder.feed(bytes[..<cut]) + decoder.feed(bytes[cut...])
            #expect(events == expected, "cut at \(cut)")
        }
        var decoder = InputDecoder()
        let events = bytes.flatMap { decoder.feed([$0]) }
        #expect(events == expected)
    }

    @Test(arguments: [
        "rgb:zz/ff/ff", "rgb:ff/ff", "rgb:fffff/ff/ff", "", "hello world", "?", "rgb:ff/ff/ff/ff",
    ])
    func `an answer that is none is dropped whole`(body: String) throws {
        var decoder = InputDecoder()
        let events = decoder.feed(Array("\u{1B}]11;\(body)\u{7}x".utf8))
        #expect(try events == [key("x")])
    }

    @Test func `an answer that is broken off is dropped after a pause`() throws {
        var decoder = InputDecoder()
        #expect(decoder.feed(Array(Self.answer.utf8)) == [])
        #expect(decoder.pause == 500)
        #expect(decoder.flush() == [])
        #expect(decoder.pause == nil)
        #expect(try decoder.feed([0x78]) == [key("x")])
    }

    @Test func `a key behind an answer that is broken off is a key`() throws {
        var decoder = InputDecoder()
        #expect(decoder.feed(Array("\u{1B}]11;rgb:ff".utf8)) == [])
        #expect(try decoder.feed([0x71]) == [key("q")])
        var other = InputDecoder()
        #expect(other.feed(Array("\u{1B}]11;rgb:ff".utf8)) == [])
        #expect(try other.feed(Array("\u{1B}[A".utf8)) == [key("up")])
    }

    @Test func `an answer whose escape came long before the rest is dropped`() throws {
        var decoder = InputDecoder()
        #expect(decoder.feed([0x1B]) == [])
        #expect(try decoder.flush() == [key("esc")])
        let rest = decoder.feed(Array("]11;rgb:ff/ff/ff\u{7}j".utf8))
        #expect(try rest == [.report(.background(Self.white)), key("j")])
    }

    @Test func `a sign of life that is awaited may come in pieces over a slow line`() throws {
        let bytes = Array("\u{1B}[0n".utf8)
        for cut in 1..<bytes.count {
            var decoder = InputDecoder()
            decoder.awaitsAnswer = true
            #expect(decoder.feed(bytes[..<cut]) == [])
            #expect(try #require(decoder.pause) > 25, "cut at \(cut)")
            #expect(try decoder.feed(bytes[cut...] + [0x78]) == [.report(.alive), key("x")])
        }
    }

    @Test func `a sign of life whose escape came long before the rest is no typing`() throws {
        var decoder = InputDecoder()
        decoder.awaitsAnswer = true
        #expect(decoder.feed([0x1B]) == [])
        #expect(try decoder.flush() == [key("esc")])
        #expect(decoder.feed(Array("[0n".utf8)) == [.report(.alive)])
    }

    @Test func `escape reacts at once while nothing is awaited`() {
        var decoder = InputDecoder()
        #expect(decoder.feed([0x1B]) == [])
        #expect(decoder.pause == 25)
    }

    @Test func `an endless answer ends by itself`() throws {
        var decoder = InputDecoder()
        _ = decoder.feed(Array("\u{1B}]11;".utf8) + [UInt8](repeating: 0x66, count: 4_000))
        _ = decoder.flush()
        #expect(try decoder.feed([0x78]) == [key("x")])
    }

    @Test func `versions and attributes are no keys, and a sign of life is told`() throws {
        var decoder = InputDecoder()
        let text = "\u{1B}P>|XTerm(379)\u{1B}\\\u{1B}[?62;52;c\u{1B}[?2026;2$y\u{1B}[0nx"
        #expect(try decoder.feed(Array(text.utf8)) == [.report(.alive), key("x")])
    }

    @Test func `alt with a bracket stays a key`() throws {
        var decoder = InputDecoder()
        #expect(decoder.feed(Array("\u{1B}]".utf8)) == [])
        #expect(try decoder.flush() == [key("alt-]")])
        #expect(try decoder.feed(Array("\u{1B}Px".utf8)) == [key("alt-P"), key("x")])
    }

    @Test func `the mouse is told, and what is no press is not`() {
        func mouse(_ text: String) -> [InputEvent] {
            var decoder = InputDecoder()
            return decoder.feed(Array(text.utf8))
        }
        #expect(mouse("\u{1B}[<0;10;5M") == [.mouse(MouseEvent(.press, at: Point(x: 9, y: 4)))])
        #expect(mouse("\u{1B}[<64;1;1M") == [.mouse(MouseEvent(.wheelUp, at: Point(x: 0, y: 0)))])
        #expect(mouse("\u{1B}[<65;1;1M") == [.mouse(MouseEvent(.wheelDown, at: Point(x: 0, y: 0)))])
        for text in ["0;10;5m", "2;1;1M", "0;0;0M", "0;1M", "0;99999;1M"] {
            #expect(mouse("\u{1B}[<\(text)") == [], "\(text)")
        }
    }

    @Test func `where the cursor stands tells what the terminal does`() throws {
        func events(_ text: String) -> [InputEvent] {
            var decoder = InputDecoder()
            return decoder.feed(Array(text.utf8))
        }
        func habits(_ repeats: Bool, _ tabs: Bool) -> [InputEvent] {
            [.report(.habits(TerminalHabits(repeats: repeats, tabs: tabs)))]
        }
        #expect(events("\u{1B}[2;33R") == habits(true, true))
        #expect(events("\u{1B}[2;10R") == habits(true, false))
        #expect(events("\u{1B}[2;25R") == habits(false, false))
        // Stops in each fourth column, with and without a repetition before them.
        #expect(events("\u{1B}[2;21R") == habits(false, false))
        #expect(events("\u{1B}[2;13R") == habits(false, false))
        // F3 with shift is still a key.
        #expect(try events("\u{1B}[1;2R") == [key("shift-f3")])
        #expect(HabitProbe.answers(in: Array("j\u{1B}[2;33R\u{1B}[2;\u{1B}[0n".utf8)) == 1)
    }

    @Test(arguments: [("\u{1B}[2;33R", true), ("\u{1B}[2;25R", false)])
    func `runs are shortened for a terminal that has shown that it repeats`(
        answer: String,
        isShort: Bool
    ) async throws {
        let terminal = try Probe.start()
        try await terminal.expect("event: none")
        #expect(
            String(decoding: terminal.output, as: UTF8.self).contains("\u{1B}[8b\t\t\t\u{1B}[6n")
        )
        try terminal.type(answer)
        // A box in the middle of the screen, whose border is a run.
        try terminal.type("b")
        try await terminal.expect("event: key b")
        let text = String(decoding: terminal.output, as: UTF8.self)
        #expect(text.contains("─\u{1B}[37b") == isShort)
        #expect(text.contains(String(repeating: "─", count: 38)) == !isShort)
        try terminal.type("q")
    }

    @Test func `an interview reads what a terminal says of itself`() {
        let text =
            "\u{1B}]11;rgb:0000/0000/0000\u{1B}\\\u{1B}P>|foot(1.16)\u{1B}\\\u{1B}[?2026;2$y"
            + "\u{1B}[?2004;0$y\u{1B}[8;3$y\u{1B}[?62;22;52c\u{1B}[0n"
        let interview = TerminalInterview(answers: Array(text.utf8))
        #expect(interview.name == "foot(1.16)")
        #expect(interview.synchronizedOutput == .yes)
        #expect(interview.bracketedPaste == .no)
        #expect(interview.explicitOrder == .yes)
        #expect(interview.clipboard == .yes)
        #expect(interview.background?.isLight == false)
        let silent = TerminalInterview(answers: [])
        #expect(!silent.answers && silent.synchronizedOutput == .unknown)
    }

    @Test func `the probe asks, and late, cut and wrong answers leave its keys alone`() async throws
    {
        let terminal = try Probe.start()
        try await terminal.expect("event: none")
        try terminal.type("?")
        try await terminal.wait(for: "the questions") { _ in
            String(decoding: terminal.output, as: UTF8.self).contains("\u{1B}]11;?\u{7}\u{1B}[5n")
        }
        try terminal.type("\u{1B}]11;rgb:ffff/")
        try terminal.type("ffff/ffff\u{1B}\\")
        try await terminal.expect("event: report background")
        try terminal.type("\u{1B}]11;nonsense\u{7}\u{1B}[0n")
        try await terminal.expect("event: report alive")
        try terminal.type("\u{1B}]11;rgb:ff")
        // A key is a key again once the rest has been waited for; a program that gets no turn waits
        // for longer than the test.
        var tries = 0
        repeat {
            tries += 1
            _ = try await terminal.settle(quiet: 700)
            try terminal.type("j")
            _ = try await terminal.settle(quiet: 100)
        } while tries < 20 && !terminal.screen.lines.contains { $0.contains("event: key j") }
        try await terminal.expect("event: key j")
        try terminal.type("q")
        #expect(try await terminal.exit() == .status(0))
        #expect(terminal.isCooked)
    }

    @Test(arguments: ["linux", "vt100", "dumb", "no-such-terminal"])
    func `only terminals that swallow the question are asked`(term: String) async throws {
        let terminal = try Probe.start(["TERM": term])
        try await terminal.expect("event: none")
        try terminal.type("?j")
        try await terminal.expect("event: key j")
        let text = String(decoding: terminal.output, as: UTF8.self)
        #expect(!text.contains("\u{1B}]11;"))
    }

    @Test func `the mouse is off until it is asked for, and off at the end`() async throws {
        let terminal = try Probe.start()
        try await terminal.expect("event: none")
        #expect(!terminal.screen.modes.contains(1_000))
        try terminal.type("m")
        try await terminal.wait(for: "the mouse") { $0.modes.isSuperset(of: [1_000, 1_006]) }
        try terminal.type("\u{1B}[<0;3;2M")
        try await terminal.expect("event: mouse press 2,1")
        try terminal.type("q")
        #expect(try await terminal.exit() == .status(0))
        #expect(terminal.screen.modes.isDisjoint(with: [1_000, 1_006]))
    }
}

struct ClipboardSequenceTests {
    @Test func `a text goes as base64`() {
        #expect(ClipboardSequence.text("hé", environment: [:]) == "\u{1B}]52;c;aMOp\u{7}")
    }

    @Test func `tmux passes on what is wrapped for it`() {
        let text = ClipboardSequence.text("a", environment: ["TMUX": "/tmp/x,1,0"])
        #expect(text == "\u{1B}Ptmux;\u{1B}\u{1B}]52;c;YQ==\u{7}\u{1B}\\")
    }

    @Test func `screen gets pieces that it takes`() throws {
        let text = String(repeating: "x", count: 3_000)
        let sequence = try #require(ClipboardSequence.text(text, environment: ["STY": "1.pts"]))
        let pieces = sequence.split(separator: "\u{1B}\\").map(String.init)
        #expect(pieces.count > 1)
        #expect(pieces.allSatisfy { $0.hasPrefix("\u{1B}P") && $0.utf8.count <= 768 })
        let joined = pieces.map { $0.dropFirst(2) }.joined()
        #expect(joined == ClipboardSequence.text(text, environment: [:]))
    }

    @Test func `what terminals would drop is refused`() {
        let limit = ClipboardSequence.limit / 4 * 3
        let most = String(repeating: "x", count: limit)
        #expect(ClipboardSequence.text(most, environment: [:]) != nil)
        #expect(ClipboardSequence.text(most + "xxx", environment: [:]) == nil)
    }
}
