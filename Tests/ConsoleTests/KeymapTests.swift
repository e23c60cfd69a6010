import Domain
import Terminal
import Testing

@testable import Console

/// Keys that an operator chose.
struct KeymapTests {
    private func keymap(_ yaml: String) -> Keymap {
        Keymap(KeysFile(yaml: yaml, name: "keys.yaml"))
    }

    private func signedIn(_ yaml: String) throws -> Operator {
        var ada = try Operator(keymap: keymap(yaml))
        try ada.signIn()
        return ada
    }

    @Test func `the built-in keys collide nowhere`() {
        #expect(Keymap.standard.problems.isEmpty)
    }

    @Test(arguments: Actions.all.map(\.id))
    func `every action can have other keys, several, a chord, or none`(id: String) throws {
        let action = try #require(Actions.action(named: id))
        let kind = action.screens.min { $0.rawValue < $1.rawValue } ?? .overview
        for (yaml, keys) in [
            ("f13", ["f13"]), ("[f13, f14]", ["f13", "f14"]), ("f13 x", ["f13 x"]), ("none", []),
        ] {
            let map = keymap("keys:\n  \(id): \(yaml)")
            #expect(map.problems.isEmpty)
            #expect(map.keys(of: action, on: kind) == keys)
            for key in keys {
                let presses = try KeyChord(parsing: key).events
                #expect(map.meaning(of: presses, on: kind) == .action(id))
            }
            for event in action.events {
                #expect(map.meaning(of: [event], on: kind) != .action(id))
            }
        }
    }

    @Test(arguments: Actions.all.filter { $0.rank != nil && !$0.keys.isEmpty }.map(\.id))
    func `footer, help and the keys themselves follow the file`(id: String) throws {
        let action = try #require(Actions.action(named: id))
        guard action.exists(on: .overview), id != "undo", id != "leave" else { return }
        var ada = try Operator(
            size: Size(columns: 300, rows: 60),
            keymap: keymap("keys:\n  \(id): f13")
        )
        try ada.signIn()
        #expect(ada.lines.last?.contains("f13 \(action.label)") == true)
        try ada.press(id == "command" ? "f13" : ":")
        ada.run("help")
        #expect(ada.lines.contains { $0.contains("f13 ") && $0.contains(action.help.prefix(12)) })
    }

    @Test func `a screen's own keys hold there only`() throws {
        let map = keymap("screens:\n  tenants:\n    reload: f9")
        let f9 = KeyEvent(.function(9))
        #expect(map.meaning(of: [f9], on: .tenants) == .action("reload"))
        #expect(map.meaning(of: [f9], on: .overview) == .nothing)
        #expect(map.meaning(of: [KeyEvent(.character("r"))], on: .overview) == .action("reload"))
        #expect(map.meaning(of: [KeyEvent(.character("r"))], on: .tenants) == .nothing)
    }

    @Test func `two actions may change their keys with each other`() {
        let map = keymap("keys:\n  reload: X\n  leave: r")
        #expect(map.problems.isEmpty)
        #expect(map.meaning(of: [KeyEvent(.character("X"))], on: .overview) == .action("reload"))
    }

    @Test(
        arguments: [
            ("keys:\n  reload: q", "keys.yaml:2: q of reload is taken by quit"),
            ("keys:\n  reload: j", "keys.yaml:2: j of reload is taken by lists"),
            ("keys:\n  reload: f5\n  quit: f5", "keys.yaml:3: f5 of quit is taken by reload"),
            ("keys:\n  reload: f5 x\n  quit: f5", "keys.yaml:3: f5 of quit is taken by reload"),
            ("keys:\n  relod: f5", "keys.yaml:2: there is no action relod. Did you mean reload?"),
            ("screens:\n  moon:\n    reload: f5", "keys.yaml:3: there is no screen moon."),
            (
                "screens:\n  users:\n    verify: f5",
                "keys.yaml:3: verify is not on the screen users."
            ), ("aliases:\n  quit: tenants", "keys.yaml:2: the alias quit would hide"),
        ])
    func `what collides is said, and the built-in keys stay`(yaml: String, sentence: String) {
        let map = keymap(yaml)
        #expect(map.problems.count == 1)
        #expect(map.problems.first?.hasPrefix(sentence) == true)
        #expect(map.meaning(of: [KeyEvent(.character("q"))], on: .overview) == .action("quit"))
    }

