/// What is sent when the terminal is taken and when it is given back.
struct ControlSequences {
    let enter: [UInt8]
    let leave: [UInt8]
    let showCursor: [UInt8]
    let hideCursor: [UInt8]
    let beginFrame: [UInt8]
    let endFrame: [UInt8]
    let mouseOn: [UInt8]
    let mouseOff: [UInt8]
    private let isECMA48: Bool

    /// Reads the description that curses has loaded.
    ///
    /// Private modes are sent only to terminals of the ECMA-48 family, which ignore those that they
    /// do not know: bracketed paste (2004), synchronized output (2026), and explicit order of
    /// right-to-left text (mode 8), because the cells are in visual order already.
    init() {
        func string(_ name: String) -> String { CursesScreen.string(name) ?? "" }
        let isECMA48 = string("cup").hasPrefix("\u{1B}[")
        self.isECMA48 = isECMA48
        func mode(_ text: String) -> String { isECMA48 ? "\u{1B}[\(text)" : "" }
        enter = Array(
            (string("smcup") + string("smkx") + mode("8l") + mode("?2004h") + string("civis")).utf8
        )
        leave = Array(
            (mode("?2026l") + string("sgr0") + mode("?2004l") + mode("?1006l") + mode("?1000l")
                + mode("8h")
                + string("rmkx") + string("cnorm") + Self.departure(string("rmcup"))).utf8
        )
        showCursor = Array(string("cnorm").utf8)
        hideCursor = Array(string("civis").utf8)
        beginFrame = Array(mode("?2026h").utf8)
        endFrame = Array(mode("?2026l").utf8)
        mouseOn = Array((mode("?1000h") + mode("?1006h")).utf8)
        mouseOff = Array((mode("?1006l") + mode("?1000l")).utf8)
    }

    /// The bytes that ask; none for a terminal that might show them.
    ///
    /// The kernel's console and old hardware do not swallow the string of OSC 11, and nothing is
    /// known of a terminal whose own description is missing.
    func questions(_ questions: Set<TerminalQuestion>, term: String) -> [UInt8] {
        guard isECMA48, term != "dumb" else { return [] }
        var text = ""
        if questions.contains(.background), Self.families.contains(where: term.hasPrefix) {
            text += "\u{1B}]11;?\u{7}"
        }
        if questions.contains(.alive) { text += "\u{1B}[5n" }
        return Array(text.utf8)
    }

    /// The bytes that let the terminal show whether it repeats characters that are not ASCII and
    /// where its tabs stop; none where it has not promised both.
    func probe(term: String, isUTF8: Bool) -> [UInt8] {
        let isKnown = isECMA48 && Self.families.contains(where: term.hasPrefix)
        return isKnown && isUTF8 && CursesScreen.promisesHabits ? HabitProbe.question : []
    }

    /// The beginnings of the names of terminals that swallow strings which mean nothing to them.
    static let families = [
        "xterm", "tmux", "screen", "rxvt", "alacritty", "foot", "kitty", "vte", "wezterm",
    ]

    /// The length of the sequence or character byte that stands first.
    static func length(of bytes: ArraySlice<UInt8>) -> Int {
        let start = bytes.startIndex
        guard bytes[start] == 0x1B, bytes.count > 2 else { return 1 }
        if bytes[start + 1] == 0x28 { return 3 }
        guard bytes[start + 1] == 0x5B,
            let end = bytes[(start + 2)...].firstIndex(where: { (0x40...0x7E).contains($0) })
        else { return 1 }
        return end - start + 1
    }

    /// Without an alternate screen the shell's prompt goes on below what was drawn.
    private static func departure(_ rmcup: String) -> String {
        rmcup.isEmpty ? "\r\n" : rmcup
    }
}
