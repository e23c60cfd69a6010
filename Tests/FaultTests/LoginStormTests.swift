import Fixtures
import Foundation
import Operations
import Postgres
import Support
import Testing

/// F18: strangers who try passwords as fast as they can.
@Suite struct LoginStormTests {
    /// What one try of the storm was answered.
    private struct Answer: Hashable {
        let status: Int
        let problem: String?
        let saysWhen: Bool

        init(_ reply: HTTPReply) {
            status = reply.status
            problem = reply.problem
            saysWhen = reply.headers["retry-after"].flatMap { Int($0) } ?? 0 > 0
        }

        /// A wrong password, or a refusal that says when to come again.
        var isExpected: Bool {
            switch status {
            case 401: problem == "invalid_credentials"
            case 429: saysWhen && (problem == "rate_limited" || problem == "too_many_requests")
            case 503: saysWhen && (problem == "unavailable" || problem == "too_many_requests")
            default: false
            }
        }
    }

    private static let strangers = 16
    private static let tries = FaultScale.choose(20, full: 500)

    @Test func `a storm of bad passwords stops nobody who is signed in, nor a known device`()
        async throws
    {
        let hasher = try Fixture.hasher(cost: 8, threads: 1, waiting: 4)
        try await Fixture.with(passwords: hasher, front: SignInFront()) { fixture in
            _ = try await fixture.makeTenant(by: fixture.makeOperator())
            let pool = ConnectionPool.Settings(
                maximum: 8,
                acquireTimeout: .seconds(60),
                deadline: .seconds(60)
            )
            var answers: [Answer] = []
            try await Service.run(fixture, pool: pool) { service in
                let reader = try await service.signIn("owner@acme.test", workspace: "acme")
                let stranger = Client(port: service.port)
                let first = try await stranger.send(Self.signIn(Fixture.password))
                let cookie = try #require(first.headers["set-cookie"]?.prefix { $0 != ";" })
                let device = ["Cookie": String(cookie)]

                var memory: [Int] = []
                answers = try await Self.storm(on: stranger) {
                    for _ in 0..<FaultScale.choose(5, full: 50) {
                        let known = Self.signIn(Fixture.password, headers: device)
                        #expect(try await stranger.send(known).status == 200)
                        for _ in 0..<4 {
                            #expect(try await reader.get("/api/v1/artifacts").status == 200)
                        }
                        memory.append(try Self.residentBytes())
                    }
                }
                #expect(answers.count >= Self.strangers * Self.tries)
                #expect(Set(answers.filter { !$0.isExpected }) == [])
                // Fifty are free for a network; then each second that passes lets in fewer.
                let letIn = answers.count { $0.status == 401 }
                #expect(letIn > 0 && letIn <= 70, "\(letIn)")
                #expect(try await Self.failedInTrail(fixture) == Int64(letIn))
                // From here on the service has nothing left to write.
                try await NoteSignInAttempts(fixture.environment)()
                #expect(try await service.checkPools(of: 8))
                for _ in 0..<3 {
                    answers.append(Answer(try await stranger.send(Self.signIn("a guess"))))
                }
                // The short form shares the process with all other tests.
                let growth = memory[memory.count - 1] - memory[memory.count / 2]
                #expect(!FaultScale.isFull || growth < 64 << 20, "\(memory)")
            }
            // Support staff see each that was let in or came too early, wherever it was refused; the
            // last are written when the service stops.
            let counted = answers.count { $0.status == 401 || $0.problem == "rate_limited" }
            #expect(try await Self.attempts(fixture) == Int64(counted))
        }
    }

    /// Runs a body within the storm, which goes on until the body has ended.
    private static func storm(
        on stranger: Client,
        _ body: () async throws -> Void
    ) async throws -> [Answer] {
        try await withThrowingTaskGroup(of: [Answer].self) { group in
            for number in 0..<strangers {
                group.addTask {
                    // One after the other tries the owner's address, and one that nobody has.
                    let email = number.isMultiple(of: 2) ? "owner@acme.test" : "no\(number)@x.test"
                    var answers: [Answer] = []
                    while answers.count < tries || !Task.isCancelled {
                        let reply = try await stranger.send(signIn("a guess", email: email))
                        answers.append(Answer(reply))
                    }
                    return answers
                }
            }
            try await body()
            group.cancelAll()
            return try await group.reduce(into: []) { $0 += $1 }
        }
    }

    private static func signIn(
        _ password: String,
        email: String = "owner@acme.test",
        headers: [String: String] = [:]
    ) -> HTTPAsk {
        HTTPAsk(
            "POST",
            "/api/v1/auth/login",
            headers: headers,
            body: #"{"email":"\#(email)","password":"\#(password)","grant":"cli"}"#
        )
    }

    private static func residentBytes() throws -> Int {
        let pages = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
            .split(separator: " ")
        return (try #require(Int(pages[1]))) * 4_096
    }

    private static func attempts(_ fixture: Fixture) async throws -> Int64 {
        try await fixture.migrated.admin("SELECT sum(count) AS n FROM auth_attempts")[0].decode("n")
    }

    private static func failedInTrail(_ fixture: Fixture) async throws -> Int64 {
        try await fixture.migrated.admin(
            """
            SELECT count(*) AS failed FROM platform_audit_events
            WHERE action = 'auth.login' AND outcome = 'failed'
            """
        )[0].decode("failed", as: Int64.self)
    }
}
