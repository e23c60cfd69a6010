import Domain
import Fixtures
import Operations
import Postgres
import Storage
import Support
import Testing

/// Whatever happens while somebody is being erased: in the end nothing of them is a member, signed in
/// or known.
@Suite struct ErasureRaceTests {
    @Test func `an invitation that waits while its person is erased is not accepted`() async throws
    {
        try await Household.with { house in
            let environment = house.environment
            let (_, token) = try await house.invite("ada@x.test")
            let ada = try await house.stranger("ada@x.test")
            let gate = try await Gate(house.fixture, at: Self.counters(of: house.acme))
            async let accepted = code {
                _ = try await AcceptInvitation(environment)(token: token, by: ada)
            }
            try await gate.waitForSomebody()
            try await ErasePerson(environment)(
                confirming: "ada@x.test",
                proof: Fixture.proof,
                by: ada
            )
            try await gate.open()
            #expect(await accepted == .sessionRevoked)
            try await Self.expectNobody(house.fixture)
            #expect(try await house.trail("invitation.accepted") == 0)
        }
    }

    @Test func `who joins while they are being erased leaves once more`() async throws {
        try await Self.withTwoPlaces { house, beta, root in
            let environment = house.environment
            let (_, token) = try await house.invite("ada@x.test")
            let ada = try await house.fixture.makeMember("ada@x.test", role: .viewer, in: beta)
            let gate = try await Gate(house.fixture, at: Self.counters(of: beta))
            async let erased = code {
                try await ErasePerson(environment)(ada.caller.user, reason: "asked", by: root)
            }
            // It knows by now which workspaces there are to leave.
            try await gate.waitForSomebody()
            _ = try await AcceptInvitation(environment)(token: token, by: ada.caller)
            try await gate.open()
            #expect(await erased == nil)
            try await Self.expectNobody(house.fixture)
            #expect(try await house.trail("member.added") == 1)
            #expect(try await house.trail("member.erased") == 1)
            #expect(try await house.seats() == [1, 0, 50])
            #expect(try await VerifyChain(environment)(by: house.owner).fault == nil)
        }
    }

    @Test func `who is added at the end of their erasure is another person`() async throws {
        try await Household.with { house in
            let environment = house.environment
            let owner = house.owner
            let ada = try await house.stranger("ada@x.test")
            let gate = try await Gate(house.fixture, at: Self.row(of: ada.user))
            async let added = AddMember(environment)(
                email: "ada@x.test",
                role: "viewer",
                name: nil,
                by: owner
            )
            try await gate.waitForSomebody()
            try await gate.run(Self.stroke(ada.user))
            try await gate.open()
            #expect(try await added.user != ada.user)
            #expect(try await added.email == "ada@x.test")
            let joined = try await house.fixture.count(
                "SELECT count(*) AS n FROM memberships WHERE user_id = \(ada.user.uuid)"
            )
            #expect(joined == 0)
        }
    }

