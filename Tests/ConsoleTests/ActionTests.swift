import Domain
import Foundation
import Terminal
import Testing

@testable import Console

/// The registry: keys, names, documents.
struct ActionTests {
    @Test(arguments: ScreenKind.allCases)
    func `no key means two things on a screen`(kind: ScreenKind) {
        var owners: [KeyEvent: [String]] = [:]
        for action in Actions.all(on: kind) {
            for key in action.events { owners[key, default: []].append(action.id) }
        }
        for key in Table<Int>.usualKeys.keys { owners[key, default: []].append("list") }
        let conflicts = owners.filter { $0.value.count > 1 }
        #expect(conflicts.isEmpty)
    }

    @Test func `every key can be read and every name is unique`() {
        for action in Actions.all { #expect(action.events.count == action.keys.count) }
        let names = Actions.all.map(\.id)
        #expect(Set(names).count == names.count)
    }

    @Test func `no action hides behind a command of the same name`() {
        let words = Set(Command.words.map(\.text))
        for action in Actions.all where words.contains(action.id) {
            #expect(
                [
                    "tenants", "members", "artifacts", "ai", "audit", "keys", "elevate", "users",
                    "visits", "attempts", "requests", "holds", "calls", "alerts", "jobs",
                    "sort", "trail",
                ].contains(action.id)
            )
        }
    }

    @Test func `every action that writes needs a permission`() {
        for action in Actions.all where action.writes { #expect(action.permission != nil) }
    }

    @Test func `the support role sees why it may not suspend`() throws {
        var helper = try Operator()
        try helper.signIn(.support)
        helper.elevate()
        try helper.press("T")
        helper.answerAll()
        let action = try #require(Actions.action(named: "suspend"))
        #expect(
            action.refusal(in: helper.console) == "The role support lacks platform.tenants.manage."
        )
    }

    @Test func `the document of the keys is up to date`() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../docs/keys.md").standardized
        let text = Actions.keysDocument()
        if ProcessInfo.processInfo.environment["RECORD"] == "1" {
            try Data(text.utf8).write(to: file)
        }
        let written = String(decoding: try Data(contentsOf: file), as: UTF8.self)
        #expect(written == text)
    }
}
