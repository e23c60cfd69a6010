import Domain
import Terminal

/// The keys of the screen, one a line, scrolled.
struct KeysHelp: Hashable, Sendable {
    private(set) var scroll = ScrollPosition()

    /// Handles a key like a pager; false when help is to be closed.
    mutating func press(_ key: KeyEvent, console: Console) -> Bool {
        let isBlank = key == KeyEvent(.character(" "))
        guard let move = isBlank ? .pageDown : Table<Int>.usualKeys[key] else { return false }
        var frame = Frame(size: console.size)
        frame.tongue = console.surroundings.settings.tongue
        let inside = Self.inside(Self.area(in: Chrome(size: console.size).bounds))
        let lines = Self.lines(for: console, frame, width: inside.width)
        scroll.move(move, of: lines.count, height: inside.height)
        return true
    }

    private static func area(in rect: Rect) -> Rect {
        rect.inset(columns: 2).centered(columns: 100, rows: rect.height)
    }

    private static func inside(_ area: Rect) -> Rect { area.inset(columns: 2, rows: 1) }

    func draw(into frame: inout Frame, in rect: Rect, console: Console) {
        let styles = console.surroundings.styles
        let area = Self.area(in: rect)
        frame.fill(area, style: styles[.text])
        frame.box(area, style: styles[.focusedBorder], title: "Keys", titleStyle: styles[.title])
        let inside = Self.inside(area)
        let lines = Self.lines(for: console, frame, width: inside.width)
        let first = scroll.first(of: lines.count, height: inside.height)
        for (row, line) in lines.dropFirst(first).prefix(inside.height).enumerated() {
            let pieces = line.map { (text: $0.text, style: styles[$0.role]) }
            frame.write(pieces, x: inside.x, y: inside.y + row, clip: inside)
        }
        let below = lines.count - first - inside.height
        if below > 0 {
            let more = SafeText(" ↓ \(below) ")
            let place = Point(x: area.maxX - more.width - 2, y: area.maxY - 1)
            frame.write(more, x: place.x, y: place.y, style: styles[.muted], clip: area)
        }
        frame.cursor = Point(x: inside.x, y: inside.y)
    }

    private static func lines(
        for console: Console,
        _ frame: Frame,
        width: Int
    ) -> [[Console.Piece]] {
        let kind = console.trail.current.map { $0.content.kind } ?? .overview
        var lines: [[Console.Piece]] = [
            [(SafeText("On this screen and everywhere"), .header)], [],
        ]
        for action in Actions.all(on: kind) {
            lines += entry(action, on: kind, console, frame, width: width)
        }
        lines += [
            [], [("In lists", .header)], [],
            line(keys(console, "list-up", "list-down"), "Go to the next row."),
            line(keys(console, "list-pageup", "list-pagedown"), "Go a page on."),
            line(keys(console, "list-halfup", "list-halfdown"), "Go half a page on."),
            line(
                keys(console, "list-top", "list-bottom"),
                "Go to the first row, with everything new, or to the last one loaded."
            ),
            [], [("The console", .header)], [],
            [(frame.say(SafeText(stalls(console.notices))), .text)],
            [], [("Any other key closes this.", .muted)],
        ]
        return lines
    }

    private static func entry(
        _ action: Action,
        on kind: ScreenKind,
        _ console: Console,
        _ frame: Frame,
        width: Int
    ) -> [[Console.Piece]] {
        let own = console.surroundings.settings.keymap.keys(of: action, on: kind)
        let keys =
            own.isEmpty
            ? ":\(action.id)"
            : own.joined(separator: own.contains { $0.contains(" ") } ? ", " : " ")
        let refusal = action.refusal(in: console)
        let text = frame.say(SafeText(action.help)).wrapped(to: max(10, width - 13))
        var lines = text.enumerated().map { index, part -> [Console.Piece] in
            let key = SafeText(index == 0 ? keys : "").padded(to: 13)
            return [(key, refusal == nil ? .key : .muted), (part, refusal == nil ? .text : .muted)]
        }
        if let refusal {
            let reason = frame.say(SafeText("Not now: \(refusal)"))
            lines += reason.wrapped(to: max(10, width - 13)).map {
                [(SafeText("").padded(to: 13), .text), ($0, .warning)]
            }
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

    private static func line(_ keys: SafeText, _ help: SafeText) -> [Console.Piece] {
        [(keys.padded(to: max(13, keys.width + 1)), .key), (help, .text)]
    }

    private static func stalls(_ notices: Notices) -> String {
        guard notices.stalls > 0 else { return "No step has taken longer than 8 ms." }
        let longest = Format.elapsed(notices.longestStall)
        return
            "\(Format.plural(notices.stalls, "step")) took longer than 8 ms, the longest \(longest)."
    }
}