    /// The password was right before the erasure.
    @Test func `a sign-in that ends after the erasure begins no session`() async throws {
        try await Household.with { house in
            let fixture = house.fixture
            try await fixture.makeStranger("ada@x.test")
            let ada = try #require(
                try await fixture.migrated.admin(
                    "SELECT id FROM users WHERE email = 'ada@x.test'"
                ).first?.decode("id", as: UserID.self)
            )
            let gate = try await Gate(fixture, at: Self.row(of: ada))
            async let signedIn = code {
                _ = try await fixture.signIn("ada@x.test", kind: .api)
            }
            try await gate.waitForSomebody()
            try await gate.run(Self.stroke(ada))
            try await gate.open()
            #expect(await signedIn == .sessionRevoked)
            try await Self.expectNobody(fixture)
        }
    }

    @Test func `who is erased gets no name back`() async throws {
        try await Household.with { house in
            let environment = house.environment
            let ada = try await house.stranger("ada@x.test")
            let gate = try await Gate(house.fixture, at: Self.row(of: ada.user))
            let edit = try AccountEdit(name: "Ada Lovelace", locale: nil)
            async let renamed = code {
                _ = try await UpdateMe(environment)(edit, version: nil, by: ada)
            }
            try await gate.waitForSomebody()
            try await gate.run(Self.stroke(ada.user))
            try await gate.open()
            #expect(await renamed != nil)
            #expect(try await house.fixture.rows(with: "lovelace") == [])
        }
    }

    @Test func `a workspace that is opened at the end of an erasure opens without the person`()
        async throws
    {
        try await Self.withTwoPlaces { house, beta, root in
            let environment = house.environment
            let ada = try await house.fixture.makeMember("ada@x.test", role: .viewer, in: beta)
            let close = CloseTenant(environment)
            _ = try await close(beta.id, confirming: "beta", reason: "Not needed", by: root)
            let gate = try await Gate(house.fixture, at: Self.row(of: ada.caller.user))
            async let opened = RestoreTenant(environment)(beta.id, reason: "Needed", by: root)
            try await gate.waitForSomebody()
            try await gate.run(Self.stroke(ada.caller.user))
            try await gate.run("DELETE FROM sessions WHERE user_id = \(ada.caller.user.uuid)")
            try await gate.run("DELETE FROM known_devices WHERE user_id = \(ada.caller.user.uuid)")
            try await gate.open()
            #expect(try await opened.status == .active)
            try await Self.expectNobody(house.fixture)
        }
    }

    /// Whatever a process believes that it was told a moment ago.
    @Test func `nothing is written about a person who is erased`() async throws {
        try await Household.with { house in
            let ada = try await house.member("ada@x.test", .viewer).caller
            try await ErasePerson(house.environment)(
                confirming: "ada@x.test",
                proof: Fixture.proof,
                by: ada
            )
            let user = ada.user.uuid
            let tenant = house.acme.id
            let writes: [(SQL, DomainError.Code)] = [
                ("UPDATE users SET display_name = 'Ada' WHERE id = \(user)", .invalidTransition),
                (
                    "UPDATE memberships SET status = 'active' WHERE user_id = \(user)",
                    .invalidTransition
                ),
                (
                    """
                    INSERT INTO sessions (id, user_id, kind, expires_at)
                    VALUES (gen_random_uuid(), \(user), 'api', now() + interval '1 day')
                    """, .sessionRevoked
                ),
                (
                    """
                    INSERT INTO known_devices (user_id, device_hash)
                    VALUES (\(user), sha256('device'))
                    """, .sessionRevoked
                ),
                (
                    """
                    INSERT INTO one_time_tokens (token_hash, kind, user_id, expires_at)
                    VALUES (sha256('token'), 'reset', \(user), now() + interval '1 day')
                    """, .sessionRevoked
                ),
                (
                    """
                    INSERT INTO identities (provider, subject, issuer, user_id)
                    VALUES ('acme', 'ada', 'https://idp.example.org', \(user))
                    """, .sessionRevoked
                ),
                (
                    "INSERT INTO second_factors (user_id, secret) VALUES (\(user), 'x')",
                    .sessionRevoked
                ),
            ]
            for (write, expected) in writes {
                let refused = await house.refusal {
                    try await house.environment.database.system(reason: .signIn, tenant: tenant) {
                        try $0.query(write).affected
                    }
                }
                #expect(refused?.code == expected, "\(write.text)")
            }
            try await Self.expectNobody(house.fixture)
        }
    }

    /// Every way in at once with the erasure, for many people.
    @Test func `of many who join, sign in and are erased at once nothing is left`() async throws {
        try await Self.withTwoPlaces { house, beta, root in
            let environment = house.environment
            let fixture = house.fixture
            var works: [@Sendable () async throws -> Void] = []
            var erasures: [Int] = []
            for number in 0..<8 {
                let email = "p\(number)@x.test"
                let (_, token) = try await house.invite(email)
                let person = try await house.stranger(email)
                works.append {
                    _ = try await AcceptInvitation(environment)(token: token, by: person)
                }
                erasures.append(works.count)
                works.append {
                    try await ErasePerson(environment)(person.user, reason: "asked", by: root)
                }
                works.append { try await fixture.addMember(email, .viewer, by: beta.owner) }
                works.append { _ = try await fixture.signIn(email, kind: .api) }
            }
            let codes = await atOnce(works)
            #expect(erasures.allSatisfy { codes[$0] == nil }, "\(codes)")
            #expect(!codes.contains(.internalError), "\(codes)")
            try await Self.expectNobody(fixture)
            let erased = try await fixture.count(
                "SELECT count(*) AS n FROM users WHERE status = 'erased'"
            )
            #expect(erased == 8)
        }
    }

    @Test func `who never stops joining is not erased, and the caller is told`() async throws {
        try await Self.withTwoPlaces { house, _, root in
            let ada = try await house.member("ada@x.test", .viewer)
            _ = try await house.fixture.migrated.admin([
                """
                CREATE FUNCTION app.come_back() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
                AS $$
                BEGIN
                    UPDATE public.tenant_counters SET member_count = member_count + 1
                    WHERE tenant_id = NEW.tenant_id;
                    NEW.status := 'active';
                    RETURN NEW;
                END
                $$
                """,
                """
                CREATE TRIGGER come_back BEFORE UPDATE ON memberships
                FOR EACH ROW WHEN (NEW.status = 'removed') EXECUTE FUNCTION app.come_back()
                """,
            ])
            let refused = await house.refusal {
                try await ErasePerson(house.environment)(ada.caller.user, reason: "asked", by: root)
            }
            #expect(
                refused?.message == "The person goes on joining workspaces and was not erased."
            )
            #expect(refused?.code == .invalidTransition)
            #expect(try await house.trail("member.erased") == 5)
            let erased = try await house.fixture.count(
                "SELECT count(*) AS n FROM users WHERE status = 'erased'"
            )
            #expect(erased == 0)
        }
    }
}

