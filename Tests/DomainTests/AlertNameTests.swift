import Domain
import Testing

/// Names of alerts, as they are given back.
struct AlertNameTests {
    @Test(arguments: [
        PlatformAlert.ID(.mails), PlatformAlert.ID(.silent, "web-1 2026-03-02T10:14:00Z"),
    ])
    func `a name is read as it was written`(id: PlatformAlert.ID) {
        #expect(PlatformAlert.ID(id.description) == id)
    }

    @Test(arguments: [
        "", ":", "mails:", "mails:x", "silent", "silent:", "MAILS", ":mails", " mails",
    ])
    func `another name is none`(text: String) {
        #expect(PlatformAlert.ID(text) == nil)
    }

    @Test func `each is named once, and not too many`() throws {
        #expect(try PlatformAlert.ids(["mails", "slow"]).map(\.kind) == [.mails, .slow])
        let hosts = (0...100).map { "silent:h\($0)" }
        for names in [[], ["mails", "mails"], ["mails", "nothing"], hosts] {
            #expect(throws: DomainError.self) { try PlatformAlert.ids(names) }
        }
    }
}
