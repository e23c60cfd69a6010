import Domain
import Terminal

/// The keys of the screen, one a line, scrolled and searched.
struct KeysHelp: Hashable, Sendable {
    private(set) var scroll = ScrollPosition()
    private(set) var search: TextSearch?
    /// The words of a search while they are typed.
    private(set) var typing: FindLine?
    /// What was searched for in vain.
    private var missed: SafeText?

    /// Handles a key like a pager; false when help is to be closed.
    mutating func press(_ key: KeyEvent, console: Console) -> Bool {
        if let line = typing {
            type(key, in: line, console: console)
            return true
        }
        let isBlank = key == KeyEvent(.character(" "))
        if let move = isBlank ? .pageDown : Table<Int>.usualKeys[key] {
            let page = Page(console)
            scroll.move(move, of: page.lines.count, height: page.inside.height)
            return true
        }
        return pressToSearch(key, console: console)
    }

    /// Handles the keys of a search, which are those of texts; false for any other key.
    private mutating func pressToSearch(_ key: KeyEvent, console: Console) -> Bool {
        let keymap = console.surroundings.settings.keymap
        missed = nil
        if keymap.isKey(key, of: "find") {
            typing = FindLine()
        } else if search != nil, keymap.isKey(key, of: "find-next") {
            go(1, console)
        } else if search != nil, keymap.isKey(key, of: "find-previous") {
            go(-1, console)
        } else {
            let isSearching = search != nil
            search = nil
            return isSearching && key == KeyEvent(.escape)
        }
        return true
    }

    private mutating func type(_ key: KeyEvent, in open: FindLine, console: Console) {
        var line = open
        let step = line.press(key)
        typing = step == .stay ? line : nil
        guard case .find(let words) = step else { return }
        if !words.isEmpty { search = TextSearch(words) }
        go(1, console)
    }

    private mutating func go(_ step: Int, _ console: Console) {
        guard var search else { return }
        let page = Page(console)
        let height = page.inside.height
        let first = scroll.first(of: page.lines.count, height: height)
        if let line = search.go(step, in: page.lines, from: first) {
            scroll.reveal(line, of: page.lines.count, height: height)
            self.search = search
        } else {
            missed = search.missed
            self.search = nil
        }
    }

    mutating func paste(_ text: String) -> Bool {
        guard typing != nil else { return false }
        typing?.paste(text)
        return true
    }

    /// The lines as they are said and broken for the screen.
    private struct Page {
        let area: Rect
        let inside: Rect
        let lines: [TextLine]

        init(_ console: Console) {
            var frame = Frame(size: console.size)
            frame.tongue = console.surroundings.settings.tongue
            area = Chrome(size: console.size).bounds.inset(columns: 2)
                .centered(columns: 100, rows: console.size.rows)
            inside = area.inset(columns: 2, rows: 1)
            lines = KeysHelp.lines(for: console, frame, width: inside.width)
                .map { $0.said(by: frame) }
        }
    }

    func draw(into frame: inout Frame, console: Console) {
        let styles = console.surroundings.styles
        let page = Page(console)
        let (area, inside) = (page.area, page.inside)
        frame.fill(area, style: styles[.text])
        frame.box(area, style: styles[.focusedBorder], title: "Keys", titleStyle: styles[.title])
        let first = scroll.first(of: page.lines.count, height: inside.height)
        let shown = first..<first + inside.height
        frame.write(page.lines, shown: shown, in: inside, search, styles: styles)
        let below = page.lines.count - first - inside.height
        if below > 0 {
            let more = SafeText(" ↓ \(below) ")
            let place = Point(x: area.maxX - more.width - 2, y: area.maxY - 1)
            frame.write(more, x: place.x, y: place.y, style: styles[.muted], clip: area)
        }
        frame.cursor = Point(x: inside.x, y: inside.y)
        drawSearch(into: &frame, below: inside, styles)
    }

