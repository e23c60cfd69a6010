import Delivery
import Domain
import Fixtures
import Postgres
import Sealing
import Storage
import Synchronization
import Testing

@testable import Operations

/// Sealed values follow their key; a wrong key or a wrong place opens nothing.
@Suite struct ResealTests {
    @Test func `every sealed value follows the new key, and opens as before`() async throws {
        try await with { fixture, desk, root in
            try await plant(fixture, mails: 450)
            let old = fixture.environment.sealer.currentKeyID
            try await RotateKeys(fixture.environment, desk.places)(.sealing, by: root)
            #expect(try await sealed(by: old, fixture) == 451)
            let steps = Mutex<[Int]>([])
            let done = try await ResealSecrets(fixture.environment)(
                progress: { done in steps.withLock { $0.append(done) } }
            )
            #expect(done == 451)
            #expect(steps.withLock { $0 } == [200, 400, 450, 451])
            #expect(try await sealed(by: old, fixture) == 0)
            // The old key is gone: what opens now was sealed anew.
            let current = try KeyRing(parsing: desk.places.sealing.resolve()).current
            fixture.environment.sealer.use(try KeyRing(current: current))
            #expect(try await sent(fixture) == 450)
            #expect(try await ResealSecrets(fixture.environment)() == 0)
        }
    }

    @Test func `a run is on record once, and nothing to do is not`() async throws {
        try await with { fixture, desk, root in
            try await plant(fixture, mails: 3)
            try await ResealSecrets(fixture.environment)()
            try await RotateKeys(fixture.environment, desk.places)(.sealing, by: root)
            for _ in 0..<3 { try await ResealSecrets(fixture.environment)() }
            let runs = try await fixture.migrated.admin(
                "SELECT done FROM resealings WHERE finished_at IS NOT NULL"
            )
            #expect(try runs.map { try $0.decode("done", as: Int64.self) } == [4])
            let events = try await fixture.migrated.admin(
                "SELECT 1 FROM platform_audit_events WHERE action = 'key.resealed'"
            )
            #expect(events.count == 1)
        }
    }

