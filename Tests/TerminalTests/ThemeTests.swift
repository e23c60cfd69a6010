import Terminal
import Testing
import Themes

struct ThemeTests {
    static let names = Themes.all.map(\.name)

    private func theme(_ name: String) throws -> Theme {
        try Theme(yaml: #require(Themes.yaml(named: name)), file: "\(name).yaml")
    }

    @Test(arguments: names)
    func `a theme that comes along is complete and readable`(name: String) throws {
        let theme = try theme(name)
        #expect(theme.name == name)
        for role in Role.allCases {
            let look = try #require(theme.roles[role])
            if let ratio = Contrast.ratio(look.foreground, look.background) {
                #expect(ratio >= 4.5, "\(name) \(role) has \(ratio)")
            }
        }
    }

    @Test func `the light theme knows all its colours`() throws {
        for (role, look) in try theme("paper").roles {
            #expect(Contrast.ratio(look.foreground, look.background) != nil, "\(role)")
        }
    }

    @Test(arguments: names)
    func `without colours the selection and danger still differ from text`(name: String) throws {
        let styles = try theme(name).styles(at: .none)
        for role in Role.allCases {
            #expect(styles[role].foreground == nil && styles[role].background == nil)
        }
        #expect(styles[.selection] != styles[.text])
        #expect(styles[.danger] != styles[.text])
        #expect(styles[.readWrite] != styles[.text])
    }

    @Test(arguments: names, [ColorDepth.eight, .sixteen, .full])
    func `at no depth does text vanish in its background`(name: String, depth: ColorDepth) throws {
        let styles = try theme(name).styles(at: depth)
        for role in Role.allCases {
            let style = styles[role]
            #expect(style.foreground == nil || style.foreground != style.background, "\(role)")
            #expect(Int(style.foreground ?? 0) < depth.rawValue)
            #expect(Int(style.background ?? 0) < depth.rawValue)
        }
    }

    @Test(arguments: [
        ("palette: {}\nroles: {}", "t.yaml:1: 'name' is missing"),
        (
            "name: x\npalette:\n  ink: nocolor\nroles: {}",
            "t.yaml:3: color 'ink' must be '#rrggbb', "
                + "'default' or a name such as 'bright-cyan'; got 'nocolor'"
        ),
        ("name: x\npalette: {}\nroles:\n  titel: {}", "t.yaml:4: unknown role 'titel'"),
        (
            "name: x\npalette: {}\nroles:\n  title: {}",
            "t.yaml:4: role 'title' lacks its "
                + "'monochrome' fallback"
        ),
        (
            "name: x\npalette: {}\nroles:\n  title: { foreground: ink, monochrome: [] }",
            "t.yaml:4: role 'title' refers to 'ink', which is not in the palette"
        ),
        (
            "name: x\npalette: {}\nroles:\n  title: { monochrome: [blink] }",
            "t.yaml:4: role 'title' "
                + "has the unknown attribute 'blink'; known are bold, dim, underline, reverse"
        ),
        (
            "name: x\npalette: {}\nroles:\n  title: { monochrome: [] }",
            "t.yaml:4: role 'text' is "
                + "missing"
        ),
        ("name: x\nfont: y", "t.yaml:2: unknown key 'font'; known are name, palette, roles"),
        ("- a", "t.yaml:1: must be a mapping with 'name', 'palette' and 'roles'"),
    ])
    func `a wrong theme names file and line`(yaml: String, message: String) throws {
        let error = try #require(throws: ThemeError.self) { try Theme(yaml: yaml, file: "t.yaml") }
        #expect(error.description == message)
    }

    @Test func `broken YAML names file and line`() throws {
        let error = try #require(throws: ThemeError.self) {
            try Theme(yaml: "name: x\npalette: {", file: "t.yaml")
        }
        #expect(error.file == "t.yaml")
        #expect(error.line >= 2)
    }

    @Test func `colours map to what a terminal has`() throws {
        let red = try #require(Color(parsing: "#d70000"))
        #expect(red.index(at: .full) == 160)
        #expect(red.index(at: .eight) == 1)
        #expect(Color.ansi(9).index(at: .eight) == 1)
        #expect(Color.terminal.index(at: .full) == nil)
        #expect(red.index(at: .none) == nil)
        #expect(Color(parsing: "#12345") == nil)
        #expect(Color(parsing: "#+12345") == nil)
    }

    @Test func `contrast is that of WCAG`() throws {
        let black = Color.rgb(red: 0, green: 0, blue: 0)
        let white = Color.rgb(red: 255, green: 255, blue: 255)
        let grey = Color.rgb(red: 0x76, green: 0x76, blue: 0x76)
        #expect(try abs(#require(Contrast.ratio(black, white)) - 21) < 0.001)
        #expect(try abs(#require(Contrast.ratio(grey, white)) - 4.54) < 0.01)
        #expect(Contrast.ratio(.terminal, white) == nil)
    }

    @Test func `NO_COLOR means none`() {
        #expect(ColorDepth.full.respecting(["NO_COLOR": "1"]) == .none)
        #expect(ColorDepth.full.respecting(["NO_COLOR": ""]) == .full)
        #expect(ColorDepth.full.respecting([:]) == .full)
        #expect(ColorDepth(colors: 1 << 24) == .full)
        #expect(ColorDepth(colors: -1) == .none)
    }
}
