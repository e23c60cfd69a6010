import Testing

@testable import Terminal

/// The file that gives keys to actions.
struct KeysFileTests {
    @Test func `keys, screens and aliases are read with their lines`() throws {
        let file = KeysFile(
            yaml: """
                keys:
                  reload: [r, f5]
                  undo: none
                screens:
                  audit:
                    verify: g v
                aliases:
                  denials: ":audit outcome:denied"
                """,
            name: "keys.yaml"
        )
        #expect(file.errors.isEmpty)
        #expect(file.bindings.map(\.action) == ["reload", "undo", "verify"])
        #expect(file.bindings[0].chords.map(\.description) == ["r", "f5"])
        #expect(file.bindings[1].chords.isEmpty)
        #expect(file.bindings[2].screen == "audit")
        #expect(file.bindings[2].chords.map(\.description) == ["g v"])
        #expect(file.bindings.map(\.line) == [2, 3, 6])
        #expect(file.aliases.map(\.command) == ["audit outcome:denied"])
    }

    @Test(
        arguments: [
            ("keys:\n  quit: ctrl-i", "keys.yaml:2:", "cannot be told from tab"),
            ("keys:\n  quit: hyper-x", "keys.yaml:2:", "unknown modifier"),
            ("keys:\n  quit: a b c d e", "keys.yaml:2:", "more than 4 presses"),
            ("keys:\n  quit: ''", "keys.yaml:2:", "is empty"),
            ("keys:\n  quit: {a: b}", "keys.yaml:2:", "a text or a list"),
            ("keys: x", "keys.yaml:1:", "must be a mapping"),
            ("- a", "keys.yaml:1:", "must be a mapping"),
            ("colours: {}", "keys.yaml:1:", "is not known"),
            ("keys:\n\tquit: x", "keys.yaml:2:", ""), ("keys: [", "keys.yaml:", ""),
            ("aliases:\n  two words: x", "keys.yaml:2:", "an alias is a word"),
            ("keys:\n  a: x\n  a: y", "keys.yaml:", ""),
        ])
    func `what is wrong is said with file and line`(yaml: String, place: String, words: String) {
        let file = KeysFile(yaml: yaml, name: "keys.yaml")
        let error = file.errors.first?.description ?? ""
        #expect(error.hasPrefix(place))
        #expect(words.isEmpty || error.contains(words))
    }

    @Test func `one wrong line leaves the others`() {
        let file = KeysFile(yaml: "keys:\n  a: hyper-x\n  b: f5", name: "keys.yaml")
        #expect(file.bindings.map(\.action) == ["b"])
        #expect(file.errors.count == 1)
    }

    @Test(arguments: ["", "keys:", "# nothing"])
    func `an empty file changes nothing`(yaml: String) {
        let file = KeysFile(yaml: yaml, name: "keys.yaml")
        #expect(file.errors.isEmpty && file.bindings.isEmpty)
    }

    @Test func `hostile text is drawn harmless, and a huge file is refused`() {
        let hostile = KeysFile(yaml: "keys:\n  \"x\\e[2J\": hyper-\\e", name: "keys.yaml")
        #expect(!hostile.errors.contains { $0.description.contains("\u{1B}") })
        let huge = KeysFile(yaml: String(repeating: "a", count: 300_000), name: "keys.yaml")
        #expect(huge.errors.first?.reason == "has more than 256 KiB")
    }
}
