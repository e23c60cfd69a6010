import Domain
import Fixtures
import Foundation
import Sealing
import Testing

@testable import Operations

/// Key files that are replaced while processes work with what they held.
@Suite struct KeyWatchTests {
    /// A folder with a file of signing keys.
    private struct Place {
        let folder = NSTemporaryDirectory() + "watch-\(UUID().uuidString)"
        var file: SecretReference { .file(path: folder + "/signing.pem") }

        func write(_ keys: SigningKeys) throws {
            try FileManager.default.createDirectory(
                atPath: folder,
                withIntermediateDirectories: true
            )
            try KeyFile(path: folder + "/signing.pem").replace(with: keys.encoded())
        }

        func remove() { try? FileManager.default.removeItem(atPath: folder) }
    }

    private static func issuer(
        _ keys: SigningKeys,
        reload: @escaping TokenIssuer.Reload = { _ in }
    ) async throws -> TokenIssuer {
        try await TokenIssuer(
            keys: keys.all,
            issuer: Fixture.issuer,
            audience: Fixture.audience,
            reload: reload
        )
    }

    private static let identity = Identity(
        user: UserID(UUID()),
        session: SessionID(UUID()),
        email: "ada@x.test",
        name: "Ada",
        platformRole: nil,
        tenant: nil,
        expiresAt: Instant(seconds: 4_000_000_000)
    )

    @Test func `a file is new until the keys that it holds are in use`() throws {
        let place = Place()
        defer { place.remove() }
        try place.write(SigningKeys(current: .generate()))
        let watch = KeyWatch([.signing: place.file])
        #expect(!watch.isNew(.signing) && !watch.isNew(.context))
        try place.write(SigningKeys(current: .generate()))
        let look = try watch.look(.signing)
        #expect(watch.isNew(.signing))
        #expect(watch.note(look, of: .signing))
        #expect(!watch.isNew(.signing))
    }

    @Test func `who read an older file is told to look again`() throws {
        let place = Place()
        defer { place.remove() }
        try place.write(SigningKeys(current: .generate()))
        let watch = KeyWatch([.signing: place.file])
        let early = try watch.look(.signing)
        try place.write(SigningKeys(current: .generate()))
        let late = try watch.look(.signing)
        #expect(watch.note(late, of: .signing))
        #expect(!watch.note(early, of: .signing))
        #expect(watch.isNew(.signing))
    }

    /// The keys are another's while the first of them is still being told of them.
    @Test func `a file that is replaced while its keys are taken is taken once more`() async throws
    {
        let place = Place()
        defer { place.remove() }
        let first = SigningKeys(current: try .generate())
        try place.write(first)
        let watch = KeyWatch([.signing: place.file])
        let newest = try first.rotated()
        var used: [String] = []
        try await watch.adopt(.signing) { content in
            if used.isEmpty { try place.write(newest) }
            used.append(try SigningKeys(parsing: content).all[0].kid)
        }
        #expect(used == [first.all[0].kid, newest.all[0].kid])
        #expect(!watch.isNew(.signing))
    }

    @Test func `of many who come with a token of a new key at once, none is refused`() async throws
    {
        let place = Place()
        defer { place.remove() }
        let keys = SigningKeys(current: try .generate())
        try place.write(keys)
        let watch = KeyWatch([.signing: place.file])
        let reader = try await Self.issuer(keys) { await watch.renew($0) }
        let rotated = try keys.rotated()
        let tokens = try await Self.tokens(50, of: Self.issuer(rotated))
        try place.write(rotated)
        let read = try await withThrowingTaskGroup(of: UserID.self) { group in
            for token in tokens {
                group.addTask { try await reader.read(token).user }
            }
            return try await group.reduce(into: 0) { count, user in
                count += user == Self.identity.user ? 1 : 0
            }
        }
        #expect(read == tokens.count)
    }

    private static func tokens(_ count: Int, of issuer: TokenIssuer) async throws -> [String] {
        var tokens: [String] = []
        for _ in 0..<count { tokens.append(try await issuer.issue(identity, role: nil).text) }
        return tokens
    }

    @Test func `a token that was checked with a key that went meanwhile is not remembered`() {
        let tokens = VerifiedTokens()
        let claims = AccessTokenClaims(
            user: UserID(UUID()),
            session: SessionID(UUID()),
            tenant: nil,
            expiresAt: Instant(seconds: 100)
        )
        let changes = tokens.changes
        tokens.forget()
        tokens.keep(claims, for: [1], since: changes, now: Instant(seconds: 0))
        #expect(tokens.find([1]) == nil)
        tokens.keep(claims, for: [1], since: tokens.changes, now: Instant(seconds: 0))
        #expect(tokens.find([1]) == claims)
    }
}