    @Test func `a value of an unknown key stays, and is spoken of`() async throws {
        try await with { fixture, _, _ in
            try await plant(fixture, mails: 2)
            fixture.environment.sealer.use(try KeyRing(current: .generate()))
            let error = await #expect(throws: DomainError.self) {
                try await ResealSecrets(fixture.environment)()
            }
            #expect(
                error?.description
                    == "At least 3 sealed values cannot be opened with the keys at hand."
            )
            #expect(try await count("mail_outbox WHERE payload IS NOT NULL", fixture) == 2)
        }
    }

    @Test(arguments: ["mail_outbox", "refresh_tokens"])
    func `a value that was moved to another place is not opened`(table: String) async throws {
        try await with { fixture, desk, root in
            try await plant(fixture, mails: 2)
            let swap: SQL =
                table == "mail_outbox"
                ? """
                UPDATE mail_outbox AS m SET payload = o.payload
                FROM mail_outbox AS o WHERE o.id <> m.id
                """
                : """
                UPDATE mail_outbox SET payload =
                    (SELECT r.successor FROM refresh_tokens AS r WHERE r.successor IS NOT NULL)
                """
            _ = try await fixture.migrated.admin(swap)
            try await RotateKeys(fixture.environment, desk.places)(.sealing, by: root)
            await #expect(throws: DomainError.self) {
                try await ResealSecrets(fixture.environment)()
            }
            #expect(try await sent(fixture) == 0)
            #expect(try await count("mail_outbox WHERE status = 'failed'", fixture) == 2)
        }
    }

    @Test func `a wrong key of the same name does not start`() async throws {
        try await with { fixture, desk, root in
            let check = CheckSealingKeys(fixture.environment)
            try await check()
            try await RotateKeys(fixture.environment, desk.places)(.sealing, by: root)
            try await check()
            let ring = try KeyRing(parsing: desk.places.sealing.resolve())
            let impostor = try SealingKey(id: ring.current.id, secret: .random(count: 32))
            for wrong in [
                try KeyRing(current: impostor, previous: ring.previous),
                try KeyRing(current: ring.current), try KeyRing(current: .generate()),
            ] {
                fixture.environment.sealer.use(wrong)
                let error = await #expect(throws: DomainError.self) { try await check() }
                #expect(error?.code == .unavailable)
                #expect(
                    error?.description.hasPrefix(
                        "The sealing keys do not open what this database holds: "
                    ) == true
                )
            }
        }
    }

    @Test func `a column of bytes is known to be sealed or not to be`() async throws {
        let plain: Set = [
            "ai_replies.body", "ai_requests.fingerprint", "ai_response_cache.cache_key",
            "api_keys.previous_hash", "api_keys.secret_hash", "audit_events.hash",
            "audit_events.payload_hash", "audit_events.pii_commit", "audit_events.prev_hash",
            "auth_attempts.email_hash", "data_subject_requests.file_sha256",
            "idempotency_keys.fingerprint", "installed_keys.proof", "invitations.token_hash",
            "known_devices.device_hash", "member_grants.permissions",
            "one_time_tokens.token_hash", "platform_audit_events.hash",
            "platform_audit_events.payload_hash", "platform_audit_events.pii_commit",
            "platform_audit_events.prev_hash", "platform_chain_head.audit_hash",
            "recovery_codes.code_hash", "refresh_tokens.successor_hash",
            "refresh_tokens.token_hash", "roles.own", "roles.permissions", "sessions.token_hash",
            "signing_keys.public_key", "support_consents.token_hash", "tenant_heads.audit_hash",
        ]
        try await with { fixture, _, _ in
            let rows = try await fixture.migrated.admin(
                """
                SELECT c.relname || '.' || a.attname AS name
                FROM pg_attribute AS a
                JOIN pg_class AS c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p')
                    AND NOT c.relispartition
                WHERE c.relnamespace = 'public'::regnamespace AND a.atttypid = 'bytea'::regtype
                    AND NOT a.attisdropped
                """
            )
            let columns = Set(try rows.map { try $0.decode("name", as: String.self) })
            let sealed = Set(SealedColumns.all.map { "\($0.table).\($0.column)" })
            #expect(columns.subtracting(plain) == sealed)
        }
    }

    /// Mails in the outbox, and one refresh token with a successor.
    private func plant(_ fixture: Fixture, mails: Int) async throws {
        let environment = fixture.environment
        try await environment.database.system(reason: .signIn) { scope in
            for _ in 0..<mails {
                let mail = Mail(
                    .verification,
                    to: try EmailAddress("ada@example.org"),
                    values: ["token": "marked-token", "expires_at": "2026-03-02T10:14:00Z"]
                )
                _ = try scope.query(Outbox(environment).queue(mail))
            }
        }
        let signedIn = try await SignIn(environment)(
            email: "root@ghostworks.test",
            password: Array(Fixture.password.utf8),
            kind: .api,
            workspace: nil,
            client: ClientInfo(userAgent: "tests", ip: "127.0.0.1"),
            requestID: "r"
        )
        let token = try #require(signedIn.refresh).text
        _ = try await RefreshSession(environment)(token: token, requestID: "r")
    }

    /// Sends what is in the outbox; how much went out.
    private func sent(_ fixture: Fixture) async throws -> Int {
        let sent = Mutex(0)
        let office = PostOffice(
            writer: LetterWriter(linkBase: "https://app.example.org"),
            sender: try Mailbox(parsing: "ghost@example.org"),
            transport: MailTransport(name: "test") { _ in sent.withLock { $0 += 1 } }
        )
        let deliver = DeliverMails(fixture.environment, office: office)
        while !(try await deliver()).isEmpty {}
        return sent.withLock { $0 }
    }

    private func sealed(by key: [UInt8], _ fixture: Fixture) async throws -> Int64? {
        let rows = try await fixture.migrated.admin(
            """
            SELECT (SELECT count(*) FROM mail_outbox WHERE substring(payload FROM 2 FOR 4) = \(key))
                + (SELECT count(*) FROM refresh_tokens
                    WHERE substring(successor FROM 2 FOR 4) = \(key)) AS sealed
            """
        )
        return try rows.first?.decode("sealed", as: Int64.self)
    }

    private func count(_ what: StaticString, _ fixture: Fixture) async throws -> Int64? {
        let rows = try await fixture.migrated.admin(
            "SELECT count(*) AS found FROM \(unsafe: "\(what)")"
        )
        return try rows.first?.decode("found", as: Int64.self)
    }

    private func with(_ body: (Fixture, KeyDesk, Caller) async throws -> Void) async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            try await KeyDesk.with(fixture) { try await body(fixture, $0, root) }
        }
    }
}
