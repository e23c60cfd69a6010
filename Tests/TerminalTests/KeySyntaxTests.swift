import Terminal
import Testing

struct KeySyntaxTests {
    @Test(arguments: [
        ("ctrl-p", KeyEvent(.character("p"), .control)), ("f5", KeyEvent(.function(5))),
        ("enter", KeyEvent(.enter)), ("esc", KeyEvent(.escape)),
        ("shift-tab", KeyEvent(.tab, .shift)),
        ("alt-x", KeyEvent(.character("x"), .alt)), ("G", KeyEvent(.character("G"))),
        ("-", KeyEvent(.character("-"))), ("/", KeyEvent(.character("/"))),
        ("space", KeyEvent(.character(" "))), ("ctrl-alt-up", KeyEvent(.up, [.control, .alt])),
        ("PgDn", KeyEvent(.pageDown)), ("shift-g", KeyEvent(.character("G"))),
        ("ctrl-X", KeyEvent(.character("x"), .control)), ("é", KeyEvent(.character("é"))),
        ("ctrl-minus", KeyEvent(.character("-"), .control)),
    ])
    func `a key is read`(text: String, event: KeyEvent) throws {
        #expect(try KeyEvent(parsing: text) == event)
        #expect(try KeyEvent(parsing: event.description) == event)
    }

    @Test(arguments: [
        ("", "key '' is empty; write 'space' for the space bar"),
        ("hyper-x", "key 'hyper-x' has the unknown modifier 'hyper'; use ctrl, alt or shift"),
        ("ctrl-ctrl-x", "key 'ctrl-ctrl-x' names 'ctrl' twice"),
        ("f99", "key 'f99' must be between f1 and f24"),
        ("ctrl-i", "key 'ctrl-i' cannot be told from tab, enter or esc by a terminal"),
        (
            "entre",
            "key 'entre' names no key; write a character, f1 to f24, or one of: enter, esc, tab, "
                + "space, backspace, delete, insert, up, down, left, right, home, end, pageup, "
                + "pagedown, minus"
        ),
    ])
    func `a wrong key says what is wrong`(text: String, message: String) throws {
        let error = try #require(throws: KeySyntaxError.self) { try KeyEvent(parsing: text) }
        #expect(error.description == message)
    }

    @Test func `a chord is several keys`() throws {
        let chord = try KeyChord(parsing: "g  ctrl-p")
        #expect(chord.events.count == 2)
        #expect(chord.description == "g ctrl-p")
        #expect(chord.starts(with: [KeyEvent(.character("g"))]))
        #expect(throws: KeySyntaxError.self) { try KeyChord(parsing: " ") }
        #expect(throws: KeySyntaxError.self) { try KeyChord(parsing: "a b c d e") }
    }
}
