import Testing

@testable import Sealing

@Suite struct BcryptTests {
    // Vectors of crypt_blowfish, which bcrypt's authors publish with the algorithm.
    @Test(arguments: [
        ("U*U", "$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"),
        ("U*U*", "$2b$05$CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp/Z0DY336zx7pLYAy0lwK"),
        ("", "$2b$05$CCCCCCCCCCCCCCCCCCCCC.7uG0VCzI2bS7j6ymqJi9CdcdxiRTWNy"),
    ])
    func `the hash is the published one`(phrase: String, expected: String) throws {
        #expect(try Bcrypt.hash(SecretBytes(phrase), setting: expected) == expected)
    }

    @Test(arguments: [
        "", "*0", "*1", "$2b$", "$2b$05$short", "$2b$99$CCCCCCCCCCCCCCCCCCCCC.",
        "$1$CCCCCCCC", "CCCCCCCCCCCCCC",
    ])
    func `a bad setting is an error, never a hash`(setting: String) {
        #expect(throws: SealingError.self) {
            try Bcrypt.hash(SecretBytes("x"), setting: setting)
        }
    }

    @Test func `settings have their cost and a new salt each time`() throws {
        let settings = try (0..<20).map { _ in try Bcrypt.makeSetting(cost: 12) }
        #expect(Set(settings).count == 20)
        #expect(settings.allSatisfy { $0.hasPrefix("$2b$12$") && $0.utf8.count == 29 })
        #expect(throws: SealingError.self) { try Bcrypt.makeSetting(cost: 3) }
        #expect(throws: SealingError.self) { try Bcrypt.makeSetting(cost: 32) }
    }
}

@Suite struct PasswordHasherTests {
    let pepper: Pepper
    let hasher: PasswordHasher

    init() throws {
        pepper = try Pepper(id: "p1", secret: SecretBytes("a pepper of thirty-two bytes ...."))
        hasher = try PasswordHasher(pepper: pepper, cost: 4)
    }

    @Test func `the right password matches and another one does not`() async throws {
        let stored = try await hasher.hash(Array("correct horse".utf8))
        #expect(stored.hasPrefix("p1:$2b$04$") && stored.utf8.count == 63)
        #expect(try await hasher.verify(Array("correct horse".utf8), against: stored))
        #expect(try await !hasher.verify(Array("correct horsf".utf8), against: stored))
        #expect(try await !hasher.verify(Array("".utf8), against: stored))
    }

    // What bcrypt alone would take for the same password.
    @Test(arguments: [
        (String(repeating: "a", count: 72) + "b", String(repeating: "a", count: 72) + "c"),
        (String(repeating: "a", count: 72), String(repeating: "a", count: 73)),
        ("before\0after", "before\0other"), ("before", "before\0"), ("", "\0"),
        (String(repeating: "ش", count: 63) + "ب", String(repeating: "ش", count: 63) + "ت"),
        (String(repeating: "x", count: 5_000) + "1", String(repeating: "x", count: 5_000) + "2"),
        ("\u{e9}", "e\u{301}"),
    ])
    func `every byte of a password counts`(password: String, other: String) async throws {
        let stored = try await hasher.hash(Array(password.utf8))
        #expect(try await hasher.verify(Array(password.utf8), against: stored))
        #expect(try await !hasher.verify(Array(other.utf8), against: stored))
    }

    @Test func `bytes that are no text are a password like any other`() async throws {
        let stored = try await hasher.hash([0xFF, 0x00, 0xC3, 0x28])
        #expect(try await hasher.verify([0xFF, 0x00, 0xC3, 0x28], against: stored))
        #expect(try await !hasher.verify([0xFF, 0x00, 0xC3, 0x29], against: stored))
    }

    @Test func `an unknown account has no right password`() async throws {
        #expect(try await !hasher.verify([], against: nil))
        #expect(try await !hasher.verify([1], against: hasher.dummyHash))
        #expect(!hasher.needsRehash(hasher.dummyHash))
        #expect(hasher.dummyHash.hasPrefix("p1:$2b$04$") && hasher.dummyHash.utf8.count == 63)
    }

