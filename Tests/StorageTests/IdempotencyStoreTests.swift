import Domain
import Fixtures
import Postgres
import Storage
import Testing

@Suite struct IdempotencyStoreTests {
    @Test func `a repeated key finds what was stored`() async throws {
        try await MigratedDatabase.with { migrated in
            let first = try await claim("k1", input: 1, result: "a", in: migrated)
            let second = try await claim("k1", input: 1, result: "b", in: migrated)
            #expect(first == nil)
            #expect(second == .string("a"))
        }
    }

    @Test func `a key is refused for another input`() async throws {
        try await MigratedDatabase.with { migrated in
            _ = try await claim("k1", input: 1, result: "a", in: migrated)
            let error = await #expect(throws: DomainError.self) {
                try await claim("k1", input: 2, result: "a", in: migrated)
            }
            #expect(error?.code == .idempotencyKeyReused)
            #expect(
                error?.description
                    == "The idempotency key was used before for another request."
                    + " Use a new key for a new request."
            )
        }
    }

    @Test func `an expired key is free again`() async throws {
        try await MigratedDatabase.with { migrated in
            _ = try await claim("k1", input: 1, result: "a", in: migrated)
            _ = try await migrated.admin("UPDATE idempotency_keys SET expires_at = now()")
            #expect(try await claim("k1", input: 2, result: "b", in: migrated) == nil)
        }
    }

    @Test func `a claim that is rolled back leaves the key free`() async throws {
        try await MigratedDatabase.with { migrated in
            await #expect(throws: DomainError.self) {
                try await migrated.database.system(reason: .worker) { scope in
                    _ = try IdempotencyStore(scope)
                        .claim("k1", route: "r", fingerprint: [1], result: .null)
                    throw DomainError.notFound("thing", "x")
                }
            }
            let again = try await claim("k1", input: 1, result: "a", in: migrated)
            #expect(again == nil)
        }
    }

    @Test(arguments: ["", "with space", "ümlaut", String(repeating: "k", count: 256)])
    func `a key of another form is refused`(key: String) async throws {
        try await MigratedDatabase.with { migrated in
            let error = await #expect(throws: DomainError.self) {
                try await claim(key, input: 1, result: "a", in: migrated)
            }
            #expect(
                error?.message == "Invalid input: Idempotency-Key must have 1 to 255 printable"
                    + " ASCII characters."
            )
        }
    }

    private func claim(
        _ key: String,
        input: UInt8,
        result: String,
        in migrated: MigratedDatabase
    ) async throws -> JSONValue? {
        try await migrated.database.system(reason: .worker) { scope in
            try IdempotencyStore(scope)
                .claim(key, route: "r", fingerprint: [input], result: .string(result))
        }
    }
}
