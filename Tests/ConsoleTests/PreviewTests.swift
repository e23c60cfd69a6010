import Domain
import Terminal
import Testing

@testable import Console

/// The preview beside the artifacts.
struct PreviewTests {
    private func atArtifacts() throws -> Operator {
        var ada = try Operator()
        try ada.signIn()
        try ada.enterAcme()
        try ada.press("3")
        ada.answerAll()
        ada.wait()
        ada.clearToasts()
        return ada
    }

    private func shows(_ artifact: Artifact, _ ada: Operator) -> Bool {
        // The preview stands behind the rule, and begins with the name.
        ada.lines.contains { $0.contains("│ name      \(SafeText(artifact.name))") }
    }

    @Test func `the preview follows the selection once it rests, and asks once`() throws {
        var ada = try atArtifacts()
        let (first, second, third) = (
            World.artifacts[0], World.artifacts[1], World.artifacts[2]
        )
        #expect(shows(first, ada))
        #expect(loads(try ada.press("j")).isEmpty)
        #expect(shows(first, ada))
        #expect(!shows(second, ada))
        try ada.press("j")
        let asked = loads(ada.send(.woke, after: .milliseconds(250)))
        #expect(shows(third, ada))
        guard case .tenant(.artifacts(.revisions(let id, _)), _)? = asked.first, asked.count == 1
        else {
            Issue.record("the history was not asked for once")
            return
        }
        #expect(id == third.id)
    }

    @Test func `going back before it rested asks nothing`() throws {
        var ada = try atArtifacts()
        try ada.press("j", "k")
        #expect(loads(ada.send(.woke, after: .milliseconds(250))).isEmpty)
        #expect(shows(World.artifacts[0], ada))
    }

    @Test func `what a role may do follows the selection once it rests`() throws {
        var ada = try Scene.inAcme(Size(columns: 120, rows: 40))
        ada.run(":roles")
        ada.answerAll()
        func told() -> String? { ada.lines.first { $0.contains(" may do ") } }
        let first = try #require(told())
        try ada.press("j")
        #expect(told() == first)
        // On the way back there is nothing to wait for.
        try ada.press("k")
        #expect(ada.console.trail.current?.content.wake == nil)
        try ada.press("j")
        ada.wait()
        #expect(try #require(told()) != first)
    }
}