extension ErasureRaceTests {
    /// Acme, another tenant, and an operator.
    private static func withTwoPlaces(
        _ body: (Household, TestTenant, Caller) async throws -> Void
    ) async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(by: root)
            let beta = try await fixture.makeTenant("beta", by: root)
            try await body(Household(fixture: fixture, acme: acme), beta, root)
        }
    }

    private static func counters(of tenant: TestTenant) -> SQL {
        "SELECT FROM tenant_counters WHERE tenant_id = \(tenant.id.uuid) FOR UPDATE"
    }

    /// What the last transaction of an erasure holds.
    private static func row(of user: UserID) -> SQL {
        "SELECT FROM users WHERE id = \(user.uuid) FOR UPDATE"
    }

    /// What it ends with.
    private static func stroke(_ user: UserID) -> SQL {
        """
        UPDATE users
        SET email = 'x@erased.invalid', email_norm = 'x@erased.invalid',
            display_name = 'Erased person', password_hash = NULL, status = 'erased',
            erased_at = clock_timestamp()
        WHERE id = \(user.uuid)
        """
    }

    /// Nothing belongs to anybody who is erased, and every counter is right.
    private static func expectNobody(_ fixture: Fixture) async throws {
        for table in [
            "memberships", "user_tenants", "sessions", "known_devices", "one_time_tokens",
            "identities", "second_factors",
        ] {
            let left = try await fixture.count(
                """
                SELECT count(*) AS n FROM \(unsafe: table) AS t
                JOIN users AS u ON u.id = t.user_id AND u.status = 'erased'
                WHERE coalesce(to_jsonb(t) ->> 'status', '') <> 'removed'
                """
            )
            #expect(left == 0, "\(table)")
        }
        let miscounted = try await fixture.count(
            """
            SELECT count(*) AS n FROM tenant_counters AS c
            WHERE c.member_count <> (SELECT count(*) FROM memberships AS m
                WHERE m.tenant_id = c.tenant_id AND m.status <> 'removed')
            """
        )
        #expect(miscounted == 0)
    }
}

/// A transaction that is open at a decisive point, and lets nobody by.
private struct Gate {
    private let holder: PostgresConnection
    private let watcher: PostgresConnection

    init(_ fixture: Fixture, at lock: SQL) async throws {
        let settings = fixture.migrated.cluster.settings(database: fixture.migrated.name)
        holder = try await PostgresConnection.connect(settings)
        watcher = try await PostgresConnection.connect(settings)
        try await run("BEGIN")
        try await run(lock)
    }

    func run(_ statement: SQL) async throws {
        _ = try await holder.query(statement)
    }

    /// Asks until the server says that somebody stands before it.
    func waitForSomebody() async throws {
        let limit = ContinuousClock.now + .seconds(60)
        let question: SQL = """
            SELECT EXISTS (SELECT FROM pg_stat_activity AS a
                WHERE a.datname = current_database() AND a.wait_event_type = 'Lock') AS yes
            """
        while try await watcher.query(question)[0].decode("yes", as: Bool.self) == false {
            try #require(ContinuousClock.now < limit, "nobody came")
        }
    }

    func open() async throws {
        try await run("COMMIT")
        await holder.close()
        await watcher.close()
    }
}

extension Fixture {
    /// The number `n` of a row that the superuser sees.
    fileprivate func count(_ statement: SQL) async throws -> Int64 {
        try await migrated.admin(statement)[0].decode("n")
    }
}
