import Support
import Terminal
import Testing

struct RecordingTests {
    private func frame(_ size: Size, _ lines: [SafeText]) -> Frame {
        var frame = Frame(size: size)
        for (y, line) in lines.enumerated() {
            let style = Style(foreground: UInt8(y + 1), attributes: y == 0 ? .bold : [])
            frame.write(line, x: 0, y: y, style: style, clip: frame.bounds)
        }
        return frame
    }

    @Test func `what is recorded draws the frames again`() {
        let size = Size(columns: 30, rows: 4)
        var script = FrameScript()
        var feed = ScreenFeed(screen: VirtualScreen(size: size))
        let frames = [
            frame(size, ["one", "日本語 and more", "third"]), frame(size, ["two"]),
            frame(size, ["two", "", "دليل", "last line"]),
        ]
        for frame in frames {
            feed.feed(script.text(for: frame).utf8)
            #expect(feed.screen.lines == FrameText(frame).lines)
        }
        #expect(feed.screen.unknown == [])
        #expect(script.text(for: frames[2]) == "")
    }

    @Test func `another size is drawn whole`() {
        var script = FrameScript()
        _ = script.text(for: frame(Size(columns: 30, rows: 4), ["one"]))
        let larger = frame(Size(columns: 40, rows: 5), ["one"])
        var feed = ScreenFeed(screen: VirtualScreen(size: larger.size))
        feed.feed(script.text(for: larger).utf8)
        #expect(feed.screen.lines == FrameText(larger).lines)
    }

    @Test func `what is written can be read`() throws {
        let header = CastHeader(size: Size(columns: 80, rows: 24), timestamp: 1_772_446_440)
        let events = [
            CastEvent(time: 0, kind: .output("\u{1B}[1m\"quoted\\\" é日\u{7}\u{9B}")),
            CastEvent(time: 1.25, kind: .resize(Size(columns: 100, rows: 20))),
            CastEvent(time: 3_600.000001, kind: .output("end")),
        ]
        let cast = try Cast(parsing: header.line + events.map(\.line).joined())
        #expect(cast.header == header)
        #expect(cast.events == events)
        #expect(cast.largest == Size(columns: 100, rows: 24))
    }

    @Test func `input and marks of other recorders are left out`() throws {
        let text =
            "{\"version\":2,\"width\":8,\"height\":2}\n[0.1,\"i\",\"q\"]\n[0.2,\"o\",\"x\"]\n\n"
        let cast = try Cast(parsing: text)
        #expect(cast.events == [CastEvent(time: 0.2, kind: .output("x"))])
    }

    @Test(arguments: [
        ("", "line 1 is missing: the file is empty"),
        ("hello", "line 1 is no header of an asciicast"),
        (
            "{\"version\":1,\"width\":8,\"height\":2}",
            "line 1 says version 1; version 2 can be played"
        ),
        (
            "{\"version\":2,\"width\":0,\"height\":2}",
            "line 1 needs a width and a height of 1 to 1,000"
        ),
        (
            "{\"version\":2,\"width\":8,\"height\":2}\n[1]",
            "line 2 is no event such as [1.5, \"o\", \"text\"]"
        ),
        (
            "{\"version\":2,\"width\":8,\"height\":2}\n[1,\"o\",\"a\"]\nnonsense",
            "line 3 is no event such as [1.5, \"o\", \"text\"]"
        ),
        (
            "{\"version\":2,\"width\":8,\"height\":2}\n[2,\"o\",\"a\"]\n[1,\"o\",\"a\"]",
            "line 3 goes back in time"
        ),
        (
            "{\"version\":2,\"width\":8,\"height\":2}\n[2,\"r\",\"9x99999\"]",
            "line 2 has a size that is none"
        ),
        (
            "{\"version\":2,\"width\":8,\"height\":2}\n[1e300,\"o\",\"a\"]",
            "line 2 has a time that is none"
        ),
    ])
    func `a wrong file is named with its line`(text: String, sentence: String) throws {
        let error = try #require(throws: CastError.self) { try Cast(parsing: text) }
        #expect(error.description == sentence)
    }

    @Test(arguments: [
        ("plain é日\r\n", "plain é日\r\n"), ("\u{1B}[1;31mred\u{1B}[0m", "\u{1B}[1;31mred\u{1B}[0m"),
        ("\u{1B}[2;5H\u{1B}[K\u{1B}[?25l", "\u{1B}[2;5H\u{1B}[K\u{1B}[?25l"),
        ("a\u{1B}]52;c;ZXZpbA==\u{7}b", "ab"), ("a\u{1B}]0;title\u{1B}\\b", "ab"),
        ("a\u{1B}P+q544e\u{1B}\\b", "ab"), ("a\u{1B}[6nb\u{1B}[cc\u{1B}[>qd", "abcd"),
        ("a\u{1B}[?1000hb\u{1B}[?2004hc", "abc"), ("a\u{1B}cb\u{1B}=c", "abc"),
        ("a\u{7}\u{5}b\u{9B}31mc", "ab31mc"), ("a\u{202E}b", "ab"),
        ("a\u{1B}[999999999Sb", "ab"), ("a\u{1B}_Gfile\u{1B}\\b", "ab"),
        ("a\u{1B}]0;x\u{1B}[6nb", "ab"),
    ])
    func `only what draws is played`(recorded: String, played: String) {
        var filter = PlaybackFilter()
        #expect(filter.filter(recorded) == played)
        // The same cut anywhere.
        let scalars = Array(recorded.unicodeScalars)
        for cut in 1..<scalars.count {
            var filter = PlaybackFilter()
            let halves = [scalars[..<cut], scalars[cut...]].map { part in
                var text = String.UnicodeScalarView()
                text.append(contentsOf: part)
                return String(text)
            }
            let both = Array(halves.map { filter.filter($0) }.joined().unicodeScalars)
            #expect(both == Array(played.unicodeScalars))
        }
    }
}