    @Test(arguments: [
        "", "*0", "p1:*0", "!", "p1", "p1:", "$2b$12$aaaaaaaaaaaaaaaaaaaaaa", "p1:$2y$04$",
        "P1:$2b$04$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
        "p1:$2a$04$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
        "p1:$2b$03$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
        "p1:$2b$20$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
        "p1:$2b$4$CCCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
        "p1:$2b$04$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOe",
        "p1:$2b$04$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyO\n",
        "p1:$2b$04$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyO:W",
    ])
    func `a stored text of another form is refused`(stored: String) async throws {
        await #expect(throws: SealingError.self) { try await hasher.verify([1], against: stored) }
        #expect(hasher.needsRehash(stored))
    }

    @Test func `a hash below cost ten is refused by a hasher of full cost`() async throws {
        let stored = try await hasher.hash([1])
        let strict = try PasswordHasher(pepper: pepper, cost: 10)
        await #expect(throws: SealingError.self) { try await strict.verify([1], against: stored) }
    }

    @Test func `an old pepper verifies and asks for a new hash`() async throws {
        let stored = try await hasher.hash([1, 2])
        let next = try Pepper(id: "p2", secret: .random(count: 32))
        let rotated = try PasswordHasher(pepper: next, previous: [pepper], cost: 4)
        let later = try PasswordHasher(pepper: next, cost: 4)
        #expect(try await rotated.verify([1, 2], against: stored))
        #expect(rotated.needsRehash(stored) && !hasher.needsRehash(stored))
        #expect(try await rotated.hash([1, 2]).hasPrefix("p2:"))
        await #expect(throws: SealingError.unknownKey(id: "p1")) {
            try await later.verify([1, 2], against: stored)
        }
    }

    @Test func `another pepper of the same name does not match`() async throws {
        let stored = try await hasher.hash([1])
        let other = try Pepper(id: "p1", secret: .random(count: 32))
        #expect(try await !PasswordHasher(pepper: other, cost: 4).verify([1], against: stored))
    }

    @Test func `another cost asks for a new hash`() async throws {
        let stored = try await hasher.hash([1])
        #expect(try PasswordHasher(pepper: pepper, cost: 5).needsRehash(stored))
    }

    @Test func `several peppers are lines, the current one first`() async throws {
        let alone = try Peppers(parsing: SecretBytes("a pepper of thirty-two bytes ...."))
        #expect(alone.current.id == "p1" && alone.previous.isEmpty)
        let stored = try await hasher.hash([1])
        let text = "p2:another pepper of some bytes\np1:a pepper of thirty-two bytes ....\n"
        let both = try Peppers(parsing: SecretBytes(text))
        #expect(both.current.id == "p2" && both.previous.map(\.id) == ["p1"])
        let rotated = try PasswordHasher(pepper: both.current, previous: both.previous, cost: 4)
        #expect(try await rotated.verify([1], against: stored))
        #expect(rotated.needsRehash(stored))
    }

    @Test(arguments: [
        "p2:too short", "p2:another pepper of some bytes\nno name",
        "p2:another pepper of some bytes\np2:one more pepper of bytes", "short", "",
    ])
    func `peppers of another form are refused`(text: String) {
        #expect(throws: SealingError.self) { try Peppers(parsing: SecretBytes(text)) }
    }

    @Test(arguments: [
        "with:a colon in a secret of its own", "p:no number, so no name at all",
        "12345678:hex-like-text",
        "two\nlines of one old secret",
    ])
    func `a secret that looks like no line is a pepper as before`(text: String) throws {
        let peppers = try Peppers(parsing: SecretBytes(text))
        #expect(peppers.current.id == "p1" && peppers.previous.isEmpty)
    }

    @Test func `wrong settings are refused`() throws {
        let secret = SecretBytes.random(count: 32)
        #expect(throws: SealingError.self) { try PasswordHasher(pepper: pepper, cost: 3) }
        #expect(throws: SealingError.self) { try PasswordHasher(pepper: pepper, cost: 20) }
        #expect(throws: SealingError.self) {
            try PasswordHasher(pepper: pepper, previous: [pepper], cost: 4)
        }
        #expect(throws: SealingError.self) { try Pepper(id: "p:1", secret: secret) }
        #expect(throws: SealingError.self) { try Pepper(id: "", secret: secret) }
        #expect(throws: SealingError.self) { try Pepper(id: "p1", secret: SecretBytes("short")) }
    }
}
