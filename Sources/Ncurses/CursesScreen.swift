internal import CNcurses
internal import Glibc
internal import Terminal

/// ncurses painting into a memory file: frames go in, the bytes of the difference come out.
final class CursesScreen {
    /// The colours that the terminal's description promises.
    let colorDepth: ColorDepth

    /// The name of the description in use, which is not `$TERM` when that one is unknown.
    let term: String

    private let memory: Int32
    private let screen: OpaquePointer
    private let files: (output: UnsafeMutablePointer<FILE>, input: UnsafeMutablePointer<FILE>)
    private let cells: CursesCells
    private var shown: Frame

    /// Nil for terminals without colours: they may be old enough not to know all of its numbers.
    private var filter: StyleFilter?
    private var moves: MoveFilter?

    /// Nil where the description has other sequences than `Repaint` writes.
    private var repaint: Repaint.Forms?
    /// Whether the next frame is painted whole.
    private var isCleared = true

    /// Descriptions to try when the terminal's own is missing, the likeliest first.
    static let fallbacks = ["xterm-256color", "xterm", "vt100", "ansi"]

    init(term wanted: String, isUTF8: Bool, size: Size) throws(NcursesError) {
        memory = cncurses_memory_file()
        guard memory >= 0 else { throw .system(what: "memfd_create", code: errno) }
        guard let output = fdopen(dup(memory), "w"), let input = fopen("/dev/null", "re") else {
            throw .system(what: "fdopen", code: errno)
        }
        files = (output, input)
        guard let (name, screen) = Self.start(wanted, output, input) else {
            throw .noDescription(term: wanted)
        }
        term = name
        self.screen = screen
        let hasColors = has_colors() && start_color() == OK
        let hasDefaults = hasColors && use_default_colors() == OK
        colorDepth = hasColors ? ColorDepth(colors: Int(cncurses_colors())) : .none
        cells = CursesCells(isUTF8: isUTF8, hasColors: hasColors, hasDefaults: hasDefaults)
        shown = Frame(size: size)
        let isECMA48 = Self.string("cup")?.hasPrefix("\u{1B}[") == true
        filter = hasColors && isECMA48 ? StyleFilter() : nil
        moves = isECMA48 ? Self.moveFilter() : nil
        repaint = hasColors && isECMA48 ? Self.repaintForms() : nil
        set_escdelay(25)
        typeahead(-1)
        nonl()
        leaveok(cncurses_screen(), false)
        idlok(cncurses_screen(), true)
        resizeterm(Int32(size.rows), Int32(size.columns))
        wrefresh(cncurses_screen())
        _ = takeBytes()
        invalidate()
    }

    deinit {
        delscreen(screen)
        fclose(files.output)
        fclose(files.input)
        close(memory)
    }

    /// Starts curses with the wanted description or the first that works.
    ///
    /// One without cursor
    /// movement (`dumb`) is taken for a VT100, which such a terminal almost always is.
    private static func start(
        _ wanted: String,
        _ output: UnsafeMutablePointer<FILE>,
        _ input: UnsafeMutablePointer<FILE>
    ) -> (String, OpaquePointer)? {
        var names = wanted.isEmpty ? fallbacks : [wanted] + fallbacks
        var status: Int32 = 0
        if setupterm(wanted, fileno(output), &status) == OK, string("cup") == nil {
            names = ["vt100", "ansi"] + fallbacks
        }
        for name in names {
            if let screen = newterm(name, output, input) { return (name, screen) }
        }
        return nil
    }

    /// A string of the terminal's description without its padding.
    static func string(_ capability: String) -> String? {
        guard let value = cncurses_string(capability) else { return nil }
        var text = ""
        var rest = Substring(String(cString: value))
        while let start = rest.firstRange(of: "$<") {
            text += rest[..<start.lowerBound]
            guard let end = rest[start.upperBound...].firstIndex(of: ">") else { break }
            rest = rest[rest.index(after: end)...]
        }
        return text + rest
    }