    @Test func `problems are said after the sign-in, and the console works`() throws {
        let ada = try signedIn("keys:\n  reload: q\n  quit: hyper-x")
        #expect(ada.toasts.count == 2)
        #expect(ada.kind == .overview)
    }

    @Test func `a chord waits for its second key, and anything else ends it`() throws {
        var ada = try signedIn("keys:\n  tenants: g t")
        try ada.press("g")
        #expect(ada.lines.contains { $0.contains("g …") })
        try ada.press("t")
        #expect(ada.kind == .tenants)
        ada.answerAll()
        try ada.press("g", "x")
        #expect(ada.toasts.last == "g x means nothing here.")
        try ada.press("g", "esc")
        #expect(ada.kind == .tenants)
        #expect(ada.console.surroundings.presses.isEmpty)
    }

    @Test func `an alias runs its command with what stands behind it`() throws {
        var ada = try signedIn("aliases:\n  stopped: tenants status:suspended")
        ada.run(":stopped acme")
        let screen = try ada.screen(TenantsScreen.self)
        #expect(screen.text == "status:suspended acme")
        ada.run(":q")
        #expect(ada.console.overlay == nil)
    }

    @Test(arguments: KeyMove.all.map(\.id))
    func `every key inside lists, forms and questions can be another, or none`(id: String) throws {
        let move = try #require(KeyMove.named(id))
        let known = try #require(move.events.first)
        let map = keymap("keys:\n  \(id): [f13, f14]")
        #expect(map.problems.isEmpty)
        for key in ["f13", "f14"] {
            #expect(map.meaning(of: try KeyEvent(parsing: key), in: move.place) == known)
        }
        for old in move.events { #expect(map.meaning(of: old, in: move.place) == nil) }
        let none = keymap("keys:\n  \(id): none")
        #expect(none.problems.isEmpty)
        for old in move.events { #expect(none.meaning(of: old, in: move.place) == nil) }
        for key in move.events {
            #expect(Keymap.standard.meaning(of: key, in: move.place) == known)
        }
    }

    @Test func `ctrl-c leaves what is open, whatever the file says`() throws {
        let map = keymap("keys:\n  form-send: ctrl-c\n  form-leave: none")
        #expect(
            map.problems == [
                "keys.yaml:2: ctrl-c leaves whatever is open, so form-send cannot have it."
            ]
        )
        var ada = try signedIn("keys:\n  form-send: ctrl-c\n  form-leave: none")
        ada.elevate()
        try ada.press("T")
        ada.answerAll()
        try ada.press("n", "esc")
        #expect(ada.console.overlay != nil)
        #expect(loads(try ada.press("ctrl-c")).isEmpty)
        #expect(ada.console.overlay == nil)
    }

    @Test func `moving and erasing in a line of text obey the chosen keys`() throws {
        var ada = try signedIn("keys:\n  text-start: f7\n  text-erase: f8\n  text-delete: none")
        ada.run(":tenants")
        ada.answerAll()
        try ada.press("/")
        ada.type("acme")
        try ada.press("backspace", "f8", "home", "f7", "delete")
        ada.type("x")
        guard case .filter(let line) = ada.console.overlay else {
            Issue.record("the line is gone")
            return
        }
        #expect(line.field.text == "xacm")
    }

    @Test func `the list of themes has its page keys by name`() throws {
        var ada = try signedIn("keys:\n  choice-pagedown: f9")
        let before = ada.console.surroundings.themeIndex
        ada.run(":themes")
        try ada.press("pagedown")
        #expect(ada.console.surroundings.themeIndex == before)
        try ada.press("f9")
        #expect(ada.console.surroundings.themeIndex != before)
    }

    @Test func `a list, a form and a question obey the chosen keys, and say them`() throws {
        var ada = try signedIn(
            """
            keys:
              list-down: [";", down]
              form-send: f2
              form-leave: f3
              question-yes: Y
              question-no: x
              undo: f8
              reload: f5
            """
        )
        #expect(ada.console.surroundings.settings.keymap.problems.isEmpty)
        ada.elevate()
        try ada.press("T")
        ada.answerAll()
        try ada.press(";", ";", "j")
        #expect(try ada.screen(TenantsScreen.self).list.table.selectedIndex == 2)
        try ada.press("k", "k", "S")
        ada.type("acme")
        try ada.press("tab")
        ada.type("unpaid")
        #expect(loads(try ada.press("ctrl-s")).isEmpty)
        #expect(!loads(try ada.press("f2")).isEmpty)
        ada.answerAll()
        #expect(ada.toasts.contains("Suspended Acme Charity. f8 undoes it for a minute."))
        try ada.press("f8")
        #expect(ada.lines.contains { $0.contains("Y Take back   x Cancel") })
        #expect(loads(try ada.press("y")).isEmpty)
        try ada.press("x")
        #expect(ada.console.overlay == nil)
        try ada.press("n")
        ada.type("q")
        #expect(ada.lines.contains { $0.contains("f2 send   F1 help   f3 cancel") })
        try ada.press("f3")
        #expect(ada.lines.contains { $0.contains("Y throws it away   x goes on") })
        try ada.press("Y")
        #expect(ada.console.overlay == nil)
    }

    @Test(
        arguments: [
            ("keys:\n  form-send: s", "keys.yaml:2: s is typed as text in forms"),
            ("keys:\n  list-down: g t", "keys.yaml:2: list-down takes single keys"),
            ("screens:\n  users:\n    list-down: f5", "keys.yaml:3: list-down is the same on"),
            ("keys:\n  list-down: q", "keys.yaml:2: q of list-down is taken by quit in lists"),
            ("keys:\n  list-down: k", "keys.yaml:2: k of list-down is taken by list-up in lists"),
            ("keys:\n  list-dwn: f5", "keys.yaml:2: there is no action list-dwn. Did you mean"),
            (
                "keys:\n  question-yes: n",
                "keys.yaml:2: n of question-yes is taken by question-no in questions"
            ),
        ])
    func `what cannot be a key of a list, a form or a question is said`(
        yaml: String,
        sentence: String
    ) {
        let map = keymap(yaml)
        #expect(map.problems.count == 1)
        #expect(map.problems.first?.hasPrefix(sentence) == true, "\(map.problems)")
        #expect(map.keys(ofMove: "list-down") == ["down", "j"])
    }

    @Test func `no sentence names a built-in key that means something else`() throws {
        var ada = try signedIn(
            "keys:\n  support: f13\n  mouse: f14\n  quit: f15\n  keptfilters: none"
        )
        try ada.press("f14")
        #expect(ada.toasts.last?.hasSuffix("f14 turns it off.") == true)
        ada.run(":tenants")
        ada.answerAll()
        try ada.press("i")
        ada.answerAll()
        #expect(ada.lines.contains { $0.contains("f13 opens a support session") })
        #expect(ada.console.key("keptfilters") == ":keptfilters")
    }

    @Test func `a hint names the chosen key that opens a list`() throws {
        var ada = try signedIn("keys:\n  form-down: f9")
        ada.console.overlay = .form(.hold(World.place))
        #expect(ada.lines.contains { $0.contains("f9 opens the list; a mail address") })
        try ada.press("down")
        #expect(ada.lines.contains { $0.contains("f9 opens the list") })
        try ada.press("f9")
        #expect(ada.lines.contains { $0.contains("letters search") })
    }
}
