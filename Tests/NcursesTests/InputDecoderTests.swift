import Terminal
import Testing

@testable import Ncurses

struct InputDecoderTests {
    private func decode(_ text: String) -> [InputEvent] {
        var decoder = InputDecoder()
        return decoder.feed(Array(text.utf8)) + decoder.flush()
    }

    private func keys(_ names: String...) throws -> [InputEvent] {
        try names.map { .key(try KeyEvent(parsing: $0)) }
    }

    @Test func `keys of several terminals are understood`() throws {
        #expect(try decode("\u{1B}[A\u{1B}OA\u{1B}[1;5C") == keys("up", "up", "ctrl-right"))
        #expect(try decode("\u{1B}[[A\u{1B}OP\u{1B}[11~") == keys("f1", "f1", "f1"))
        #expect(try decode("\u{1B}[1~\u{1B}[7~\u{1B}[H") == keys("home", "home", "home"))
        #expect(try decode("\u{1B}[3;2~\u{1B}[Z") == keys("shift-delete", "shift-tab"))
        #expect(try decode("\u{1B}[97;5u\u{1B}[27u") == keys("ctrl-a", "esc"))
    }

    @Test func `every split of a sequence means the same`() throws {
        let bytes = Array("a\u{1B}[1;5Cé日\u{1B}[200~x\u{1B}y\u{1B}[201~b".utf8)
        var whole = InputDecoder()
        let expected = whole.feed(bytes)
        #expect(expected.count == 6)
        for cut in 1..<bytes.count {
            var decoder = InputDecoder()
            #expect(decoder.feed(bytes[..<cut]) + decoder.feed(bytes[cut...]) == expected)
        }
    }

    @Test func `a lone escape waits for the pause`() throws {
        var decoder = InputDecoder()
        #expect(decoder.feed([0x1B]) == [])
        #expect(decoder.pause == 25)
        #expect(try decoder.flush() == keys("esc"))
        #expect(decoder.pause == nil)
        #expect(try decode("\u{1B}\u{1B}") == keys("esc", "esc"))
        #expect(try decode("\u{1B}[") == keys("alt-["))
    }

    @Test func `a paste is one event and limited`() {
        var decoder = InputDecoder()
        _ = decoder.feed(Array("\u{1B}[200~".utf8))
        #expect(decoder.feed([UInt8](repeating: 0x61, count: InputDecoder.pasteLimit + 9)) == [])
        let events = decoder.feed(Array("\u{1B}[201~q".utf8))
        #expect(events.count == 2)
        guard case .paste(let text) = events.first else {
            Issue.record("no paste")
            return
        }
        #expect(text.utf8.count == InputDecoder.pasteLimit)
    }

    @Test func `bytes that mean nothing are dropped`() throws {
        var decoder = InputDecoder()
        #expect(try decoder.feed([0xFF, 0xC0, 0x80, 0x78]) == keys("x"))
        #expect(try decode("\u{1B}[<3;1;1mx\u{1B}[?1;2cx") == keys("x", "x"))
        #expect(decoder.feed([UInt8](repeating: 0x1B, count: 1_000)).count == 999)
    }

    @Test func `no input can make the decoder fail`() {
        var generator = Dice(state: 1)
        let alphabet: [UInt8] = Array("\u{1B}[[OO;;0129~~AZuM\u{7F}é日".utf8) + [0xFF, 0x00, 0xC3]
        var decoder = InputDecoder()
        for _ in 0..<2_000 {
            let bytes = (0..<40).compactMap { _ in alphabet.randomElement(using: &generator) }
            _ = decoder.feed(bytes)
            _ = decoder.flush()
        }
        _ = decoder.feed(Array("\u{1B}[201~".utf8))
        _ = decoder.flush()
        #expect(decoder.feed([0x78]) == [.key(KeyEvent(.character("x")))])
    }
}

/// The same numbers in every run.
private struct Dice: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ (state >> 33)
    }
}
