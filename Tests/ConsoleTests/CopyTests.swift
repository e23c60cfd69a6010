import Domain
import Terminal
import Testing

@testable import Console

/// What goes to the clipboard.
struct CopyTests {
    @Test(
        arguments: Actions.copyable.filter { $0 != .tenant && $0 != .workspaces }
            .sorted { $0.rawValue < $1.rawValue }
    )
    func `an id is copied on every screen with objects`(kind: ScreenKind) throws {
        var ada = try PlanTests.on(kind)
        let effects = try ada.press("y")
        guard case .copy(let text)? = effects.first else {
            Issue.record("nothing was copied: \(ada.toasts)")
            return
        }
        #expect(!text.isEmpty)
        #expect(ada.toasts == ["Copied \(text)."])
    }

    @Test func `a row is copied as JSON, whole and in its own words`() throws {
        var ada = try PlanTests.on(.artifacts)
        let effects = try ada.press("Y")
        guard case .copy(let text)? = effects.first else {
            Issue.record("nothing was copied")
            return
        }
        let value = try JSONValue(parsing: text, field: "row")
        #expect(value["id"] == .string(World.artifacts[0].id.description))
        #expect(value["description"] == .string(World.artifacts[0].description))
        #expect(value["tags"] == .array([.string("zakat"), .string("guide")]))
        #expect(ada.toasts.first?.hasPrefix("Copied 1 row as JSON (") == true)
    }

    @Test func `hostile text is copied as escapes, never raw`() throws {
        var ada = try PlanTests.on(.artifacts)
        try ada.press("j", "j")
        guard case .copy(let text)? = try ada.press("Y").first else {
            Issue.record("nothing was copied")
            return
        }
        #expect(!text.unicodeScalars.contains { $0.value < 0x20 })
    }

    @Test func `marked rows are copied as lines`() throws {
        var ada = try PlanTests.on(.members)
        try ada.press("space", "space", "space")
        guard case .copy(let rows)? = try ada.press("Y").first,
            case .copy(let ids)? = try ada.press("y").first
        else {
            Issue.record("nothing was copied")
            return
        }
        #expect(rows.split(separator: "\n").count == 3)
        #expect(ids.split(separator: "\n").map(String.init).sorted().first?.count == 36)
        #expect(ada.toasts.last == "Copied 3 ids.")
    }

    @Test func `what no terminal would take is refused in a sentence`() throws {
        var ada = try PlanTests.on(.artifacts)
        let context = ada.console.context
        _ = ada.console.trail.edit(ArtifactsScreen.self) { screen in
            var large = World.artifacts[0]
            large.description = String(repeating: "x", count: 60_000)
            let shown = screen
            screen.list.replace(large, now: World.now) { shown.row($0, context) }
        }
        #expect(try ada.press("Y") == [])
        #expect(ada.toasts.first?.hasPrefix("Nothing was copied: it is 60.") == true)
    }
}
