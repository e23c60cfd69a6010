import Delivery
import Domain
import Fixtures
import Postgres
import Sealing
import Storage
import Synchronization
import Testing

@testable import Operations

/// Keys change under load, and nobody notices.
@Suite struct KeyTrafficTests {
    private static let rotations: [KeyKind] = [.sealing, .context, .signing, .sealing, .sealing]

    @Test func `nothing fails while all keys are rotated`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            _ = try await fixture.makeTenant(by: root)
            try await KeyDesk.with(fixture) { desk in
                let end = End()
                try await withThrowingTaskGroup(of: Int.self) { group in
                    for traffic in [Self.refreshing, Self.asking, Self.mailing] {
                        group.addTask {
                            var rounds = 0
                            let next = try await traffic(fixture)
                            repeat {
                                try await next()
                                rounds += 1
                            } while !end.isReached && !Task.isCancelled
                            return rounds
                        }
                    }
                    for kind in Self.rotations {
                        try await RotateKeys(fixture.environment, desk.places)(kind, by: root)
                        try await ResealSecrets(fixture.environment)()
                    }
                    end.reach()
                    for try await rounds in group { #expect(rounds > 0) }
                }
                let failed = try await fixture.migrated.admin(
                    "SELECT 1 FROM mail_outbox WHERE status <> 'sent'"
                )
                #expect(failed.isEmpty)
            }
        }
    }

    /// Tells the traffic to stop.
    private final class End: Sendable {
        private let state = Mutex(false)

        var isReached: Bool { state.withLock { $0 } }

        func reach() {
            state.withLock { $0 = true }
        }
    }

    private typealias Traffic = @Sendable (Fixture) async throws -> Round
    private typealias Round = @Sendable () async throws -> Void

    /// A client that goes on with the next refresh token each time, and repeats each use once.
    private static let refreshing: Traffic = { fixture in
        let token = Mutex(try #require(try await signIn(fixture).refresh).text)
        return {
            let used = token.withLock { $0 }
            let refresh = RefreshSession(fixture.environment)
            let next = try await refresh(token: used, requestID: "r")
            let same = try await refresh(token: used, requestID: "r")
            let text = try #require(next.refresh).text
            #expect(same.refresh?.text == text)
            token.withLock { $0 = text }
        }
    }

    /// A client that signs in and asks who it is.
    private static let asking: Traffic = { fixture in
        {
            let signedIn = try await signIn(fixture)
            let token = try #require(signedIn.accessToken)
            let claims = try await ReadAccessToken(fixture.environment)(token)
            let caller = Caller(user: claims.user, session: claims.session, requestID: "r")
            #expect(try await ShowMe(fixture.environment)(by: caller).user.id == claims.user)
        }
    }

    /// Mails that are queued and sent.
    private static let mailing: Traffic = { fixture in
        let environment = fixture.environment
        let office = PostOffice(
            writer: LetterWriter(linkBase: "https://app.example.org"),
            sender: try Mailbox(parsing: "ghost@example.org"),
            transport: MailTransport(name: "test") { _ in }
        )
        return {
            try await environment.database.system(reason: .signIn) { scope in
                let mail = Mail(
                    .verification,
                    to: try EmailAddress("ada@example.org"),
                    values: ["token": "t", "expires_at": "2026-03-02T10:14:00Z"]
                )
                _ = try scope.query(Outbox(environment).queue(mail))
            }
            for report in try await DeliverMails(environment, office: office)() {
                #expect(report.outcome == .sent, "\(report.reason ?? "")")
            }
        }
    }

    @Sendable private static func signIn(_ fixture: Fixture) async throws -> SignedIn {
        try await SignIn(fixture.environment)(
            email: "owner@acme.test",
            password: Array(Fixture.password.utf8),
            kind: .api,
            workspace: nil,
            client: ClientInfo(userAgent: "tests", ip: "2001:db8::1"),
            requestID: "sign-in"
        )
    }
}
