import Domain
import Fixtures
import FoundationEssentials
import Postgres
import Storage
import Testing

@testable import Operations

/// What workers do, listed and steered by operators.
@Suite struct JobTests {
    private func code(_ body: () async throws -> Void) async -> DomainError.Code? {
        do {
            try await body()
            return nil
        } catch {
            return (error as? DomainError)?.code
        }
    }

    private func queue(_ fixture: Fixture, to address: String = "ada@example.org") async throws {
        let environment = fixture.environment
        try await environment.database.system(reason: .signIn) { scope in
            let mail = Mail(
                .passwordReset,
                to: try EmailAddress(address),
                values: ["token": "marked-token", "expires_at": "2026-03-02T10:14:00Z"]
            )
            _ = try scope.query(Outbox(environment).queue(mail))
        }
    }

    private func list(
        _ fixture: Fixture,
        _ text: String = "",
        by caller: Caller
    ) async throws -> [Job] {
        let clock = FilterClock(now: fixture.environment.database.clock.now())
        let filter = try JobFilter(try FilterReading(text, .jobs), clock)
        return try await ListJobs(fixture.environment)(filter, page: PageRequest(), by: caller)
            .items
    }

    private func trail(_ fixture: Fixture) async throws -> [String] {
        try await fixture.migrated.admin(
            """
            SELECT a.action FROM platform_audit_events AS a
            WHERE a.resource_type IN ('job', 'alert') ORDER BY a.seq
            """
        ).map { try $0.decode("action") }
    }

