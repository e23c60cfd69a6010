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
}
