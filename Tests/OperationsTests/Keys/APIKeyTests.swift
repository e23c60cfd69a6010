import Domain
import Fixtures
import FoundationEssentials
import Postgres
import Storage
import Synchronization
import Testing

@testable import Operations

/// Keys from their making to their end.
@Suite struct APIKeyUseTests {
    @Test func `a key works within its scopes, for its maker, in its tenant`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: fixture.makeOperator())
            let issued = try await fixture.makeKey(
                ["artifact.read", "artifact.create"],
                by: acme.owner
            )
            let caller = try await fixture.present(issued.text)
            #expect(caller.tenant == acme.id)
            #expect(caller.caller.user == acme.owner.caller.user)
            let draft = try ArtifactDraft(
                name: "A",
                description: "",
                tags: [],
                metadata: .object([:])
            )
            let made = try await CreateArtifact(fixture.environment)(draft, by: caller)
            let found = try await FindArtifact(fixture.environment)(made.id, by: caller)
            #expect(found == made)
            #expect(try await fixture.refusal(caller, .artifactDelete) == .permissionDenied)
            #expect(try await fixture.refusal(caller, .memberRead) == .permissionDenied)
        }
    }

    @Test func `the trail tells the key from its maker`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: fixture.makeOperator())
            let issued = try await fixture.makeKey(["artifact.create"], by: acme.owner)
            let caller = try await fixture.present(issued.text)
            let draft = try ArtifactDraft(
                name: "A",
                description: "",
                tags: [],
                metadata: .object([:])
            )
            _ = try await CreateArtifact(fixture.environment)(draft, by: caller)
            let page = try await ListAuditEvents(fixture.environment)(
                AuditFilter(),
                page: PageRequest(),
                by: acme.owner
            )
            let event = try #require(page.items.first)
            #expect(event.entry.action == "artifact.created")
            #expect(event.actor.kind == .apiKey)
            #expect(event.actor.id == acme.owner.caller.user)
            #expect(event.actor.session?.uuid == issued.key.id.uuid)
            #expect(page.items[1].entry.action == "apikey.created")
            #expect(page.items[1].actor.kind == .user)
            #expect(!page.items.contains { $0.entry.changes.contains("gwk_") })
            #expect(try await VerifyChain(fixture.environment)(by: acme.owner).fault == nil)
        }
    }

    @Test(
        arguments: [
            ("UPDATE api_keys SET status = 'revoked'", DomainError.Code.apiKeyRevoked),
            ("UPDATE api_keys SET expires_at = now()", .apiKeyExpired),
            ("UPDATE api_keys SET secret_hash = sha256('another')", .apiKeyInvalid),
            ("UPDATE api_keys SET scopes = '{37}'", .permissionDenied),
            ("UPDATE users SET status = 'disabled'", .apiKeyRevoked),
            ("UPDATE memberships SET status = 'suspended'", .apiKeyRevoked),
            ("UPDATE memberships SET status = 'removed'", .apiKeyRevoked),
            ("UPDATE memberships SET role_key = 'guest'", .permissionDenied),
            ("UPDATE tenants SET status = 'suspended'", .tenantSuspended),
            ("UPDATE tenants SET status = 'deleted'", .apiKeyRevoked),
            ("DELETE FROM key_permissions WHERE permission_id = 26", .permissionDenied),
        ]
    )
    func `what was taken away is refused on the very next request`(
        statement: String,
        code: DomainError.Code
    ) async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: fixture.makeOperator())
            let caller = try await fixture.present(
                fixture.makeKey(["quota.read"], by: acme.owner).text
            )
            #expect(try await fixture.refusal(caller, .quotaRead) == nil)
            _ = try await fixture.migrated.admin("\(unsafe: statement)")
            #expect(try await fixture.refusal(caller, .quotaRead) == code)
        }
    }

    @Test func `a key holds no more than its maker does now`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: fixture.makeOperator())
            let ada = try await fixture.makeMember("ada@acme.test", role: .admin, in: acme)
            let caller = try await fixture.present(
                fixture.makeKey(["audit.read", "artifact.read"], by: ada).text
            )
            #expect(try await fixture.refusal(caller, .auditRead) == nil)
            _ = try await ChangeMember(fixture.environment)(
                ada.caller.user,
                role: .member,
                status: nil,
                version: nil,
                by: acme.owner
            )
            #expect(try await fixture.refusal(caller, .auditRead) == .permissionDenied)
            #expect(try await fixture.refusal(caller, .artifactRead) == nil)
        }
    }

    @Test func `a scope that the maker lacks is refused when the key is made`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: fixture.makeOperator())
            let bob = try await fixture.makeMember("bob@acme.test", role: .member, in: acme)
            let error = await #expect(throws: DomainError.self) {
                try await fixture.makeKey(["artifact.read", "audit.read"], by: bob)
            }
            #expect(error?.code == .grantExceedsOwn)
            #expect(
                error?.message
                    == "You cannot give a key what you do not hold yourself: audit.read."
            )
            let scopes = try await ListGrantableScopes(fixture.environment)(by: bob)
            #expect(scopes.contains(.artifactRead) && !scopes.contains(.auditRead))
            #expect(scopes.count { !$0.isForKeys } == 0)
        }
    }

    @Test func `what reaches only its maker's own things reaches no further by a key`()
        async throws
    {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: fixture.makeOperator())
            let bob = try await fixture.makeMember("bob@acme.test", role: .member, in: acme)
            let draft = try ArtifactDraft(
                name: "A",
                description: "",
                tags: [],
                metadata: .object([:])
            )
            let foreign = try await CreateArtifact(fixture.environment)(draft, by: acme.owner)
            let own = try await CreateArtifact(fixture.environment)(draft, by: bob)
            let key = try await fixture.present(fixture.makeKey(["artifact.delete"], by: bob).text)
            let error = await #expect(throws: DomainError.self) {
                try await DeleteArtifact(fixture.environment)(foreign.id, by: key)
            }
            #expect(error?.code == .permissionDenied)
            try await DeleteArtifact(fixture.environment)(own.id, by: key)
        }
    }

    @Test func `rotation lets the old secret go on for a while, or not`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: fixture.makeOperator())
            let first = try await fixture.makeKey(by: acme.owner)
            let rotate = RotateAPIKey(fixture.environment)
            let second = try await rotate(first.key.id, overlap: .seconds(60), by: acme.owner)
            #expect(second.text != first.text)
            let old = try await fixture.present(first.text)
            let new = try await fixture.present(second.text)
            #expect(try await fixture.refusal(old, .artifactRead) == nil)
            #expect(try await fixture.refusal(new, .artifactRead) == nil)
            _ = try await fixture.migrated.admin("UPDATE api_keys SET previous_until = now()")
            #expect(try await fixture.refusal(old, .artifactRead) == .apiKeyInvalid)
            #expect(try await fixture.refusal(new, .artifactRead) == nil)
            let third = try await rotate(first.key.id, by: acme.owner)
            #expect(third.key.previousUntil == nil)
            #expect(try await fixture.refusal(new, .artifactRead) == .apiKeyInvalid)
            let newest = try await fixture.present(third.text)
            #expect(try await fixture.refusal(newest, .artifactRead) == nil)
        }
    }

    @Test(arguments: [Duration.seconds(-1), .seconds(2_592_001)])
    func `an overlap that makes no sense is refused`(overlap: Duration) async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: fixture.makeOperator())
            let key = try await fixture.makeKey(by: acme.owner)
            let error = await #expect(throws: DomainError.self) {
                try await RotateAPIKey(fixture.environment)(
                    key.key.id,
                    overlap: overlap,
                    by: acme.owner
                )
            }
            #expect(error?.code == .validationError)
        }
    }

    @Test func `a revoked key is over, is not rotated and frees its place`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: fixture.makeOperator())
            let issued = try await fixture.makeKey(by: acme.owner)
            let caller = try await fixture.present(issued.text)
            let revoke = RevokeAPIKey(fixture.environment)
            #expect(try await fixture.used(.apiKeys, acme) == 1)
            #expect(try await revoke(issued.key.id, by: acme.owner).status == .revoked)
            #expect(try await revoke(issued.key.id, by: acme.owner).status == .revoked)
            #expect(try await fixture.used(.apiKeys, acme) == 0)
            #expect(try await fixture.refusal(caller, .artifactRead) == .apiKeyRevoked)
            let error = await #expect(throws: DomainError.self) {
                try await RotateAPIKey(fixture.environment)(issued.key.id, by: acme.owner)
            }
            #expect(error?.code == .invalidTransition)
            #expect(error?.message == "The API key \"Key\" was revoked.")
        }
    }

    @Test(
        arguments: [
            ("active", .active, nil), ("suspended", .blocked, .makerSuspended),
            ("removed", .blocked, .makerRemoved),
        ] as [(String, APIKey.State, APIKey.Block?)]
    )
    func `a key whose maker has no place is shown as blocked`(
        place: String,
        state: APIKey.State,
        block: APIKey.Block?
    ) async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: fixture.makeOperator())
            let bob = try await fixture.makeMember("bob@acme.test", role: .member, in: acme)
            let id = try await fixture.makeKey(by: bob).key.id
            _ = try await fixture.migrated.admin(
                """
                UPDATE memberships SET status = \(place) WHERE user_id = \(bob.caller.user.uuid)
                """
            )
            let now = fixture.environment.database.clock.now()
            let page = try await ListAPIKeys(fixture.environment)(
                page: PageRequest(),
                by: acme.owner
            )
            let named = try await NameAPIKeys(fixture.environment)([id], by: acme.owner)
            for key in [page.items.first, named[id]] {
                #expect(key?.state(at: now) == state)
                #expect(key?.block(at: now) == block)
            }
            let renamed = try await ChangeAPIKey(fixture.environment)(
                id,
                APIKeyEdit(name: "Left behind"),
                by: acme.owner
            )
            #expect(renamed.state(at: now) == state)
            let revoked = try await RevokeAPIKey(fixture.environment)(id, by: acme.owner)
            #expect(revoked.state(at: now) == .revoked && revoked.block(at: now) == nil)
        }
    }

    /// The workspace learns that the key is refused, of which maker, and no more.
    @Test func `a key whose maker's account is disabled is shown as blocked`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(by: root)
            let bob = try await fixture.makeMember("bob@acme.test", role: .member, in: acme)
            let key = try await fixture.makeKey(by: bob)
            let own = try await fixture.makeKey(by: acme.owner)
            let now = fixture.environment.database.clock.now()
            func shown() async throws -> [APIKeyID: APIKey.Block?] {
                let page = try await ListAPIKeys(fixture.environment)(
                    page: PageRequest(),
                    by: acme.owner
                )
                let named = try await NameAPIKeys(fixture.environment)(
                    [key.key.id, own.key.id],
                    by: acme.owner
                )
                for key in page.items {
                    #expect(named[key.id]?.state(at: now) == key.state(at: now))
                    #expect((key.state(at: now) == .blocked) == (key.block(at: now) != nil))
                }
                return Dictionary(
                    uniqueKeysWithValues: page.items.map { ($0.id, $0.block(at: now)) }
                )
            }
            #expect(try await shown() == [key.key.id: nil, own.key.id: nil])
            _ = try await DisableUser(fixture.environment)(
                bob.caller.user,
                reason: "on request",
                by: root
            )
            #expect(try await shown() == [key.key.id: .makerBarred, own.key.id: nil])
            let caller = try await fixture.present(key.text)
            #expect(try await fixture.refusal(caller, .artifactRead) == .apiKeyRevoked)
            // The members' list says of Bob what it said before.
            let members = try await ListMembers(fixture.environment)(
                .init(),
                page: .init(),
                by: acme.owner
            )
            let member = members.items.first { $0.user == bob.caller.user }
            #expect(member?.status == .active)
            // What the workspace itself has done comes first.
            _ = try await fixture.migrated.admin(
                """
                UPDATE memberships SET status = 'suspended'
                WHERE user_id = \(bob.caller.user.uuid)
                """
            )
            #expect(try await shown() == [key.key.id: .makerSuspended, own.key.id: nil])
        }
    }

    @Test func `members manage their own keys and know of no others`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: fixture.makeOperator())
            let bob = try await fixture.makeMember("bob@acme.test", role: .member, in: acme)
            let foreign = try await fixture.makeKey(by: acme.owner)
            let own = try await fixture.makeKey(by: bob)
            let list = ListAPIKeys(fixture.environment)
            #expect(try await list(page: PageRequest(), by: bob).items.map(\.id) == [own.key.id])
            #expect(
                try await list(page: PageRequest(), by: acme.owner).items.map(\.id)
                    == [own.key.id, foreign.key.id]
            )
            let error = await #expect(throws: DomainError.self) {
                try await RevokeAPIKey(fixture.environment)(foreign.key.id, by: bob)
            }
            #expect(error?.code == .notFound)
            _ = try await RevokeAPIKey(fixture.environment)(own.key.id, by: acme.owner)
        }
    }

    /// A key acts for whoever made it: another secret in other hands would be their rights.
    @Test func `nobody but its maker gets another secret for a key, or prolongs it`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: fixture.makeOperator())
            let ada = try await fixture.makeMember("ada@acme.test", role: .admin, in: acme)
            let issued = try await fixture.makeKey(by: acme.owner)
            let rotation = await #expect(throws: DomainError.self) {
                try await RotateAPIKey(fixture.environment)(issued.key.id, by: ada)
            }
            #expect(rotation?.code == .permissionDenied)
            let change = ChangeAPIKey(fixture.environment)
            let faster = try APIKeyEdit(ratePerMinute: .set(500))
            let error = await #expect(throws: DomainError.self) {
                try await change(issued.key.id, faster, by: ada)
            }
            #expect(error?.code == .permissionDenied)
            let name = try APIKeyEdit(name: "Other")
            #expect(try await change(issued.key.id, name, by: ada).name == "Other")
            let caller = try await fixture.present(issued.text)
            #expect(try await fixture.refusal(caller, .artifactRead) == nil)
            _ = try await RevokeAPIKey(fixture.environment)(issued.key.id, by: ada)
        }
    }

    @Test func `a change keeps the secret and needs the version that was seen`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: fixture.makeOperator())
            let issued = try await fixture.makeKey(by: acme.owner)
            let edit = try APIKeyEdit(name: "Other", ratePerMinute: .set(5))
            let change = ChangeAPIKey(fixture.environment)
            let changed = try await change(issued.key.id, edit, version: 1, by: acme.owner)
            #expect(changed.name == "Other" && changed.ratePerMinute == 5 && changed.version == 2)
            let error = await #expect(throws: DomainError.self) {
                try await change(issued.key.id, edit, version: 1, by: acme.owner)
            }
            #expect(error?.code == .versionConflict)
            let past = try APIKeyEdit(expiresAt: .set(Instant(seconds: 0)))
            let late = await #expect(throws: DomainError.self) {
                try await change(issued.key.id, past, by: acme.owner)
            }
            #expect(late?.message == "Invalid input: expires_at must be in the future.")
            let caller = try await fixture.present(issued.text)
            #expect(try await fixture.refusal(caller, .artifactRead) == nil)
        }
    }
}

