import Delivery
import Domain
import Fixtures
import Foundation
import Postgres
import Storage
import Synchronization
import Testing

@testable import Operations

/// The outbox on a real database; the way out is a closure that keeps what it gets.
@Suite struct OutboxTests {
    /// What went out, and what the way out says to it.
    private final class Out: Sendable {
        private let sent = Mutex<[(id: String, subject: String)]>([])
        private let failure = Mutex<DeliveryFailure?>(nil)

        var mails: [(id: String, subject: String)] { sent.withLock { $0 } }

        func answer(_ failure: DeliveryFailure?) {
            self.failure.withLock { $0 = failure }
        }

        var transport: MailTransport {
            MailTransport(name: "test") { message in
                if let failure = self.failure.withLock({ $0 }) { throw failure }
                self.sent.withLock { $0.append((message.id, message.letter.subject)) }
            }
        }

        func office() throws -> PostOffice {
            PostOffice(
                writer: LetterWriter(linkBase: "https://app.example.org"),
                sender: try Mailbox(parsing: "ghost@example.org"),
                transport: transport
            )
        }
    }

    private func queue(
        _ fixture: Fixture,
        to address: String = "ada@example.org",
        count: Int = 1
    ) async throws {
        let environment = fixture.environment
        try await environment.database.system(reason: .signIn) { scope in
            for _ in 0..<count {
                let mail = Mail(
                    .verification,
                    to: try EmailAddress(address),
                    values: ["token": "marked-token", "expires_at": "2026-03-02T10:14:00Z"]
                )
                _ = try scope.query(Outbox(environment).queue(mail))
            }
        }
    }

    /// Each row as `status attempts hasPayload`, in the order of ids.
    private func rows(_ fixture: Fixture) async throws -> [String] {
        try await fixture.migrated.admin(
            """
            SELECT m.status || ' ' || m.attempts || ' ' || (m.payload IS NOT NULL) AS line
            FROM mail_outbox AS m ORDER BY m.id
            """
        ).map { try $0.decode("line") }
    }

    /// As if the time had come.
    private func makeDue(_ fixture: Fixture) async throws {
        _ = try await fixture.migrated.admin(
            "UPDATE mail_outbox SET next_attempt_at = now(), locked_until = NULL"
        )
    }

    @Test func `a mail is sent once, and its text forgotten`() async throws {
        try await Fixture.with { fixture in
            let out = Out()
            let deliver = DeliverMails(fixture.environment, office: try out.office())
            try await queue(fixture)
            #expect(try await deliver.backlog() == 1)
            #expect(try await deliver().map(\.outcome) == [.sent])
            #expect(try await deliver().isEmpty)
            #expect(out.mails.map(\.subject) == ["Confirm your mail address"])
            #expect(try await rows(fixture) == ["sent 1 false"])
            #expect(try await deliver.backlog() == 0)
        }
    }