    /// The words that are typed, or at which hit one is, in the lower border.
    private func drawSearch(into frame: inout Frame, below inside: Rect, _ styles: StyleSheet) {
        let row = Rect(x: inside.x, y: inside.maxY, width: inside.width - 8, height: 1)
        if let typing {
            frame.write("/", x: row.x, y: row.y, style: styles[.key], clip: row)
            let field = Rect(x: row.x + 1, y: row.y, width: row.width - 1, height: 1)
            typing.field.draw(into: &frame, in: field, styles: styles)
        } else if let told = missed ?? search?.told {
            let text = frame.say(told).truncated(to: max(0, row.width - 2))
            let style = styles[missed == nil ? .accent : .warning]
            frame.write(" " + text + " ", x: row.x, y: row.y, style: style, clip: row)
        }
    }

    private static func lines(
        for console: Console,
        _ frame: Frame,
        width: Int
    ) -> [TextLine] {
        let kind = console.trail.current.map { $0.content.kind } ?? .overview
        var lines = [TextLine("On this screen and everywhere", .header), TextLine([])]
        for action in Actions.all(on: kind) {
            lines += entry(action, on: kind, console, frame, width: width)
        }
        lines += [
            TextLine([]), TextLine("In lists", .header), TextLine([]),
            line(keys(console, "list-up", "list-down"), "Go to the next row."),
            line(keys(console, "list-pageup", "list-pagedown"), "Go a page on."),
            line(keys(console, "list-halfup", "list-halfdown"), "Go half a page on."),
            line(
                keys(console, "list-top", "list-bottom"),
                "Go to the first row, with everything new, or to the last one loaded."
            ),
            TextLine([]), TextLine("The console", .header), TextLine([]),
            TextLine(frame.say(SafeText(stalls(console.notices)))),
            TextLine([]), TextLine("Any other key closes this.", .muted),
        ]
        return lines
    }

    private static func entry(
        _ action: Action,
        on kind: ScreenKind,
        _ console: Console,
        _ frame: Frame,
        width: Int
    ) -> [TextLine] {
        let own = console.surroundings.settings.keymap.keys(of: action, on: kind)
        let keys =
            own.isEmpty
            ? ":\(action.id)"
            : own.joined(separator: own.contains { $0.contains(" ") } ? ", " : " ")
        let refusal = action.refusal(in: console)
        let room = max(10, width - 13)
        let role: Terminal.Role = refusal == nil ? .text : .muted
        let blank: TextLine.Piece = (SafeText("").padded(to: 13), .text)
        let help = frame.say(SafeText(action.help))
        var lines = TextLine.broken(help, to: room, role: role, lead: blank)
        // The keys are text as well.
        let key: TextLine.Piece = (SafeText(keys).padded(to: 13), refusal == nil ? .key : .muted)
        lines[0].pieces[0] = key
        lines[0].lead = 0
        if let refusal {
            let reason = frame.say(SafeText("Not now: \(refusal)"))
            lines += TextLine.broken(reason, to: room, role: .warning, lead: blank)
        }
        return lines
    }

    /// The keys of two moves that belong together, as many as there is room for.
    private static func keys(_ console: Console, _ first: String, _ second: String) -> SafeText {
        let keymap = console.surroundings.settings.keymap
        let short = keymap.name(of: first) + " " + keymap.name(of: second)
        let more = [first, second].compactMap { keymap.keys(ofMove: $0).dropFirst().first }
        let long = short + " " + SafeText(more.joined(separator: " "))
        return long.width <= 12 ? long : short
    }

    private static func line(_ keys: SafeText, _ help: SafeText) -> TextLine {
        TextLine([(keys.padded(to: max(13, keys.width + 1)), .key), (help, .text)])
    }

    private static func stalls(_ notices: Notices) -> String {
        guard notices.stalls > 0 else { return "No step has taken longer than 8 ms." }
        let longest = Format.elapsed(notices.longestStall)
        return
            "\(Format.plural(notices.stalls, "step")) took longer than 8 ms, the longest \(longest)."
    }
}