/// A key's text and what is remembered of it.
@Suite struct APIKeyTextTests {
    @Test func `a text is read back, and is found by its pattern`() throws {
        let text = APIKeyText(tenant: TenantID(UUID()), key: APIKeyID(UUID()))
        let read = try #require(APIKeyText(parsing: text.text))
        #expect(read.tenant == text.tenant && read.key == text.key && read.hash == text.hash)
        let pattern = #/gwk_live_[0-9A-Za-z]{44}_[0-9A-Za-z]{43}_[0-9A-Za-z]{6}/#
        #expect(try pattern.wholeMatch(in: text.text) != nil)
        #expect(!text.text.contains(text.key.description))
    }

    @Test func `one wrong character anywhere is noticed without a database`() {
        let text = APIKeyText(tenant: TenantID(UUID()), key: APIKeyID(UUID())).text
        for index in text.indices {
            var wrong = text
            let other: Character = text[index] == "x" ? "y" : "x"
            wrong.replaceSubrange(index...index, with: [other])
            #expect(APIKeyText(parsing: wrong) == nil)
        }
        for wrong in ["", "gwk_", String(text.dropLast()), text + "0", text.uppercased()] {
            #expect(APIKeyText(parsing: wrong) == nil)
        }
    }

    @Test func `the list names each key by the beginning of its text`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: fixture.makeOperator())
            let texts = [
                try await fixture.makeKey(by: acme.owner),
                try await fixture.makeKey(by: acme.owner),
            ].map(\.text)
            let keys = try await ListAPIKeys(fixture.environment)(
                page: PageRequest(),
                by: acme.owner
            ).items
            #expect(Set(keys.map(\.prefix)) == Set(texts.map { String($0.prefix(53)) }))
            let rotated = try await RotateAPIKey(fixture.environment)(keys[0].id, by: acme.owner)
            #expect(rotated.key.prefix == keys[0].prefix)
        }
    }

    @Test func `made-up keys are refused`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: fixture.makeOperator())
            let issued = try await fixture.makeKey(by: acme.owner)
            let madeUp = [
                "gwk_live_nonsense",
                APIKeyText(tenant: acme.id, key: issued.key.id).text,
                APIKeyText(tenant: acme.id, key: APIKeyID(UUID())).text,
                APIKeyText(tenant: TenantID(UUID()), key: issued.key.id).text,
            ]
            for text in madeUp {
                let error = await #expect(throws: DomainError.self) {
                    try await fixture.present(text)
                }
                #expect(error?.code == .apiKeyInvalid)
            }
            #expect(fixture.environment.keys.count == 0)
        }
    }

    /// The context names the maker; a key of somebody else does not fit it.
    @Test func `a key lets nobody in for another person or tenant`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant("acme", by: root)
            let bold = try await fixture.makeTenant("bold", by: root)
            let ada = try await fixture.makeMember("ada@acme.test", role: .admin, in: acme)
            let caller = try await fixture.present(fixture.makeKey(by: acme.owner).text)
            var other = caller
            other.caller.user = ada.caller.user
            #expect(try await fixture.refusal(other, .artifactRead) == .apiKeyInvalid)
            other = caller
            other.tenant = bold.id
            #expect(try await fixture.refusal(other, .artifactRead) == .apiKeyInvalid)
        }
    }

    @Test func `a session's context opens nothing to a key, nor a key's to a session`()
        async throws
    {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: fixture.makeOperator())
            let issued = try await fixture.makeKey(by: acme.owner)
            let key = try await fixture.present(issued.text)
            let proof = try #require(key.key)
            let asSession = Access(
                context: acme.owner.context,
                guard: .key(proof, .artifactRead),
                requestID: nil
            )
            let error = await #expect(throws: DomainError.self) {
                try await fixture.environment.database.fetch(asSession, "SELECT 1")
            }
            #expect(error?.code == .apiKeyInvalid)
        }
    }

    @Test func `use is noted once a minute, off the request's way`() async throws {
        let clock = Ticker(Instant(seconds: 1_800_000_000))
        try await Fixture.with(clock: SystemClock { clock.now }) { fixture in
            // Contexts are judged by the database's clock, so the fixture's must be near it.
            clock.now = SystemClock.live.now()
            let acme = try await fixture.makeTenant(by: fixture.makeOperator())
            let issued = try await fixture.makeKey(by: acme.owner)
            let read = ReadAPIKey(fixture.environment)
            let note = NoteKeyUses(fixture.environment)
            func use() async throws -> Instant? {
                note.remember(try await read(issued.text))
                try await note()
                return try await ListAPIKeys(fixture.environment)(
                    page: PageRequest(),
                    by: acme.owner
                ).items.first?.lastUsedAt
            }
            let first = try #require(try await use())
            #expect(first == clock.now)
            clock.now = first.advanced(by: .seconds(59))
            #expect(try await use() == first)
            clock.now = first.advanced(by: .seconds(60))
            #expect(try await use() == clock.now)
        }
    }
}

/// A time that a test sets.
final class Ticker: Sendable {
    private let state: Mutex<Instant>

    init(_ now: Instant) {
        state = Mutex(now)
    }

    var now: Instant {
        get { state.withLock { $0 } }
        set { state.withLock { $0 = newValue } }
    }
}
