import Domain
import Fixtures
import Operations
import Postgres
import Testing

@Suite struct AttemptTests {
    private func attempts(
        _ door: Door,
        _ subject: SignInSubject,
        by caller: Caller
    ) async throws -> [SignInAttempts] {
        try await ListSignInAttempts(door.fixture.environment)(
            of: subject,
            page: PageRequest(),
            by: caller
        ).items
    }

    @Test func `support staff see what was tried, from where, and why it failed`() async throws {
        try await Door.with { door, root in
            let staff = try await door.fixture.makeOperator("sam@x.test", role: .support)
            for _ in 0..<7 { _ = try await door.code("root@ghostworks.test", "wrong") }
            var other = door
            other.network = "2001:db8::1"
            _ = try await other.code("root@ghostworks.test", "wrong")
            let seen = try await attempts(door, .user(root.user), by: staff)
            #expect(seen.reduce(0) { $0 + $1.count } == 8)
            #expect(Set(seen.map(\.network)) == ["192.0.2.0/24", "2001:db8:0:0::/64"])
            #expect(seen.first { $0.network == "192.0.2.0/24" }?.lastReason == .delayed)
            let byMail = try await attempts(
                door,
                .address(EmailAddress("ROOT@ghostworks.test")),
                by: staff
            )
            #expect(byMail == seen)
        }
    }

    @Test func `each reason is told apart, and an address that nobody has is counted too`()
        async throws
    {
        try await Door.with { door, root in
            let acme = try await door.fixture.makeTenant(by: root)
            try await door.fixture.addMember("nopass@x.test", .member, by: acme.owner)
            _ = try await door.fixture.makeMember("off@x.test", role: .member, in: acme)
            _ = try await door.fixture.migrated.admin(
                "UPDATE users SET status = 'disabled' WHERE email_norm = 'off@x.test'"
            )
            try await door.register("new@x.test")
            for (email, reason) in [
                ("root@ghostworks.test", SignInAttempts.Reason.wrongPassword),
                ("nobody@x.test", .unknownAddress), ("nopass@x.test", .noPassword),
                ("off@x.test", .disabled), ("new@x.test", .unverified),
            ] {
                let password = email.hasPrefix("root") ? "wrong" : Fixture.password
                #expect(try await door.code(email, password) == .invalidCredentials)
                let seen = try await attempts(door, .address(EmailAddress(email)), by: root)
                #expect(seen.map(\.lastReason) == [reason], "\(email)")
                #expect(seen.map(\.count) == [1])
            }
        }
    }

    @Test func `others do not see them, and a person who does not exist has none`() async throws {
        try await Door.with { door, root in
            let acme = try await door.fixture.makeTenant(by: root)
            let denied = await #expect(throws: DomainError.self) {
                try await attempts(door, .user(root.user), by: acme.owner.caller)
            }
            #expect(denied?.code == .permissionDenied)
            let missing = await #expect(throws: DomainError.self) {
                try await attempts(door, .user(UserID(acme.id.uuid)), by: root)
            }
            #expect(missing?.code == .notFound)
        }
    }

    @Test func `pages follow each other without a gap`() async throws {
        try await Door.with { door, root in
            for number in 0..<5 {
                var stranger = door
                stranger.network = "198.51.\(number).1"
                _ = try await stranger.code("nobody@x.test", "wrong")
            }
            let list = ListSignInAttempts(door.fixture.environment)
            let subject = SignInSubject.address(try EmailAddress("nobody@x.test"))
            var seen: [String] = []
            var position: PagePosition?
            repeat {
                let page = try await list(
                    of: subject,
                    page: PageRequest(limit: 2, after: position),
                    by: root
                )
                seen += page.items.map(\.network)
                position = page.next
            } while position != nil
            #expect(seen.count == 5)
            #expect(Set(seen).count == 5)
        }
    }

    @Test func `what is old is forgotten, what is young is not`() async throws {
        try await Door.with { door, _ in
            _ = try await door.code("root@ghostworks.test", "wrong")
            try await door.forgot("root@ghostworks.test")
            try await door.signIn("root@ghostworks.test")
            let forget = ForgetSignInTraces(door.fixture.environment)
            try await forget()
            #expect(try await counts(door) == [1, 1, 1])
            try await door.age(by: 366 * 86_400)
            _ = try await door.fixture.migrated.admin(
                "UPDATE auth_attempts SET minute = minute - interval '91 days'"
            )
            try await forget()
            #expect(try await counts(door) == [0, 0, 0])
            let rows = try await door.fixture.migrated.admin("SELECT key FROM auth_throttle")
            #expect(rows.isEmpty)
        }
    }

    private func counts(_ door: Door) async throws -> [Int64] {
        let rows = try await door.fixture.migrated.admin(
            """
            SELECT (SELECT count(*) FROM one_time_tokens) AS links,
                (SELECT count(*) FROM auth_attempts) AS attempts,
                (SELECT count(*) FROM known_devices) AS devices
            """
        )
        return try ["links", "attempts", "devices"].map { try rows[0].decode($0) }
    }
}
