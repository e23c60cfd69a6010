import Domain
import Fixtures
import Operations
import Postgres
import Testing

@Suite struct LockoutTests {
    private let root = "root@ghostworks.test"

    @Test(arguments: ["root@ghostworks.test", "nobody@x.test"])
    func `after five failures a try has to wait, whoever's the address is`(
        email: String
    ) async throws {
        try await Door.with { door, _ in
            for _ in 0..<5 {
                #expect(try await door.code(email, "wrong") == .invalidCredentials)
            }
            let early = await #expect(throws: DomainError.self) { try await door.signIn(email) }
            #expect(early?.code == .rateLimited)
            #expect(early?.kind == .limited(retryAfter: .seconds(1)))
            #expect(early?.description == "There were too many tries. Try again in 1 second.")
            try await door.age(by: 1)
            #expect(try await door.code(email, "wrong") == .invalidCredentials)
            let next = await #expect(throws: DomainError.self) { try await door.signIn(email) }
            #expect(next?.kind == .limited(retryAfter: .seconds(2)))
        }
    }

    @Test func `the right password after the wait forgets the failures`() async throws {
        try await Door.with { door, _ in
            for _ in 0..<5 { _ = try await door.code(root, "wrong") }
            try await door.age(by: 1)
            #expect(try await door.code(root) == nil)
            for _ in 0..<5 {
                #expect(try await door.code(root, "wrong") == .invalidCredentials)
            }
        }
    }

    @Test func `a hundred tries at once let no more in than a hundred in a row`() async throws {
        try await Door.with { door, _ in
            let codes = await withTaskGroup(of: DomainError.Code?.self) { tasks in
                for _ in 0..<100 {
                    tasks.addTask { try? await door.code(root, "wrong") }
                }
                return await tasks.reduce(into: []) { $0.append($1) }
            }
            #expect(codes.filter { $0 == .invalidCredentials }.count == 5)
            // The others came too early, or found the room before the door full.
            let refused: Set<DomainError.Code?> = [.rateLimited, .tooManyRequests]
            #expect(codes.filter(refused.contains).count == 95)
        }
    }

    /// Fails from as many networks as it takes until the account is locked.
    private func lock(_ door: Door, _ email: String) async throws {
        for number in 0..<20 {
            var stranger = door
            stranger.network = "198.18.\(number).1"
            #expect(try await stranger.code(email, "wrong") == .invalidCredentials)
            try await door.age(by: 30)
        }
    }

    @Test(arguments: ["root@ghostworks.test", "nobody@x.test"])
    func `an account tried from everywhere is locked, and a locked one looks like a wrong password`(
        email: String
    ) async throws {
        try await Door.with { door, _ in
            try await lock(door, email)
            #expect(try await door.code(email) == .invalidCredentials)
            let mails = try await door.fixture.mails()
            #expect(mails.map(\.template) == (email == root ? ["lock_notice"] : []))
            #expect(mails.allSatisfy { $0.values["until"]?.hasSuffix("Z") == true })
            try await door.age(by: 900)
            #expect(try await door.code(email) == (email == root ? nil : .invalidCredentials))
        }
    }

    @Test func `strangers do not keep a known device out, nor a terminal of the machine`()
        async throws
    {
        try await Door.with { door, _ in
            var home = door
            let token: String = try #require(try await door.signIn(root).deviceToken)
            home.device = token
            var local = door
            local.kind = .shell
            try await lock(door, root)
            #expect(try await door.code(root) == .invalidCredentials)
            let signedIn = try await home.signIn(root)
            #expect(signedIn.deviceToken == nil)
            #expect(try await local.code(root) == nil)
            // The lock holds for strangers all the same.
            #expect(try await door.code(root) == .invalidCredentials)
        }
    }

    @Test func `a known device is slowed down for itself alone`() async throws {
        try await Door.with { door, _ in
            var thief = door
            let token: String = try #require(try await door.signIn(root).deviceToken)
            thief.device = token
            for _ in 0..<5 { _ = try await thief.code(root, "wrong") }
            #expect(try await thief.code(root) == .rateLimited)
            #expect(try await door.code(root) == nil)
        }
    }

    @Test func `another's device, a made-up one and one before a reset are strangers`()
        async throws
    {
        try await Door.with { door, root in
            _ = try await door.fixture.makeTenant(by: root)
            let mine = try #require(try await door.signIn(self.root).deviceToken)
            let others = try #require(try await door.signIn("owner@acme.test").deviceToken)
            for device in [others, String(repeating: "A", count: 43), "", "x", mine + "A"] {
                var visitor = door
                visitor.device = device
                #expect(try await visitor.signIn(self.root).deviceToken != nil)
            }
            try await door.forgot(self.root)
            let fresh = try await door.reset(
                try await door.fixture.mails()[0].token,
                "an entirely other password"
            )
            for (device, isKnown) in [(mine, false), (fresh, true)] {
                var visitor = door
                visitor.device = device
                let signedIn = try await visitor.signIn(self.root, "an entirely other password")
                #expect((signedIn.deviceToken == nil) == isKnown)
            }
        }
    }

    @Test func `a person has ten devices at most, and the database only their hashes`()
        async throws
    {
        try await Door.with { door, _ in
            let first = try #require(try await door.signIn(root).deviceToken)
            for _ in 0..<10 { try await door.signIn(root) }
            let rows = try await door.fixture.migrated.admin(
                "SELECT d::text AS text FROM known_devices AS d"
            )
            #expect(rows.count == 10)
            var oldest = door
            oldest.device = first
            #expect(try await oldest.signIn(root).deviceToken != nil)
        }
    }

    @Test func `a reset by mail ends the lock`() async throws {
        try await Door.with { door, _ in
            try await lock(door, root)
            try await door.forgot(root)
            let token = try #require(
                try await door.fixture.mails().first { $0.template == "password_reset" }
            ).token
            try await door.reset(token, "an entirely other password")
            #expect(try await door.code(root, "an entirely other password") == nil)
        }
    }

    @Test func `one network that tries many accounts is slowed down for all of them`()
        async throws
    {
        try await Door.with { door, _ in
            for number in 0..<50 { _ = try await door.code("p\(number)@x.test", "wrong") }
            #expect(try await door.code("p50@x.test", "wrong") == .rateLimited)
            #expect(try await door.code(root) == .rateLimited)
            var elsewhere = door
            elsewhere.network = "203.0.113.9"
            #expect(try await elsewhere.code(root) == nil)
            var neighbour = door
            neighbour.network = "192.0.2.77"
            #expect(try await neighbour.code(root) == .rateLimited)
        }
    }

    @Test(arguments: [
        "DROP TABLE auth_throttle", "REVOKE INSERT ON auth_throttle FROM ghostworks_app",
        "ALTER TABLE auth_throttle ADD CONSTRAINT auth_throttle_stop CHECK (key = '') NOT VALID",
    ])
    func `where nothing can be counted nobody signs in`(fault: String) async throws {
        try await Door.with { door, _ in
            _ = try await door.fixture.migrated.admin("\(unsafe: fault)")
            #expect(try await door.code(root) == .unavailable)
            #expect(try await door.code(root, "wrong") == .unavailable)
        }
    }
}