    @Test func `mails, copies and erasures are one list, newest first, in pages`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(by: root)
            for number in 0..<3 { try await queue(fixture, to: "a\(number)@example.org") }
            _ = try await RequestExport(fixture.environment)(by: acme.owner.caller)
            let all = try await list(fixture, by: root)
            #expect(all.map(\.kind).filter { $0 == .copy }.count == 1)
            #expect(all.filter { $0.kind == .mail }.allSatisfy { $0.destination == "example.org" })
            #expect(all.first?.kind == .copy)
            #expect(all.map(\.createdAt) == all.map(\.createdAt).sorted(by: >))
            let jobs = ListJobs(fixture.environment)
            let first = try await jobs(JobFilter(), page: PageRequest(limit: 2), by: root)
            let next = try await jobs(
                JobFilter(),
                page: PageRequest(limit: 100, after: first.next),
                by: root
            )
            #expect((first.items + next.items).map(\.id) == all.map(\.id))
        }
    }

    @Test func `a filter tells kinds, states, tenants and times`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(by: root)
            try await queue(fixture)
            _ = try await RequestData(fixture.environment)(
                .export,
                of: acme.owner.caller.user,
                by: acme.owner
            )
            let slug = acme.tenant.slug
            #expect(try await list(fixture, "kind:copy", by: root).map(\.kind) == [.copy])
            #expect(try await list(fixture, "tenant:\(slug) kind:copy", by: root).count == 1)
            #expect(try await list(fixture, "tenant:nobody", by: root).isEmpty)
            #expect(try await list(fixture, "state:failed", by: root).isEmpty)
            #expect(try await list(fixture, "-kind:copy", by: root).allSatisfy { $0.kind != .copy })
            #expect(try await list(fixture, "before:2020-01-01", by: root).isEmpty)
        }
    }

    @Test func `a mail is handed over at once when it is tried again`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            try await queue(fixture)
            _ = try await fixture.migrated.admin(
                """
                UPDATE mail_outbox SET attempts = 3, last_error = '451 later',
                    next_attempt_at = now() + interval '1 hour'
                """
            )
            let mail = try #require(try await list(fixture, "kind:mail", by: root).first)
            #expect(mail.failure == "451 later")
            let tried = try await RetryJob(fixture.environment)(mail.id, by: root)
            let now = try #require(tried.nextAt)
            #expect(now < (try #require(mail.nextAt)))
            #expect(tried.attempts == 3)
            #expect(try await trail(fixture) == ["job.retried"])
        }
    }

    @Test func `a mail that is cancelled is never sent, and what it said is gone`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            try await queue(fixture)
            let mail = try #require(try await list(fixture, "kind:mail", by: root).first)
            let cancel = CancelJob(fixture.environment)
            let job = try await cancel(mail.id, reason: "sent twice", by: root)
            #expect(job.state == .cancelled)
            let claimed = try await fixture.environment.database.system(reason: .worker) { scope in
                try scope.last([OutboxStore.claim(limit: 8)])[0].count
            }
            #expect(claimed == 0)
            let kept = try await fixture.migrated.admin(
                "SELECT 1 FROM mail_outbox WHERE payload IS NOT NULL"
            )
            #expect(kept.isEmpty)
            #expect(try await trail(fixture) == ["job.cancelled"])
            #expect(
                await code { _ = try await cancel(mail.id, reason: "again", by: root) }
                    == .invalidTransition
            )
        }
    }

    @Test func `a mail in hand is not cancelled`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            try await queue(fixture)
            _ = try await fixture.environment.database.system(reason: .worker) { scope in
                try scope.last([OutboxStore.claim(limit: 8)])[0].count
            }
            let mail = try #require(try await list(fixture, "kind:mail", by: root).first)
            #expect(mail.state == .running)
            #expect(
                await code {
                    _ = try await CancelJob(fixture.environment)(
                        mail.id,
                        reason: "too late",
                        by: root
                    )
                } == .invalidTransition
            )
        }
    }

    @Test func `a copy that was given up says why, and is made after all`() async throws {
        try await Fixture.with { fixture in
            try await fixture.withExports { folder in
                let environment = fixture.environment
                let root = try await fixture.makeOperator()
                let acme = try await fixture.makeTenant(by: root)
                let request = try await RequestExport(environment)(by: acme.owner.caller)
                let nowhere = RunExport(environment, folder: ExportFolder(path: "/proc/nowhere"))
                for _ in 0..<5 {
                    await #expect(throws: (any Error).self) { _ = try await nowhere() }
                }
                let id = JobID(request.id.uuid)
                let failed = try await FindJob(environment)(id, by: root)
                #expect(failed.state == .failed)
                #expect(failed.failure?.isEmpty == false)
                let standing = try #require(try await ShowOverview(environment)(by: root).copies)
                #expect(standing.failed == 1)
                let again = try await RetryJob(environment)(id, by: root)
                #expect(again.state == .waiting)
                #expect(again.attempts == 5)
                #expect(try await RunExport(environment, folder: folder)()?.outcome == .done)
                let done = try await FindJob(environment)(id, by: root)
                #expect(done.state == .done)
                #expect(done.failure == nil)
                #expect(done.attempts == 6)
            }
        }
    }

    @Test func `a copy is not tried again while another one is under way`() async throws {
        try await Fixture.with { fixture in
            let environment = fixture.environment
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(by: root)
            let first = try await RequestExport(environment)(by: acme.owner.caller)
            let id = JobID(first.id.uuid)
            _ = try await CancelJob(environment)(id, reason: "not yet", by: root)
            _ = try await RequestExport(environment)(by: acme.owner.caller)
            #expect(
                await code { _ = try await RetryJob(environment)(id, by: root) }
                    == .invalidTransition
            )
        }
    }

    @Test func `a worker whose copy was cancelled changes nothing`() async throws {
        try await Fixture.with { fixture in
            let environment = fixture.environment
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(by: root)
            let request = try await RequestExport(environment)(by: acme.owner.caller)
            let claimed = try await environment.database.system(reason: .privacy) { scope in
                try scope.last([DataRequestStore.claim(nil)])[0].first
                    .map(DataRequestStore.claimed)
            }
            let claim = try #require(claimed)
            let id = JobID(request.id.uuid)
            let job = try await CancelJob(environment)(id, reason: "a mistake", by: root)
            #expect(job.state == .cancelled)
            let changed = try await environment.database.system(reason: .privacy) { scope in
                try scope.change(DataRequestStore.advance(claim, done: 1, of: 2))
                    + scope.change(DataRequestStore.fail(claim, reason: "late"))
            }
            #expect(changed == 0)
        }
    }

    @Test func `a bad reason and an unknown job are refused`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let cancel = CancelJob(fixture.environment)
            let id = JobID(UUID())
            #expect(
                await code { _ = try await cancel(id, reason: "x", by: root) } == .validationError
            )
            #expect(
                await code { _ = try await cancel(id, reason: "no such", by: root) } == .notFound
            )
            #expect(
                await code { _ = try await RetryJob(fixture.environment)(id, by: root) }
                    == .notFound
            )
            #expect(
                await code { _ = try await FindJob(fixture.environment)(id, by: root) }
                    == .notFound
            )
        }
    }

    @Test func `support reads jobs and changes none`() async throws {
        try await Fixture.with { fixture in
            let support = try await fixture.makeOperator("s@ghostworks.test", role: .support)
            try await queue(fixture)
            let mail = try #require(try await list(fixture, "kind:mail", by: support).first)
            #expect(
                await code {
                    _ = try await CancelJob(fixture.environment)(
                        mail.id,
                        reason: "to test it",
                        by: support
                    )
                } == .permissionDenied
            )
        }
    }

    @Test func `an alert is quiet until it gets worse`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            try await fail(fixture, at: "1 hour")
            let show = ShowOverview(fixture.environment)
            let alerts = try await show(by: root).alerts
            #expect(alerts.map(\.sentence) == ["1 mail was given up."])
            #expect(alerts.first?.mark == nil)
            let mark = MarkAlert(fixture.environment)
            let seen = try await mark([PlatformAlert.ID(.mails)], by: root)
            #expect(seen.alerts.first?.mark?.at != nil)
            #expect(try await show(by: root).alerts.first?.mark != nil)
            try await fail(fixture, at: "1 minute")
            let worse = try await show(by: root).alerts
            #expect(worse.map(\.sentence) == ["2 mails were given up."])
            #expect(worse.first?.mark == nil)
            #expect(try await trail(fixture) == ["alert.acknowledged"])
            #expect(
                await code { _ = try await mark([PlatformAlert.ID(.slow)], by: root) } == .notFound
            )
        }
    }

    private func fail(_ fixture: Fixture, at age: String) async throws {
        _ = try await fixture.migrated.admin(
            """
            INSERT INTO mail_outbox (id, template, language, recipient, status, next_attempt_at)
            VALUES (gen_random_uuid(), 'x', 'en', 'a@x.test', 'failed', now() - \(age)::interval)
            """
        )
    }
}
