import Domain
import Fixtures
import Operations
import Postgres
import Sealing
import Testing

@Suite struct PasswordTests {
    private let root = "root@ghostworks.test"
    private let other = "an entirely other password"

    @Test func `a forgotten password is replaced by the link, and everybody is signed out`()
        async throws
    {
        try await Door.with { door, caller in
            try await door.forgot("ROOT@ghostworks.test")
            let sent = try #require(try await door.fixture.mails().first)
            #expect(sent.template == "password_reset")
            #expect(sent.recipient == root)
            #expect(sent.values["name"] == "Operator")
            try await door.reset(sent.token, other)
            #expect(try await door.code(root) == .invalidCredentials)
            #expect(try await door.code(root, other) == nil)
            let error = await #expect(throws: DomainError.self) {
                try await ShowMe(door.fixture.environment)(by: caller)
            }
            #expect(error?.code == .sessionRevoked)
            #expect(
                try await door.fixture.mails().map(\.template)
                    == ["password_reset", "password_changed"]
            )
        }
    }

    @Test func `a reset link works once, for an hour, and a newer one makes it void`()
        async throws
    {
        try await Door.with { door, _ in
            try await door.forgot(root)
            try await door.forgot(root)
            let first = try await door.fixture.mails().map(\.token)
            #expect(first.count == 1)
            try await door.age(by: 301)
            try await door.forgot(root)
            try await door.resetFails(first[0])
            let second = try await door.fixture.mails()[1].token
            try await door.age(by: 3_601)
            try await door.resetFails(second)
            try await door.forgot(root)
            let third = try await door.fixture.mails()[2].token
            let policy = await #expect(throws: DomainError.self) {
                try await door.reset(third, "root@ghostworks.test")
            }
            #expect(policy?.code == .passwordPolicy)
            try await door.reset(third, other)
            try await door.resetFails(third)
            for token in ["", "abc", String(repeating: "A", count: 43)] {
                try await door.resetFails(token)
            }
        }
    }

    @Test func `of one reset link used twice at once one use succeeds`() async throws {
        try await Door.with { door, _ in
            try await door.forgot(root)
            let token = try await door.fixture.mails()[0].token
            let outcomes = await withTaskGroup(of: Bool.self) { tasks in
                for number in 0..<8 {
                    tasks.addTask {
                        (try? await door.reset(token, "password number \(number)")) != nil
                    }
                }
                return await tasks.reduce(into: []) { $0.append($1) }
            }
            #expect(outcomes.filter { $0 }.count == 1)
        }
    }

    @Test func `nobody, and somebody who is disabled, get no link`() async throws {
        try await Door.with { door, _ in
            try await door.forgot("nobody@x.test")
            _ = try await door.fixture.migrated.admin("UPDATE users SET status = 'disabled'")
            try await door.forgot(root)
            #expect(try await door.fixture.mails().isEmpty)
        }
    }

    @Test func `a link for a person who was disabled meanwhile is dead`() async throws {
        try await Door.with { door, _ in
            try await door.forgot(root)
            let token = try await door.fixture.mails()[0].token
            _ = try await door.fixture.migrated.admin("UPDATE users SET status = 'disabled'")
            try await door.resetFails(token)
        }
    }

    @Test func `a person who was added without a password gets one by the link`() async throws {
        try await Door.with { door, root in
            let acme = try await door.fixture.makeTenant(by: root)
            try await door.fixture.addMember("ada@acme.test", .member, by: acme.owner)
            #expect(try await door.code("ada@acme.test") == .invalidCredentials)
            try await door.forgot("ada@acme.test")
            let token = try await door.fixture.mails()[0].token
            try await door.reset(token, other)
            #expect(try await door.code("ada@acme.test", other) == nil)
        }
    }

    @Test func `a change needs the current password and ends the other sessions`()
        async throws
    {
        try await Door.with { door, caller in
            let elsewhere = try await door.fixture.signIn(root, kind: .shell)
            let change = ChangePassword(door.fixture.environment)
            func attempt(_ current: String, _ new: String) async throws {
                try await change(
                    current: Array(current.utf8),
                    new: Array(new.utf8),
                    client: door.client,
                    by: caller
                )
            }
            for (current, new, message) in [
                ("wrong", other, "Invalid input: current_password is not your password."),
                (
                    Fixture.password, "short",
                    "The password must have at least 12 characters; got 5."
                ),
                (
                    Fixture.password, Fixture.password,
                    "Invalid input: new_password must be another one than the current one."
                ),
            ] {
                let error = await #expect(throws: DomainError.self) {
                    try await attempt(current, new)
                }
                #expect(error?.message == message)
            }
            try await attempt(Fixture.password, other)
            _ = try await ShowMe(door.fixture.environment)(by: caller)
            let error = await #expect(throws: DomainError.self) {
                try await ShowMe(door.fixture.environment)(by: elsewhere)
            }
            #expect(error?.code == .sessionRevoked)
            #expect(try await door.code(root) == .invalidCredentials)
            #expect(try await door.code(root, other) == nil)
            let sent = try await door.fixture.mails()
            #expect(sent.map(\.template) == ["password_changed"])
            #expect(sent[0].recipient == root)
        }
    }

    @Test func `a stolen session does not serve to guess the password`() async throws {
        try await Door.with { door, caller in
            let change = ChangePassword(door.fixture.environment)
            var codes: [DomainError.Code?] = []
            for _ in 0..<7 {
                let error = await #expect(throws: DomainError.self) {
                    try await change(
                        current: Array("a guess".utf8),
                        new: Array(other.utf8),
                        client: door.client,
                        by: caller
                    )
                }
                codes.append(error?.code)
            }
            #expect(codes.prefix(5).allSatisfy { $0 == .validationError })
            #expect(codes.suffix(2).allSatisfy { $0 == .rateLimited })
            // The owner is not kept out by it.
            let owner = try await door.code(root)
            #expect(owner == nil)
        }
    }

    @Test func `a password is verified exactly as received, in any script`() async throws {
        try await Door.with { door, _ in
            let arabic = String(repeating: "شمس", count: 21) + "ب"
            let passwords = [
                arabic, String(repeating: "long words ", count: 93),
                String(repeating: "ab c", count: 18) + "!x", "e\u{301}tude en do mineur",
            ]
            let near = [
                String(arabic.dropLast()) + "ت", String(repeating: "long words ", count: 93) + " ",
                String(repeating: "ab c", count: 18) + "!y", "\u{e9}tude en do mineur",
            ]
            for (password, near) in zip(passwords, near) {
                try await SetPassword(door.fixture.environment)(
                    email: root,
                    password: Array(password.utf8)
                )
                #expect(try await door.code(root, near) == .invalidCredentials)
                #expect(try await door.code(root, password) == nil)
            }
        }
    }

    @Test func `a password set by the machine ends sessions and links`() async throws {
        try await Door.with { door, caller in
            try await door.forgot(root)
            let token = try await door.fixture.mails()[0].token
            try await SetPassword(door.fixture.environment)(
                email: root,
                password: Array(other.utf8)
            )
            try await door.resetFails(token)
            await #expect(throws: DomainError.self) {
                try await ShowMe(door.fixture.environment)(by: caller)
            }
        }
    }
}

extension Door {
    /// Expects that a link is dead.
    func resetFails(_ token: String) async throws {
        let error = await #expect(throws: DomainError.self) {
            try await reset(token, "a password that would do")
        }
        #expect(error?.code == .linkExpired)
    }
}
