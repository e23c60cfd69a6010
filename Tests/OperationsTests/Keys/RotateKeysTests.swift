import Domain
import Fixtures
import Postgres
import Sealing
import Storage
import Testing

@testable import Operations

/// New keys in the place of old ones: the file, the register and the trail agree.
@Suite struct RotateKeysTests {
    @Test(arguments: KeyKind.allCases)
    func `a new key comes first, and the one before it stays good`(kind: KeyKind) async throws {
        try await with { fixture, desk, root in
            let rotate = RotateKeys(fixture.environment, desk.places)
            let first = try desk.kids(kind)
            let second = try await rotate(kind, by: root)
            #expect(first.count == 1)
            #expect(try desk.kids(kind) == [second, first[0]])
            #expect(try await states(kind, fixture, root) == [second: .current, first[0]: .ended])
            let third = try await rotate(kind, by: root)
            let oldest: InstalledKey.State = kind == .sealing ? .ended : .retired
            let expected = [third: .current, second: .ended, first[0]: oldest]
            #expect(try await states(kind, fixture, root) == expected)
            // Sealing keys are kept for what they sealed; of the others two are good.
            #expect(try desk.kids(kind).count == (kind == .sealing ? 3 : 2))
        }
    }

    @Test func `each rotation is on record with both names`() async throws {
        try await with { fixture, desk, root in
            let old = try desk.kids(.signing)[0]
            let new = try await RotateKeys(fixture.environment, desk.places)(.signing, by: root)
            let rows = try await fixture.migrated.admin(
                """
                SELECT resource_id, actor_id AS actor, changes
                FROM platform_audit_events WHERE action = 'key.rotated'
                """
            )
            #expect(rows.count == 1)
            let row = try #require(rows.first)
            #expect(try row.decode("resource_id", as: String.self) == "signing")
            #expect(try row.decode("actor", as: UserID.self) == root.user)
            let changes = try row.decode("changes", as: String.self)
            #expect(changes.contains(old) && changes.contains(new))
        }
    }

    @Test func `only those who manage operators see and rotate keys`() async throws {
        try await with { fixture, desk, root in
            let support = try await fixture.makeOperator("help@ghostworks.test", role: .support)
            let owner = try await fixture.makeTenant(by: root).owner.caller
            let before = try KeyKind.allCases.map(desk.kids)
            for caller in [support, owner] {
                await expect(.permissionDenied) {
                    try await ListKeys(fixture.environment)(by: caller)
                }
                for kind in KeyKind.allCases {
                    await expect(.permissionDenied) {
                        try await RotateKeys(fixture.environment, desk.places)(kind, by: caller)
                    }
                }
            }
            #expect(try KeyKind.allCases.map(desk.kids) == before)
            let known = try await fixture.migrated.admin("SELECT kid FROM app.context_keys")
            #expect(known.count == 1)
        }
    }

