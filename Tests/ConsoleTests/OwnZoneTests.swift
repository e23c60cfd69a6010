import Domain
import Testing

@testable import Console

/// Times in the zone of the person at the console.
struct OwnZoneTests {
    private func signedIn(_ zone: String?) throws -> Operator {
        var ada = try Operator()
        ada.send(.started)
        var identity = World.identity(.superAdmin, World.ada)
        identity.timeZone = zone
        try ada.answer(.success(.identity(identity)))
        ada.answerAll()
        return ada
    }

    /// The list of zones is open.
    private func choosing() throws -> Operator {
        var ada = try signedIn(nil)
        ada.run(":sessions")
        ada.answerAll()
        try ada.press("e")
        ada.answerAll()
        try ada.press("tab", "down")
        ada.answerAll()
        return ada
    }

    @Test func `who has a zone sees times in it, whoever has none in the machine's`() throws {
        let ada = try signedIn("Asia/Tokyo")
        #expect(ada.lines.contains { $0.contains("times in Asia/Tokyo") })
        let other = try signedIn(nil)
        #expect(other.lines.contains { $0.contains("times in UTC+03:00") })
    }

    @Test func `the next person does not inherit it`() throws {
        var ada = try signedIn("Asia/Tokyo")
        ada.run(":signout")
        ada.answerAll()
        ada.type("other@ghostworks.example")
        try ada.press("tab")
        ada.type("secret")
        try ada.press("enter")
        try ada.answer(.success(.identity(World.identity(nil, World.omar))))
        ada.answerAll()
        #expect(ada.lines.contains { $0.contains("times in UTC+03:00") })
    }

    @Test func `a zone is searched, picked, sent, and shown at once`() throws {
        var ada = try choosing()
        let choices = ada.lines.filter { $0.contains("Asia/Kuwait") }
        #expect(choices.contains { $0.contains("UTC+03:00") }, "\(ada.lines)")
        ada.type("tok")
        ada.answerAll()
        #expect(!ada.lines.contains { $0.contains("Asia/Kuwait") })
        try ada.press("enter")
        let effects = loads(try ada.press("ctrl-s"))
        guard case .platform(.people(.changeOwn(let edit, 3)), _) = effects.first else {
            Issue.record("nothing was asked for: \(ada.lines)")
            return
        }
        #expect(edit.timeZone == "Asia/Tokyo" && edit.name == World.ada.name)
        ada.answerAll()
        #expect(ada.console.standing.elevation == nil)
        let toasts = ada.console.notices
        ada.clearToasts()
        #expect(ada.lines.contains { $0.contains("times in Asia/Tokyo") }, "\(ada.lines)")
        ada.console.notices = toasts
        // Back to what the answer before says it was: here the same zone.
        let back = loads(try ada.press("U", "y"))
        guard case .platform(.people(.changeOwn(let old, 3)), _) = back.first else {
            Issue.record("nothing was taken back: \(ada.lines)")
            return
        }
        #expect(old.timeZone == "Asia/Tokyo")
    }

    @Test func `words that are no zone are refused in the form`() throws {
        var ada = try choosing()
        ada.type("moon base")
        ada.answerAll()
        try ada.press("enter")
        #expect(loads(try ada.press("ctrl-s")).isEmpty)
        #expect(ada.lines.contains { $0.contains("must be a time zone such as Asia/Kuwait") })
    }
}
