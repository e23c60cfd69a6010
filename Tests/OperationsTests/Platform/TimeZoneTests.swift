import Domain
import Fixtures
import Operations
import Postgres
import Testing

/// Where people read times.
@Suite struct TimeZoneTests {
    @Test func `a person says where they read times, and takes it back`() async throws {
        try await Fixture.with { fixture in
            let environment = fixture.environment
            let ada = try await fixture.makeTenant(by: try await fixture.makeOperator())
                .owner.caller
            #expect(try await ShowMe(environment)(by: ada).timeZone == nil)
            let update = UpdateMe(environment)
            let kuwait = try AccountEdit(name: nil, locale: nil, timeZone: "Asia/Kuwait")
            let changed = try await update(kuwait, version: nil, by: ada)
            #expect(changed.timeZone == "Asia/Kuwait")
            // The same once more changes nothing.
            let again = try await update(kuwait, version: nil, by: ada)
            #expect(again.version == changed.version)
            // Another name leaves it.
            let named = try AccountEdit(name: "Ada", locale: nil)
            #expect(try await update(named, version: nil, by: ada).timeZone == "Asia/Kuwait")
            let none = try AccountEdit(name: nil, locale: nil, timeZone: "")
            #expect(try await update(none, version: nil, by: ada).timeZone == nil)
            let lines = try await fixture.migrated.admin(
                """
                SELECT a.changes AS changes FROM platform_audit_events AS a
                WHERE a.action = 'user.updated' AND a.changes LIKE '%time_zone%' ORDER BY a.seq
                """
            ).map { try $0.decode("changes", as: String.self) }
            #expect(lines.count == 2 && lines[0].contains("Asia/Kuwait"))
        }
    }

    @Test(arguments: ["Asia/Atlantis", "Europe/Berlin2", "posix/../x"])
    func `a zone that there is not is refused, and nothing changes`(name: String) async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let error = await #expect(throws: DomainError.self) {
                try await UpdateMe(fixture.environment)(
                    AccountEdit(name: nil, locale: nil, timeZone: name),
                    version: nil,
                    by: root
                )
            }
            #expect(error?.code == .validationError)
            #expect(try await ShowMe(fixture.environment)(by: root).timeZone == nil)
        }
    }

    @Test func `the zones to choose from have regions, and say how far they are`() async throws {
        try await Fixture.with { fixture in
            let zones = try await ListTimeZones(fixture.environment)(
                by: try await fixture.makeOperator()
            )
            #expect(zones.count > 300)
            #expect(zones.contains(TimeZoneChoice(name: "Asia/Kuwait", minutesEast: 180)))
            #expect(zones.contains(TimeZoneChoice(name: "UTC", minutesEast: 0)))
            #expect(zones.allSatisfy { TimeZoneName.isShaped($0.name) })
            #expect(!zones.contains { $0.name.hasPrefix("posix/") })
        }
    }

    @Test func `a session that is resumed brings it along`() async throws {
        try await Fixture.with { fixture in
            _ = try await fixture.makeOperator()
            let signedIn = try await SignIn(fixture.environment)(
                email: "root@ghostworks.test",
                password: Array(Fixture.password.utf8),
                kind: .console,
                workspace: nil,
                client: ClientInfo(userAgent: nil, ip: nil),
                requestID: "r"
            )
            let token = try #require(signedIn.sessionToken)
            let resume = ResumeSession(fixture.environment)
            let before = try await resume(token: token, requestID: "r")
            #expect(before.timeZone == nil)
            _ = try await UpdateMe(fixture.environment)(
                AccountEdit(name: nil, locale: nil, timeZone: "Asia/Kuwait"),
                version: nil,
                by: Caller(user: before.user, session: before.session, requestID: "r")
            )
            #expect(try await resume(token: token, requestID: "r").timeZone == "Asia/Kuwait")
        }
    }

    @Test func `it goes with the person`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
            let member = try await fixture.makeMember("m@acme.test", role: .viewer, in: acme)
                .caller
            _ = try await UpdateMe(fixture.environment)(
                AccountEdit(name: nil, locale: nil, timeZone: "Asia/Kuwait"),
                version: nil,
                by: member
            )
            try await ErasePerson(fixture.environment)(
                confirming: "m@acme.test",
                proof: Fixture.proof,
                by: member
            )
            let rows = try await fixture.migrated.admin(
                "SELECT 1 FROM users WHERE time_zone IS NOT NULL"
            )
            #expect(rows.isEmpty)
        }
    }
}