    @Test func `a mail of a transaction that was undone is not sent`() async throws {
        struct Undone: Error {}
        try await Fixture.with { fixture in
            let environment = fixture.environment
            await #expect(throws: Undone.self) {
                try await environment.database.system(reason: .signIn) { scope in
                    let mail = Mail(.passwordChanged, to: try EmailAddress("a@b.test"), values: [:])
                    _ = try scope.query(Outbox(environment).queue(mail))
                    throw Undone()
                }
            }
            let out = Out()
            let deliver = DeliverMails(environment, office: try out.office())
            #expect(try await deliver().isEmpty)
        }
    }

    @Test func `a mail server that is down gets the mail later, not at once`() async throws {
        try await Fixture.with { fixture in
            let out = Out()
            let deliver = DeliverMails(fixture.environment, office: try out.office())
            try await queue(fixture)
            out.answer(DeliveryFailure(.transient, "it is down (0)"))
            let report = try await deliver()
            #expect(report.map(\.outcome) == [.deferred])
            #expect(report.first?.reason == "it is down (0)")
            // Half of the first wait at least is still to come.
            #expect(try await deliver().isEmpty)
            #expect(try await rows(fixture) == ["pending 1 true"])
            out.answer(nil)
            try await makeDue(fixture)
            #expect(try await deliver().map(\.outcome) == [.sent])
            #expect(try await rows(fixture) == ["sent 2 false"])
        }
    }

    @Test func `a mail that will never be taken is given up, and the trail says so`() async throws {
        try await Fixture.with { fixture in
            let out = Out()
            out.answer(DeliveryFailure(.permanent, "RCPT failed: 550 (550)"))
            let deliver = DeliverMails(fixture.environment, office: try out.office())
            try await queue(fixture, to: "rejected@example.org")
            #expect(try await deliver().map(\.outcome) == [.failed])
            #expect(try await rows(fixture) == ["failed 1 false"])
            let trail = try await fixture.migrated.admin(
                """
                SELECT e.changes FROM platform_audit_events AS e WHERE e.action = 'mail.failed'
                """
            )
            let changes: [String] = try trail.map { try $0.decode("changes") }
            #expect(
                changes == [
                    #"{"reason":[null,"RCPT failed: 550 (550)"],"template":[null,"verification"]}"#
                ]
            )
        }
    }

    @Test func `after the last try a mail is given up`() async throws {
        try await Fixture.with { fixture in
            let out = Out()
            out.answer(DeliveryFailure(.transient, "it is down (0)"))
            let deliver = DeliverMails(
                fixture.environment,
                office: try out.office(),
                policy: RetryPolicy(attempts: 3, first: .seconds(30), longest: .seconds(60))
            )
            try await queue(fixture)
            var outcomes: [MailOutcome] = []
            for _ in 1...4 {
                outcomes += try await deliver().map(\.outcome)
                try await makeDue(fixture)
            }
            #expect(outcomes == [.deferred, .deferred, .failed])
        }
    }

    @Test func `workers beside each other send each mail once`() async throws {
        try await Fixture.with { fixture in
            let out = Out()
            let deliver = DeliverMails(fixture.environment, office: try out.office())
            try await queue(fixture, count: 40)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 1...4 {
                    group.addTask { while try await !deliver().isEmpty {} }
                }
                try await group.waitForAll()
            }
            #expect(out.mails.count == 40)
            #expect(Set(out.mails.map(\.id)).count == 40)
        }
    }

    /// A worker that was paused past its lease: another one had the mail meanwhile.
    @Test func `what a worker says after its lease changes nothing`() async throws {
        try await Fixture.with { fixture in
            let database = fixture.environment.database
            try await queue(fixture)
            func claim() async throws -> [ClaimedMail] {
                try await database.system(reason: .worker) { scope in
                    try scope.last([OutboxStore.claim(limit: 8)])[0].map(OutboxStore.claimed)
                }
            }
            let stale = try #require(try await claim().first)
            #expect(try await claim().isEmpty)
            _ = try await fixture.migrated.admin(
                "UPDATE mail_outbox SET locked_until = now() - interval '1 second'"
            )
            let fresh = try #require(try await claim().first)
            #expect(fresh.row.id == stale.row.id && fresh.attempt == 2)
            let changed = try await database.system(reason: .worker) { scope in
                [
                    try scope.change(OutboxStore.sent(stale)),
                    try scope.change(OutboxStore.failed(stale, reason: "x")),
                    try scope.change(OutboxStore.deferred(stale, by: .seconds(1), reason: "x")),
                    try scope.change(OutboxStore.sent(fresh)),
                ]
            }
            #expect(changed == [0, 0, 0, 1])
        }
    }

    @Test func `a mail whose key is gone is given up`() async throws {
        try await Fixture.with { fixture in
            let out = Out()
            try await queue(fixture)
            _ = try await fixture.migrated.admin(
                "UPDATE mail_outbox SET payload = '\\x0100000000' || sha256('x') || sha256('y')"
            )
            let report = try await DeliverMails(fixture.environment, office: try out.office())()
            #expect(report.map(\.reason) == ["the mail cannot be opened"])
            #expect(report.map(\.outcome) == [.failed])
        }
    }

    @Test func `the database does not hold the token in clear`() async throws {
        try await Fixture.with { fixture in
            try await queue(fixture)
            let rows = try await fixture.migrated.admin(
                """
                SELECT encode(m.payload, 'escape') || m::text AS text FROM mail_outbox AS m
                """
            )
            let text: String = try #require(try rows.first?.decode("text"))
            #expect(!text.contains("marked-token"))
        }
    }

    @Test func `only what is done with is forgotten, after a month`() async throws {
        try await Fixture.with { fixture in
            let out = Out()
            try await queue(fixture)
            _ = try await DeliverMails(fixture.environment, office: try out.office())()
            try await queue(fixture)
            #expect(try await PruneMails(fixture.environment)() == 0)
            _ = try await fixture.migrated.admin(
                "UPDATE mail_outbox SET created_at = now() - interval '31 days'"
            )
            #expect(try await PruneMails(fixture.environment)() == 1)
            #expect(try await rows(fixture) == ["pending 0 true"])
        }
    }
}
