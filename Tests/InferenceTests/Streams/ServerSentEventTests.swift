import Inference
import Testing

@Suite struct ServerSentEventTests {
    private func events(
        _ text: String,
        limit: Int = ServerSentEvents.largest
    ) throws -> [[String]] {
        try events(Array(text.utf8), limit: limit)
    }

    private func events(
        _ bytes: [UInt8],
        limit: Int = ServerSentEvents.largest
    ) throws
        -> [[String]]
    {
        var parser = ServerSentEvents(limit: limit)
        var events: [ServerSentEvents.Event] = []
        try parser.feed(bytes, into: &events)
        return events.map { [$0.name, String(decoding: $0.data, as: UTF8.self)] }
    }

    @Test(arguments: [
        ("data: a\n\n", [["", "a"]]),
        ("data:a\n\ndata:  b\n\n", [["", "a"], ["", " b"]]),
        ("data: a\r\n\r\n", [["", "a"]]),
        ("data: a\r\r", [["", "a"]]),
        ("data: a\r\n\ndata: b\r\r\n", [["", "a"], ["", "b"]]),
        ("data: a\ndata: b\n\n", [["", "a\nb"]]),
        ("data\n\n", [["", ""]]),
        ("data:\ndata:\n\n", [["", "\n"]]),
        ("event: ping\ndata: {}\n\n", [["ping", "{}"]]),
        ("event: ping\n\ndata: a\n\n", [["", "a"]]),
        (": a comment\ndata: a\n: another\n\n", [["", "a"]]),
        (":\n\n:\n\n", []),
        ("id: 7\nretry: 10\nunknown: x\ndata: a\n\n", [["", "a"]]),
        ("\u{FEFF}data: a\n\n", [["", "a"]]),
        ("data: a\n\n\u{FEFF}data: b\n\n", [["", "a"]]),
        ("data: no end", []),
        ("data: no blank line\n", []),
        ("\n\n\n", []),
        ("datax: a\n\n", []),
    ])
    func `a stream is read as the standard says`(text: String, expected: [[String]]) throws {
        #expect(try events(text) == expected)
    }

    @Test func `bytes that are no UTF-8 are replaced`() throws {
        let found = try events(Array("data: a".utf8) + [0xFF, 0xC3] + Array("b\n\n".utf8))
        #expect(found == [["", "a\u{FFFD}\u{FFFD}b"]])
    }

    @Test(arguments: 1...24)
    func `where bytes are split changes nothing`(size: Int) throws {
        let text =
            "\u{FEFF}event: one\r\ndata: a😀\r\n\r\n: c\rdata: b\r\rdata: c\ndata: d\n\n\r\ndata:e\n\n"
        let bytes = Array(text.utf8)
        var parser = ServerSentEvents()
        var found: [ServerSentEvents.Event] = []
        for start in stride(from: 0, to: bytes.count, by: size) {
            try parser.feed(Array(bytes[start..<min(start + size, bytes.count)]), into: &found)
        }
        let names = found.map { [$0.name, String(decoding: $0.data, as: UTF8.self)] }
        #expect(names == [["one", "a😀"], ["", "b"], ["", "c\nd"], ["", "e"]])
    }

    @Test(arguments: [
        "data: 0123456789abcdef",
        "data: 0123456\ndata: 0123456\n",
        ": a comment without an end",
    ])
    func `an event beyond the bound is refused`(text: String) {
        #expect(throws: ServerSentEvents.Overflow.self) { try events(text, limit: 16) }
    }

    @Test func `what came before an event that is too large is kept`() {
        var parser = ServerSentEvents(limit: 16)
        var found: [ServerSentEvents.Event] = []
        #expect(throws: ServerSentEvents.Overflow.self) {
            try parser.feed(Array("data: a\n\ndata: 0123456789abcdef".utf8), into: &found)
        }
        #expect(found == [ServerSentEvents.Event(name: "", data: Array("a".utf8))])
    }

    @Test func `many events within the bound each are not too large together`() throws {
        let text = String(repeating: "data: 012345\n\n", count: 100)
        #expect(try events(text, limit: 16).count == 100)
    }
}
