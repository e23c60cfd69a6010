import Glibc
import Ncurses
import Terminal
import Themes

// A small program for the tests of the terminal session: a list, the last event, and keys that
// end it in every way in which a program ends.

func table() -> Table<Int> {
    var table = Table<Int>(columns: [
        TableColumn(id: "name", title: "NAME", span: .flexible(minimum: 10)),
        TableColumn(id: "number", title: "NUMBER", span: .fixed(10), alignment: .trailing),
    ])
    let hostile = [
        "\u{1B}]0;owned\u{7}", "a\u{202E}b", "日本語", "👨‍👩‍👧‍👦 family", "❤️ heart", "دليل المتبرع",
        "e\u{301}t\u{301}",
        "tab\tnew\nline\rreturn", "\u{9B}31m", "🇰🇼 flag", "zalgo\u{301}\u{302}\u{303}\u{304}",
    ]
    let rows = (0..<500).map { index in
        let name = index < hostile.count ? hostile[index] : "row \(index) of the list"
        return TableRow(
            id: index,
            cells: [.text(SafeText(name)), .text(SafeText("\(index)"), .muted)]
        )
    }
    table.replace(rows)
    return table
}

func draw(
    _ table: Table<Int>,
    _ event: SafeText,
    isBoxed: Bool = false,
    size: Size,
    styles: StyleSheet
) -> Frame {
    var frame = Frame(size: size)
    frame.fill(frame.bounds, style: styles[.text])
    let parts = frame.bounds.rows(.fixed(1), .flexible(), .fixed(1))
    frame.write(" probe ▸ list", in: parts[0], style: styles[.title])
    table.draw(into: &frame, in: parts[1], styles: styles)
    if isBoxed {
        frame.box(Rect(x: 10, y: 5, width: 40, height: 4), style: styles[.border])
    }
    frame.write("event: " + event, in: parts[2], style: styles[.muted])
    return frame
}

func describe(_ event: InputEvent) -> SafeText {
    switch event {
    case .key(let key): SafeText("key \(key)")
    case .paste(let text): SafeText("paste \(text)")
    case .resize(let size): SafeText("resize \(size.columns)x\(size.rows)")
    case .focus(let isFocused): SafeText("focus \(isFocused)")
    case .mouse(let mouse): SafeText("mouse \(mouse.kind) \(mouse.place.x),\(mouse.place.y)")
    case .report(let report): SafeText("report \(report)")
    case .resumed: "resumed"
    case .terminate(let reason): SafeText("terminate \(reason)")
    }
}

func readEnvironment() -> [String: String] {
    var environment: [String: String] = [:]
    for name in ["TERM", "LC_ALL", "LC_CTYPE", "LANG", "NO_COLOR"] {
        if let value = getenv(name) { environment[name] = String(cString: value) }
    }
    return environment
}

func run() async throws {
    let environment = readEnvironment()
    let terminal = try NcursesTerminal(environment: environment)
    defer { terminal.close() }
    let yaml = Themes.yaml(named: CommandLine.arguments.dropFirst().first ?? "ghost") ?? ""
    let theme = try Theme(yaml: yaml, file: "theme")
    let styles = theme.styles(at: terminal.traits.colorDepth.respecting(environment))
    var table = table()
    terminal.present(draw(table, "none", size: terminal.size, styles: styles))
    for await event in terminal.input {
        switch event {
        case .key(KeyEvent(.character("q"))), .terminate: return
        case .key(KeyEvent(.character("c"))): raise(SIGSEGV)
        case .key(KeyEvent(.character("t"))): preconditionFailure("asked to trap")
        case .key(KeyEvent(.character("e"))):
            await terminal.suspend {
                print("editor has the terminal")
                fflush(nil)
                _ = readLine()
            }
        case .key(KeyEvent(.character("?"))): terminal.ask([.background, .alive])
        case .key(KeyEvent(.character("m"))): terminal.setMouse(true)
        case .key(KeyEvent(.character("M"))): terminal.setMouse(false)
        case .key(let key): _ = table.handle(key, visible: max(1, terminal.size.rows - 3))
        case .resumed: terminal.invalidate()
        default: break
        }
        let frame = draw(
            table,
            describe(event),
            isBoxed: event == .key(KeyEvent(.character("b"))),
            size: terminal.size,
            styles: styles
        )
        terminal.present(frame)
    }
}

do {
    try await run()
} catch {
    print(error)
    exit(2)
}