    /// Paints a frame and gives the bytes that turn the last one into it.
    func paint(_ frame: Frame) -> [UInt8] {
        let window = cncurses_screen()
        if frame.size != shown.size {
            resizeterm(Int32(frame.size.rows), Int32(frame.size.columns))
            clearok(cncurses_shown(), true)
            shown = Frame(size: frame.size)
            werase(window)
            isCleared = true
        }
        for y in 0..<frame.size.rows where frame.row(y) != shown.row(y) {
            let row = cells.row(frame.row(y))
            wmove(window, Int32(y), 0)
            row.withUnsafeBufferPointer {
                _ = wadd_wchnstr(window, $0.baseAddress, Int32($0.count))
            }
        }
        let wanted = frame.cursor ?? Point(x: 0, y: max(0, frame.size.rows - 1))
        let cursor = Point(
            x: min(max(wanted.x, 0), max(0, frame.size.columns - 1)),
            y: min(max(wanted.y, 0), max(0, frame.size.rows - 1))
        )
        wmove(window, Int32(cursor.y), Int32(cursor.x))
        wnoutrefresh(window)
        doupdate()
        shown = frame
        defer { isCleared = false }
        let before = filter?.look
        let bytes = takeBytes()
        return isCleared ? repainted(frame, cursor, from: before, insteadOf: bytes) : bytes
    }

    /// A whole frame in fewer bytes than ncurses has written, where that can be.
    private func repainted(
        _ frame: Frame,
        _ cursor: Point,
        from look: TerminalLook?,
        insteadOf bytes: [UInt8]
    ) -> [UInt8] {
        guard let repaint else { return bytes }
        let rows = (0..<frame.size.rows).map { cells.elements(frame.row($0)) }
        guard let own = Repaint.bytes(of: rows, cursor: cursor, from: look, repaint),
            own.bytes.count < bytes.count
        else { return bytes }
        filter?.adopt(own.look)
        return own.bytes
    }

    /// Makes the next frame a full repaint, because somebody else wrote on the screen.
    func invalidate() {
        clearok(cncurses_shown(), true)
        filter?.invalidate()
        isCleared = true
    }

    private func takeBytes() -> [UInt8] {
        let length = lseek(memory, 0, SEEK_CUR)
        guard length > 0 else { return [] }
        let bytes = [UInt8](unsafeUninitializedCapacity: length) { buffer, count in
            count = max(0, pread(memory, buffer.baseAddress, length, 0))
        }
        lseek(memory, 0, SEEK_SET)
        ftruncate(memory, 0)
        let styled = filter?.filter(bytes) ?? bytes
        return moves?.filter(styled) ?? styled
    }

    /// What the terminal's description has of the shorter forms.
    private static func moveFilter() -> MoveFilter {
        MoveFilter(
            MoveFilter.Forms(
                columns: string("hpa") == "\u{1B}[%i%p1%dG",
                distances: string("cuf") == "\u{1B}[%p1%dC",
                repeats: false
            )
        )
    }

    /// What the terminal's description has of what `Repaint` writes; nil where that is something
    /// else, or where colours take traits away.
    private static func repaintForms() -> Repaint.Forms? {
        let traits = ["bold": "1", "dim": "2", "smul": "4", "rev": "7"]
        let colors: [(name: String, few: String, many: String)] = [
            ("setaf", "3", "38"), ("setab", "4", "48"),
        ]
        guard traits.allSatisfy({ string($0.key) == "\u{1B}[\($0.value)m" }),
            colors.allSatisfy({ name, few, many in
                let text = string(name) ?? ""
                return text == "\u{1B}[\(few)%p1%dm"
                    || (text.hasPrefix("\u{1B}[%?%p1%{8}%<%t\(few)%p1%d%e%p1%{16}%<%t")
                        && text.hasSuffix("%e\(many);5;%p1%d%;m"))
            }),
            tigetflag("xenl") == 1, tigetnum("ncv") <= 0
        else { return nil }
        return Repaint.Forms(erasesInColor: tigetflag("bce") == 1)
    }

    /// Whether the terminal's description says that it repeats a character, and has a tab stop in
    /// each eighth column.
    static var promisesHabits: Bool {
        string("rep")?.hasSuffix("\u{1B}[%p2%{1}%-%db") == true && string("ht") == "\t"
            && tigetnum("it") == 8
    }

    /// Uses from now on what the terminal has shown that it does.
    func allow(_ habits: TerminalHabits) {
        if habits.repeats { moves?.allowRepeats() }
        repaint?.repeats = habits.repeats
        repaint?.tabs = habits.tabs
    }
}
