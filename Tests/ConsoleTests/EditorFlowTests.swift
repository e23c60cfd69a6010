import Domain
import Terminal
import Testing

@testable import Console

/// A text that was written in the editor is nowhere else, and must not get lost.
struct EditorFlowTests {
    /// Ada in Acme on the artifacts, writing.
    private func atArtifacts() throws -> Operator {
        var ada = try Operator()
        try ada.signIn()
        try ada.enterAcme(.readWrite)
        ada.elevate()
        try ada.press("3")
        ada.answerAll()
        return ada
    }

    private static let broken = "---\nname: Zakat\nmetadata: {oops\n---\nText\n"
    private static let crashed = DomainError(.unavailable, .unavailable, "The editor ended.")

    /// What the open question keeps.
    private func kept(_ ada: Operator) -> String? {
        guard case .dialog(let dialog)? = ada.console.overlay else { return nil }
        switch dialog.intent {
        case .artifact(.save(let work)), .artifact(.editAgain(let work)): return work.text
        default: return nil
        }
    }

    @Test func `a text that is left as it was the second time is kept`() throws {
        var ada = try atArtifacts()
        try ada.press("e")
        ada.send(.edited(.success(Self.broken)))
        try ada.press("y")
        ada.send(.edited(.success(nil)))
        #expect(kept(ada) == Self.broken)
        #expect(ada.lines.contains { $0.contains("Line 3: metadata must be valid JSON") })
    }

    @Test func `a text is kept when the editor fails the second time`() throws {
        var ada = try atArtifacts()
        try ada.press("e")
        ada.send(.edited(.success(Self.broken)))
        try ada.press("y")
        ada.send(.edited(.failure(Self.crashed)))
        #expect(ada.toasts.contains("The editor ended."))
        #expect(kept(ada) == Self.broken)
    }

    @Test func `an editor that fails the first time has nothing to keep`() throws {
        var ada = try atArtifacts()
        try ada.press("e")
        ada.send(.edited(.failure(Self.crashed)))
        #expect(ada.console.overlay == nil)
        try ada.press("e")
        ada.send(.edited(.success(nil)))
        #expect(ada.console.overlay == nil)
        #expect(ada.toasts.contains("Nothing was changed."))
    }

    /// A text that can be saved.
    private func written(_ ada: inout Operator) throws {
        try ada.press("e")
        ada.send(.edited(.success("---\nname: Mine\ntags: []\nmetadata: {}\n---\nMine\n")))
    }

    @Test func `leaving a text asks first, and no leads back to it`() throws {
        var ada = try atArtifacts()
        try written(&ada)
        let before = ada.console.overlay
        try ada.press("esc")
        #expect(ada.lines.contains { $0.contains("Throw away what you wrote?") })
        try ada.press("n")
        #expect(ada.console.overlay == before)
        try ada.press("esc", "y")
        #expect(ada.console.overlay == nil)
        #expect(ada.toasts.contains { $0.hasPrefix("Discarded; nothing was changed in ") })
    }

    @Test func `a text stays when somebody stops waiting for it to be saved`() throws {
        var ada = try atArtifacts()
        try written(&ada)
        try ada.press("y")
        let text = kept(ada)
        let effects = try ada.press("esc")
        #expect(effects.contains { if case .cancel = $0 { true } else { false } })
        #expect(text != nil && kept(ada) == text)
        #expect(ada.lines.contains { $0.contains("the change may have been made") })
        #expect(!loads(try ada.press("y")).isEmpty)
    }

    @Test func `a form stays when somebody stops waiting for it to be sent`() throws {
        var ada = try atArtifacts()
        ada.console.overlay = .form(.rename(World.place))
        ada.type(" two")
        try ada.press("ctrl-s", "esc")
        guard case .form(let form)? = ada.console.overlay else {
            Issue.record("the form is gone")
            return
        }
        #expect(form.form.values["name"] == "Acme Charity two")
        #expect(form.form.error?.string.hasPrefix("Stopped waiting;") == true)
    }
}

extension EditorFlowTests {
    /// The pager has all of the list, and something else is open.
    private func pagerIsReady() throws -> Operator {
        var ada = try atArtifacts()
        try ada.press("|")
        try ada.answer(.success(.file("/tmp/list.txt")))
        ada.console.overlay = .form(.rename(World.place))
        ada.type(" two")
        try ada.answer(.success(World.answer(ada.open[0].request)))
        return ada
    }

    @Test func `a pager waits for an open form, which stays as it is`() throws {
        var ada = try pagerIsReady()
        let before = ada.console.overlay
        #expect(try ada.answer(.success(.file("/tmp/list.txt"))).isEmpty)
        #expect(ada.console.overlay == before)
        #expect(ada.lines.contains { $0.contains("waits for the pager") })
        let finish = try ada.press("esc", "y")
        #expect(loads(finish) == [.file(.finish("/tmp/list.txt"))])
        #expect(try ada.answer(.success(.file("/tmp/list.txt"))) == [.page("/tmp/list.txt")])
    }

    @Test func `a waiting pager leaves no file when the console ends`() throws {
        var ada = try pagerIsReady()
        try ada.answer(.success(.file("/tmp/list.txt")))
        let effects = ada.send(.terminated(.hangUp))
        #expect(loads(effects) == [.file(.discard("/tmp/list.txt"))])
    }

    @Test func `the end of a pager is not taken for the end of an editor`() throws {
        var ada = try atArtifacts()
        ada.console.notices.isEditing = true
        ada.console.notices.isPaging = true
        let work = ArtifactWork(World.artifacts[0], in: World.place)
        ada.console.overlay = .dialog(.conflict(work))
        ada.send(.edited(.success(nil)))
        #expect(ada.console.overlay == .dialog(.conflict(work)))
    }
}
