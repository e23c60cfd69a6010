import Domain
import Fixtures
import Operations
import Postgres
import Sealing
import Support
import Testing

/// F18: nobody learns from an answer, or from its time, whether a mail address is anybody's.
@Suite(.serialized) struct UnknownAddressTests {
    /// What anybody may send with any address.
    enum Form: String, CaseIterable {
        case signIn = "login"
        case forgotten = "password/forgot"
        case registration = "register"
        case anotherLink = "verify-email/resend"

        func ask(_ email: String, password: String = "a password of a stranger") -> HTTPAsk {
            let members =
                switch self {
                case .signIn: #","password":"\#(password)""#
                case .registration: #","password":"\#(password)","name":"Nora New""#
                case .forgotten, .anotherLink: ""
                }
            return HTTPAsk(
                "POST",
                "/api/v1/auth/\(rawValue)",
                body: #"{"email":"\#(email)"\#(members)}"#
            )
        }
    }

    private static let pairs = FaultScale.choose(100, full: 1_000)
    private static let unproved = "new@x.test"

    @Test(arguments: Form.allCases)
    func `whoever's an address is, the answer is one and costs the same statements`(
        form: Form
    ) async throws {
        try await Self.run { door in
            let known = ["owner@acme.test", "off@acme.test", "plain@acme.test", Self.unproved]
            var asks = (known + ["nobody@x.test"]).map { ($0, form.ask($0)) }
            if form == .signIn {
                // Whoever registers an address knows the password, should it have been free.
                let own = form.ask(Self.unproved, password: Fixture.password)
                asks.append(("the right password of one that is not proved", own))
            }
            // Once for the connections to learn the statements, under another free address.
            for (email, ask) in asks {
                _ = try await door.send(email == "nobody@x.test" ? form.ask("no@x.test") : ask)
            }
            var seen: [String: FaultProxy.Traffic] = [:]
            var answers: Set<String> = []
            for (whose, ask) in asks {
                let before = door.proxy.traffic
                let reply = try await door.send(ask)
                seen[whose] = door.proxy.traffic - before
                answers.insert(try Self.shape(reply))
            }
            #expect(answers.count == 1, "\(answers)")
            #expect(Set(seen.values).count == 1, "\(seen)")
            #expect(seen.values.allSatisfy { $0.statements > 0 && $0.roundTrips > 0 })
        }
    }

    /// In turns, so that a slow moment of the machine meets both.
    @Test(arguments: [Form.signIn, .forgotten, .registration])
    func `two hundred answers take the same time for a known address and for an unknown one`(
        form: Form
    ) async throws {
        // A hash of some milliseconds: one more or less would be plain to see.
        let hasher = try Fixture.hasher(cost: 8, threads: 2, waiting: 100)
        try await Self.run(passwords: hasher) { door in
            var times: [Bool: [Duration]] = [:]
            var answers: Set<String> = []
            for number in 0..<Self.pairs {
                for isKnown in number.isMultiple(of: 2) ? [true, false] : [false, true] {
                    let email = isKnown ? "owner@acme.test" : "nobody\(number)@x.test"
                    let ask = form.ask(email)
                    try await door.forgetCounts()
                    let start = ContinuousClock.now
                    let reply = try await door.client.send(ask)
                    times[isKnown, default: []].append(ContinuousClock.now - start)
                    answers.insert(try Self.shape(reply))
                }
            }
            #expect(answers.count == 1, "\(answers)")
            let comparison = RankComparison(
                try #require(times[true]),
                try #require(times[false])
            )
            #expect(!comparison.tellsApart, "\(comparison)")
        }
    }

    @Test func `the comparison sees a difference of a hash and none where there is none`() {
        let row = (0..<100).map { Duration.microseconds(20_000 + $0 * 37 % 100 * 100) }
        let same = row.map { $0 + .microseconds(50) }
        let longer = row.map { $0 + .milliseconds(12) }
        #expect(!RankComparison(row, row).tellsApart)
        #expect(!RankComparison(row, same).tellsApart)
        #expect(RankComparison(longer, row).tellsApart)
        #expect(RankComparison(row, longer).tellsApart)
    }

    /// The service as a stranger meets it.
    private struct Door {
        let client: Client
        let proxy: FaultProxy
        let admin: PostgresConnection

        /// What was counted before would slow a stranger down.
        func forgetCounts() async throws {
            _ = try await admin.query("DELETE FROM auth_throttle")
        }

        func send(_ ask: HTTPAsk) async throws -> HTTPReply {
            try await forgetCounts()
            return try await client.send(ask)
        }
    }

    /// Runs a body where somebody is active, disabled, without a password, or unproved.
    private static func run(
        passwords: PasswordHasher? = nil,
        _ body: (Door) async throws -> Void
    ) async throws {
        try await Fixture.with(passwords: passwords) { fixture in
            let acme = try await fixture.makeTenant(by: fixture.makeOperator())
            _ = try await fixture.makeMember("off@acme.test", role: .member, in: acme)
            try await fixture.addMember("plain@acme.test", .member, by: acme.owner)
            _ = try await fixture.migrated.admin(
                "UPDATE users SET status = 'disabled' WHERE email_norm = 'off@acme.test'"
            )
            let cluster = fixture.migrated.cluster
            let admin = try await PostgresConnection.connect(
                cluster.settings(database: fixture.migrated.name)
            )
            let proxy = try FaultProxy(to: cluster.settings)
            defer { proxy.stop() }
            let pool = ConnectionPool.Settings(maximum: 1)
            try await Service.run(fixture, through: proxy, pool: pool) { service in
                let door = Door(client: Client(port: service.port), proxy: proxy, admin: admin)
                let registration = Form.registration.ask(unproved, password: Fixture.password)
                #expect(try await door.send(registration).status == 202)
                try await body(door)
            }
            await admin.close()
        }
    }

    /// The answer without what is new in each.
    private static func shape(_ reply: HTTPReply) throws -> String {
        var headers = reply.headers
        headers["date"] = nil
        headers["x-request-id"] = nil
        let lines = headers.map { "\($0.key): \($0.value)" }.sorted()
        guard !reply.text.isEmpty,
            case .object(var members) = try JSONValue(parsing: reply.text, field: "reply")
        else { return "\(reply.status) \(lines) \(reply.text)" }
        members["request_id"] = nil
        members["timestamp"] = nil
        return "\(reply.status) \(lines) \(JSONValue.object(members).canonical)"
    }
}