    @Test(arguments: KeyKind.allCases)
    func `of several rotations at once, none undoes another`(kind: KeyKind) async throws {
        try await with { fixture, desk, root in
            let rotate = RotateKeys(fixture.environment, desk.places)
            let outcomes = await withTaskGroup(of: DomainError.Code?.self) { group in
                for _ in 0..<6 {
                    group.addTask {
                        do {
                            try await rotate(kind, by: root)
                            return nil
                        } catch {
                            return (error as? DomainError)?.code ?? .internalError
                        }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(outcomes.contains(nil))
            #expect(outcomes.allSatisfy { $0 == nil || $0 == .requestInProgress })
            let kids = try desk.kids(kind)
            let states = try await states(kind, fixture, root)
            #expect(states.filter { $0.value == .current }.map(\.key) == [kids[0]])
            #expect(kids.dropFirst().allSatisfy { states[$0] == .ended })
            guard kind == .context else { return }
            let retired = try await fixture.migrated.admin(
                "SELECT kid FROM app.context_keys WHERE kid = ANY (\(kids)) AND retired_at IS NULL"
            )
            #expect(retired.count == kids.count)
        }
    }

    @Test func `a rotation that ends late takes nothing from the one after it`() async throws {
        try await with { fixture, desk, root in
            let rotate = RotateKeys(fixture.environment, desk.places)
            try await rotate(.context, by: root)
            let early = try ContextKeys(parsing: desk.places.context.resolve())
            try await rotate(.context, by: root)
            try await desk.places.retireEarlierContexts(early)
            let kids = try desk.kids(.context)
            let good = try await fixture.migrated.admin(
                "SELECT kid FROM app.context_keys WHERE retired_at IS NULL ORDER BY created_at DESC"
            )
            #expect(try good.map { try $0.decode("kid", as: String.self) } == kids)
            #expect(try await states(.context, fixture, root)[kids[0]] == .current)
        }
    }

    @Test func `a key that is not in a file of ours is left alone`() async throws {
        try await with { fixture, desk, root in
            var places = desk.places
            places.signing = .environment(name: "GHOSTWORKS_KEYS_TEST")
            let error = await expect(.invalidTransition) {
                try await RotateKeys(fixture.environment, places)(.signing, by: root)
            }
            #expect(
                error?.description
                    == "The signing key is not in a file that this program may write. Rotate it "
                    + "where it is kept: the new key first, the old one behind it."
            )
        }
    }

    @Test(arguments: KeyKind.allCases)
    func `a damaged key file is not overwritten`(kind: KeyKind) async throws {
        try await with { fixture, desk, root in
            let damaged = SecretBytes(copying: Array("not a key".utf8))
            try desk.write(damaged, to: desk.places.reference(kind))
            let error = await expect(.invalidTransition) {
                try await RotateKeys(fixture.environment, desk.places)(kind, by: root)
            }
            let sentence = "The \(kind.rawValue) key cannot be rotated: "
            #expect(error?.description.hasPrefix(sentence) == true)
            let content = try desk.places.reference(kind).resolve()
            #expect(content.withUnsafeBytes { Array($0) } == Array("not a key".utf8))
        }
    }

    @Test func `the schedule rotates what is old, and nothing else`() async throws {
        try await with { fixture, desk, _ in
            _ = try await fixture.migrated.admin(
                """
                UPDATE installed_keys SET not_before = now() - interval '31 days'
                WHERE kind = 'signing'
                """
            )
            let before = try KeyKind.allCases.map(desk.kids)
            let rotate = RotateOverdueKeys(fixture.environment, desk.places)
            let outcomes = try await rotate(olderThanDays: 30)
            #expect(outcomes.map(\.kind) == [.signing])
            let new = try #require(outcomes.first).outcome.get()
            #expect(try KeyKind.allCases.map(desk.kids) == [[new] + before[0]] + before[1...])
            #expect(try await rotate(olderThanDays: 30).isEmpty)
        }
    }

    private func states(
        _ kind: KeyKind,
        _ fixture: Fixture,
        _ caller: Caller
    ) async throws -> [String: InstalledKey.State] {
        let keys = try await ListKeys(fixture.environment)(by: caller).filter { $0.kind == kind }
        return Dictionary(uniqueKeysWithValues: keys.map { ($0.kid, $0.state) })
    }

    private func with(_ body: (Fixture, KeyDesk, Caller) async throws -> Void) async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            try await KeyDesk.with(fixture) { try await body(fixture, $0, root) }
        }
    }
}

extension KeyDesk {
    /// The names in a key file, the current key's first.
    func kids(_ kind: KeyKind) throws -> [String] {
        try KeyMaterial(kind, parsing: places.reference(kind).resolve()).kids
    }
}

@discardableResult
private func expect<Value>(
    _ code: DomainError.Code,
    _ work: () async throws -> Value
) async -> DomainError? {
    let error = await #expect(throws: DomainError.self) { _ = try await work() }
    #expect(error?.code == code)
    return error
}
