import Domain
import Fixtures
import Operations
import Postgres
import Testing

@Suite struct RegistrationTests {
    private let mail = "nora@x.test"

    @Test func `a person registers, proves the address and signs in`() async throws {
        try await Door.with { door, _ in
            try await door.register("Nora@X.test", language: .arabic)
            #expect(try await door.code(mail) == .invalidCredentials)
            let sent = try #require(try await door.fixture.mails().first)
            #expect(sent.template == "verification")
            #expect(sent.recipient == "Nora@X.test")
            #expect(sent.language == "ar")
            #expect(sent.values["name"] == "Nora New")
            #expect(sent.token.utf8.count == 43)
            #expect(sent.values["expires_at"]?.hasSuffix("Z") == true)
            try await door.verify(sent.token)
            let signedIn = try await door.signIn(mail)
            #expect(signedIn.identity.name == "Nora New")
            #expect(signedIn.identity.tenant == nil)
        }
    }

    @Test func `an unproved address is answered like a wrong password, and gets the link anew`()
        async throws
    {
        try await Door.with { door, _ in
            try await door.register(mail)
            let wrong = await #expect(throws: DomainError.self) {
                try await door.signIn(mail, "a wrong password")
            }
            try await door.age(by: 301)
            let unproved = await #expect(throws: DomainError.self) {
                try await door.signIn(mail)
            }
            #expect(wrong == unproved)
            try await door.verifyFails(try await door.fixture.mails()[0].token)
            #expect(
                try await door.fixture.mails().map(\.template)
                    == Array(
                        repeating: "verification",
                        count: 2
                    )
            )
            // Once every few minutes, and only for the right password.
            _ = try await door.code(mail)
            try await door.age(by: 301)
            _ = try await door.code(mail, "a wrong password")
            #expect(try await door.fixture.mails().count == 2)
            try await door.verify(try await door.fixture.mails()[1].token)
            #expect(try await door.code(mail) == nil)
        }
    }

    @Test func `a known address gets a mail and keeps everything it has`() async throws {
        try await Door.with { door, _ in
            try await door.register(
                "ROOT@ghostworks.test",
                password: "another password of somebody",
                name: "Somebody"
            )
            let sent = try await door.fixture.mails()
            #expect(sent.map(\.template) == ["registered_already"])
            #expect(sent[0].values == ["name": "Operator"])
            let code = try await door.code(
                "root@ghostworks.test",
                "another password of somebody"
            )
            #expect(code == .invalidCredentials)
            #expect(try await door.code("root@ghostworks.test") == nil)
        }
    }

    @Test func `a newer registration replaces one that nobody proved, with its link`()
        async throws
    {
        try await Door.with { door, _ in
            try await door.register(mail, password: "the password of a stranger", name: "Stranger")
            // Within the pause nothing is replaced, so that each mail stands for its own password.
            try await door.register(mail, password: "ignored for the time being")
            #expect(try await door.fixture.mails().count == 1)
            try await door.age(by: 301)
            try await door.register(mail)
            let sent = try await door.fixture.mails()
            #expect(sent.map { $0.values["name"] } == ["Stranger", "Nora New"])
            try await door.verifyFails(sent[0].token)
            try await door.verify(sent[1].token)
            #expect(try await door.code(mail, "the password of a stranger") == .invalidCredentials)
            #expect(try await door.code(mail) == nil)
            try await door.age(by: 301)
            try await door.register(mail, password: "too late for a stranger")
            #expect(try await door.fixture.mails().last?.template == "registered_already")
            #expect(try await door.code(mail) == nil)
        }
    }

    @Test func `a link works once, a day long, and a newer one makes it void`() async throws {
        try await Door.with { door, _ in
            try await door.register(mail)
            let first = try await door.fixture.mails()[0].token
            let resend = ResendVerification(door.fixture.environment)
            try await resend(email: mail, client: door.client, requestID: "r")
            #expect(try await door.fixture.mails().count == 1)
            try await door.age(by: 301)
            try await resend(email: mail, client: door.client, requestID: "r")
            #expect(try await door.fixture.mails().count == 2)
            try await resend(email: mail, client: door.client, requestID: "r")
            #expect(try await door.fixture.mails().count == 2)
            try await door.verifyFails(first)
            let second = try await door.fixture.mails()[1].token
            try await door.age(by: 24 * 3_600 + 1)
            try await door.verifyFails(second)
            try await resend(email: mail, client: door.client, requestID: "r")
            let third = try await door.fixture.mails()[2].token
            try await door.verify(third)
            try await door.verifyFails(third)
            try await door.age(by: 301)
            try await resend(email: mail, client: door.client, requestID: "r")
            try await resend(email: "nobody@x.test", client: door.client, requestID: "r")
            #expect(try await door.fixture.mails().count == 3)
        }
    }

    @Test(arguments: ["", "abc", String(repeating: "A", count: 43), "' OR true --"])
    func `a token of another form proves nothing`(token: String) async throws {
        try await Door.with { door, _ in try await door.verifyFails(token) }
    }

    @Test func `the database keeps hashes of links only`() async throws {
        try await Door.with { door, _ in
            try await door.register(mail)
            let token = try await door.fixture.mails()[0].token
            let rows = try await door.fixture.migrated.admin(
                "SELECT t::text AS text FROM one_time_tokens AS t"
            )
            #expect(rows.count == 1)
            #expect(try !rows[0].decode("text", as: String.self).contains(token))
        }
    }

    @Test func `bad input has its sentence, whoever it is`() async throws {
        try await Door.with { door, _ in
            for (email, password, name, code) in [
                ("nonsense", Fixture.password, "N", DomainError.Code.validationError),
                (mail, Fixture.password, " ", .validationError),
                (mail, "short", "N", .passwordPolicy),
                (mail, "passwordpassword", "N", .passwordPolicy),
                ("root@ghostworks.test", "root@ghostworks.test", "N", .passwordPolicy),
            ] {
                let error = await #expect(throws: DomainError.self) {
                    try await door.register(email, password: password, name: name)
                }
                #expect(error?.code == code)
            }
            let mails = try await door.fixture.mails()
            #expect(mails.isEmpty)
        }
    }

    @Test func `a network that registers a crowd is slowed down`() async throws {
        try await Door.with { door, _ in
            for number in 0..<50 { try await door.register("p\(number)@x.test") }
            let error = await #expect(throws: DomainError.self) {
                try await door.register("p51@x.test")
            }
            #expect(error?.code == .rateLimited)
            #expect(error?.kind == .limited(retryAfter: .seconds(1)))
            var other = door
            other.network = "198.51.100.1"
            try await other.register("p52@x.test")
            try await door.age(by: 1)
            try await door.register("p53@x.test")
        }
    }

    @Test func `of two registrations at once one makes the person`() async throws {
        try await Door.with { door, _ in
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                for number in 0..<8 {
                    tasks.addTask { try await door.register(mail, name: "Nora \(number)") }
                }
                try await tasks.waitForAll()
            }
            let sent = try await door.fixture.mails()
            #expect(sent.map(\.template) == ["verification"])
            try await door.verify(sent[0].token)
            let signedIn = try await door.signIn(mail)
            #expect(signedIn.identity.name == sent[0].values["name"])
        }
    }
}

extension Door {
    /// Expects that a link is dead.
    func verifyFails(_ token: String) async throws {
        let error = await #expect(throws: DomainError.self) { try await verify(token) }
        #expect(error?.code == .linkExpired)
        #expect(error?.kind == .gone)
    }
}
