import Domain
import Fixtures
import Foundation
import Operations
import Postgres
import Sealing
import Storage
import Testing

/// Copies of people's data, made by a worker.
@Suite struct ExportTests {
    private static let mark = "zuleikha"

    private func code(_ body: () async throws -> Void) async -> DomainError.Code? {
        do {
            try await body()
            return nil
        } catch {
            return (error as? DomainError)?.code
        }
    }

    @Test func `a copy has everything about a person, and a manifest that is true`() async throws {
        try await Fixture.with { fixture in
            try await fixture.withExports { folder in
                let environment = fixture.environment
                let root = try await fixture.makeOperator()
                let acme = try await fixture.makeTenant(by: root)
                let ada = try await fixture.makeMarked(Self.mark, in: acme, by: root)
                _ = try await CreateAPIKey(environment)(
                    name: "Reporter",
                    scopes: ["artifact.read"],
                    by: TenantCaller(caller: ada, tenant: acme.id)
                )
                _ = try await fixture.migrated.admin(
                    """
                    INSERT INTO identities (provider, subject, issuer, user_id, claims)
                    VALUES ('test', 'u-1', 'https://issuer.test', \(ada.user.uuid),
                        '{"email": "elsewhere@example.org"}')
                    """
                )
                let request = try await RequestExport(environment)(by: ada)
                #expect(request.status == .queued)
                #expect(try await RequestExport(environment)(by: ada).id == request.id)
                let run = RunExport(environment, folder: folder)
                let report = try await run()
                #expect(report?.id == request.id)
                #expect(report?.outcome == .done)
                #expect(try await run() == nil)
                let (made, file) = try await OpenExport(environment)(request.id, by: ada)
                #expect(made.progress.done == made.progress.total)
                #expect(made.progress.total == 10)
                let path = folder.file(made.id, attempt: file.attempt)
                let bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
                #expect(file.bytes == Int64(bytes.count))
                #expect(file.sha256 == Digest.sha256(bytes))
                let archive = try Archive(path: path)
                let manifest = try archive.checkedManifest()
                #expect(manifest["format"] as? String == "ghostworks-export-1")
                #expect(manifest["subject"] as? String == ada.user.description)
                let profile = try #require(try archive.lines("profile.ndjson").first)
                #expect(profile["email"] as? String == "\(Self.mark)@example.org")
                #expect(profile["name"] as? String == "Name \(Self.mark)")
                let session = try #require(try archive.lines("sessions.ndjson").first)
                #expect(session["ip"] as? String == "192.0.2.77")
                #expect(try archive.lines("devices.ndjson").count == 1)
                #expect(try archive.lines("mails.ndjson").isEmpty == false)
                let place = try #require(try archive.lines("workspaces.ndjson").first)
                #expect(place["slug"] as? String == "acme")
                let identity = try #require(try archive.lines("identities.ndjson").first)
                #expect(identity["subject"] as? String == "u-1")
                let claims = identity["claims"] as? [String: Any]
                #expect(claims?["email"] as? String == "elsewhere@example.org")
                #expect(archive.names.contains("activity-\(acme.id).ndjson"))
                let key = try #require(try archive.lines("api-keys-\(acme.id).ndjson").first)
                #expect(key["name"] as? String == "Reporter")
                #expect(key["scopes"] as? [String] == ["artifact.read"])
            }
        }
    }

    @Test func `no secret is in a copy, and nobody else`() async throws {
        try await Fixture.with { fixture in
            try await fixture.withExports { folder in
                let root = try await fixture.makeOperator()
                let acme = try await fixture.makeTenant(by: root)
                let ada = try await fixture.makeMarked(Self.mark, in: acme, by: root)
                _ = try await CreateAPIKey(fixture.environment)(
                    name: "Reporter",
                    scopes: ["artifact.read"],
                    by: TenantCaller(caller: ada, tenant: acme.id)
                )
                let request = try await RequestExport(fixture.environment)(by: ada)
                _ = try await RunExport(fixture.environment, folder: folder)()
                let data = try Data(
                    contentsOf: URL(filePath: folder.file(request.id, attempt: 1))
                )
                let text = String(decoding: data, as: UTF8.self)
                let secrets: [String?] = try await fixture.migrated.admin(
                    """
                    SELECT u.password_hash AS secret FROM users AS u
                    UNION ALL SELECT encode(s.token_hash, 'hex') FROM sessions AS s
                    UNION ALL SELECT encode(m.payload, 'hex') FROM mail_outbox AS m
                    UNION ALL SELECT encode(t.token_hash, 'hex') FROM one_time_tokens AS t
                    UNION ALL SELECT encode(d.device_hash, 'hex') FROM known_devices AS d
                    UNION ALL SELECT encode(k.secret_hash, 'hex') FROM api_keys AS k
                    UNION ALL SELECT 'owner@acme.test'
                    UNION ALL SELECT 'root@ghostworks.test'
                    """
                ).map { try $0.decode("secret") }
                let known = secrets.compactMap(\.self)
                #expect(known.count > 6)
                for secret in known { #expect(!text.contains(secret)) }
            }
        }
    }

    @Test func `long parts are read page by page`() async throws {
        try await Fixture.with { fixture in
            try await fixture.withExports { folder in
                let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
                let user = acme.owner.caller.user
                _ = try await fixture.migrated.admin(
                    """
                    INSERT INTO artifacts (tenant_id, id, name, description, tags, metadata,
                        created_by, updated_by)
                    SELECT \(acme.id.uuid), gen_random_uuid(), 'Paper ' || n, '', '{}', '{}',
                        \(user.uuid), \(user.uuid)
                    FROM generate_series(1, 1201) AS n
                    """
                )
                let request = try await RequestData(fixture.environment)(
                    .export,
                    of: user,
                    by: acme.owner
                )
                _ = try await RunExport(fixture.environment, folder: folder)()
                let archive = try Archive(path: folder.file(request.id, attempt: 1))
                _ = try archive.checkedManifest()
                let papers = try archive.lines("artifacts.ndjson")
                #expect(Set(papers.compactMap { $0["id"] as? String }).count == 1_201)
                #expect(
                    archive.names == [
                        "manifest.json", "member.ndjson", "artifacts.ndjson", "revisions.ndjson",
                        "conversations.ndjson", "activity.ndjson", "api-keys.ndjson",
                    ]
                )
            }
        }
    }

    @Test func `a worker that died is followed by another, and an overtaken one changes nothing`()
        async throws
    {
        try await Fixture.with { fixture in
            try await fixture.withExports { folder in
                let environment = fixture.environment
                let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
                let request = try await RequestExport(environment)(by: acme.owner.caller)
                let dead = try await environment.database.system(reason: .privacy) { scope in
                    try scope.last([DataRequestStore.claim(nil)])[0].first
                        .map(DataRequestStore.claimed)
                }
                let claim = try #require(dead)
                // While the lease runs, nobody else takes it.
                let run = RunExport(environment, folder: folder)
                #expect(try await run() == nil)
                _ = try await fixture.migrated.admin(
                    "UPDATE data_subject_requests SET locked_until = now() - interval '1 second'"
                )
                #expect(try await run()?.outcome == .done)
                let late = try await environment.database.system(reason: .privacy) { scope in
                    try scope.change(
                        DataRequestStore.complete(claim, bytes: 1, sha256: Digest.sha256("x"))
                    ) + scope.change(DataRequestStore.advance(claim, done: 0, of: 1))
                        + scope.change(DataRequestStore.fail(claim, reason: "late"))
                }
                #expect(late == 0)
                let found = try await FindOwnExport(environment)(request.id, by: acme.owner.caller)
                #expect(found.file?.attempt == 2)
            }
        }
    }

    @Test func `an export that cannot be written is tried again, and given up at last`()
        async throws
    {
        try await Fixture.with { fixture in
            let environment = fixture.environment
            let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
            let request = try await RequestExport(environment)(by: acme.owner.caller)
            let run = RunExport(environment, folder: ExportFolder(path: "/proc/nowhere"))
            for _ in 0..<5 {
                await #expect(throws: (any Error).self) { _ = try await run() }
            }
            #expect(try await run() == nil)
            let found = try await FindOwnExport(environment)(request.id, by: acme.owner.caller)
            #expect(found.status == .failed)
            #expect(
                await code {
                    _ = try await OpenExport(environment)(request.id, by: acme.owner.caller)
                } == .invalidTransition
            )
        }
    }

    @Test func `copies are for their subject alone, or for an operator with a reason`()
        async throws
    {
        try await Fixture.with { fixture in
            try await fixture.withExports { folder in
                let environment = fixture.environment
                let root = try await fixture.makeOperator()
                let staff = try await fixture.makeOperator("s@ghostworks.test", role: .support)
                let acme = try await fixture.makeTenant(by: root)
                let ada = try await fixture.makeMember("ada@acme.test", role: .member, in: acme)
                let ask = RequestExport(environment)
                #expect(
                    await code {
                        _ = try await ask(of: ada.caller.user, reason: "asked", by: staff)
                    } == .permissionDenied
                )
                let request = try await ask(of: ada.caller.user, reason: "asked", by: root)
                _ = try await RunExport(environment, folder: folder)(request.id)
                let open = OpenExport(environment)
                #expect(
                    await code { _ = try await open(request.id, by: acme.owner.caller) }
                        == .notFound
                )
                #expect(
                    await code { _ = try await open(request.id, byOperator: staff) }
                        == .permissionDenied
                )
                #expect(try await open(request.id, by: ada.caller).0.subject == ada.caller.user)
                #expect(try await open(request.id, byOperator: root).0.id == request.id)
                let trail = try await ListPlatformAuditEvents(environment)(
                    AuditFilter(action: "privacy.export_downloaded"),
                    page: PageRequest(),
                    by: root
                )
                #expect(trail.items.count == 2)
            }
        }
    }

    @Test func `files go after a week, and at once with their person`() async throws {
        try await Fixture.with { fixture in
            try await fixture.withExports { folder in
                let environment = fixture.environment
                let root = try await fixture.makeOperator()
                let acme = try await fixture.makeTenant(by: root)
                let ada = try await fixture.makeMember("ada@acme.test", role: .member, in: acme)
                let expire = ExpireExports(environment, folder: folder)
                let run = RunExport(environment, folder: folder)
                _ = try await RequestExport(environment)(by: acme.owner.caller)
                _ = try await run()
                _ = try await RequestExport(environment)(by: ada.caller)
                _ = try await run()
                #expect(try await expire() == 0)
                try await ErasePerson(environment)(ada.caller.user, reason: "asked", by: root)
                #expect(try await expire() == 1)
                _ = try await fixture.migrated.admin(
                    "UPDATE data_subject_requests SET expires_at = now() - interval '1 second'"
                )
                #expect(try await expire() == 1)
                #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
            }
        }
    }
}
