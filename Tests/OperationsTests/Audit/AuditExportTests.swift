import Domain
import Fixtures
import Operations
import Sealing
import Synchronization
import Testing

/// Exports of trails: what is in them, who gets them, and how somebody else checks them.
@Suite struct AuditExportTests {
    private func request(
        _ filter: AuditFilter = AuditFilter(),
        _ format: ExportFormat = .jsonl
    ) -> AuditExportRequest {
        AuditExportRequest(filter: filter, format: format, file: "trail.\(format.rawValue)")
    }

    private func export(
        _ request: AuditExportRequest,
        _ fixture: Fixture,
        by caller: TenantCaller
    ) async throws -> (text: String, manifest: ExportManifest) {
        var text = ""
        let manifest = try await ExportAuditEvents(fixture.environment)(request, by: caller) {
            text += $0
        }
        return (text, manifest)
    }

    @Test func `an export holds what the filter lets through, the oldest first`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
            for number in 0..<5 { _ = try await fixture.create("a\(number)", by: acme.owner) }
            let filter = AuditFilter(action: "artifact.")
            let listed = try await ListAuditEvents(fixture.environment)(
                filter,
                page: PageRequest(),
                by: acme.owner
            )
            let (text, manifest) = try await export(request(filter), fixture, by: acme.owner)
            let lines = listed.items.reversed().map { AuditLine.text($0, .jsonl) }
            #expect(text == lines.joined())
            #expect(manifest.rows == 5)
            #expect(manifest["filter"] == .object(["action": .string("artifact.*")]))
            #expect(manifest["tenant"] == .string(acme.id.description))
        }
    }

    @Test func `an export of all holds its own record, and names the event it ends with`()
        async throws
    {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
            let (text, manifest) = try await export(
                request(AuditFilter(), .csv),
                fixture,
                by: acme.owner
            )
            let lines = text.split(separator: "\r\n")
            #expect(Int64(lines.count) == manifest.rows + 1)
            #expect(lines.last?.contains("audit.exported") == true)
            let finished = try await fixture.lastEvent(by: acme.owner)
            #expect(finished.entry.action == "audit.export_finished")
            #expect(finished.entry.changes.contains(manifest.sha256))
            #expect(manifest["head"]?["seq"] == .integer(finished.seq - 1))
            let hash = finished.links.previousHash.hexDigits
            #expect(manifest["head"]?["hash"] == .string(hash))
            #expect(try await VerifyChain(fixture.environment)(by: acme.owner).fault == nil)
        }
    }

    @Test func `nobody without the permission gets a row, and the trail is not touched`()
        async throws
    {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(by: root)
            let member = try await fixture.makeMember("m@x.test", role: .member, in: acme)
            let before = try await fixture.lastEvent(by: acme.owner).seq
            await fixture.expect(.forbidden) {
                _ = try await export(request(), fixture, by: member)
            }
            await fixture.expect(.forbidden) {
                _ = try await ExportAuditEvents(fixture.environment)(
                    request(),
                    by: acme.owner.caller
                ) { _ in Issue.record("a row left") }
            }
            #expect(try await fixture.lastEvent(by: acme.owner).seq == before)
        }
    }

    @Test func `an export that is broken off is in the trail, without an end`() async throws {
        struct Full: Error {}
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
            await #expect(throws: Full.self) {
                _ = try await ExportAuditEvents(fixture.environment)(
                    request(),
                    by: acme.owner
                ) { _ in throw Full() }
            }
            let last = try await fixture.lastEvent(by: acme.owner)
            #expect(last.entry.action == "audit.exported")
            #expect(last.entry.changes.contains("\"file\":[null,\"trail.jsonl\"]"))
        }
    }

    @Test func `the platform's trail is exported by operators, and recorded there`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let seen = Mutex<[Headway]>([])
            var rows = 0
            let manifest = try await ExportAuditEvents(fixture.environment)(
                request(),
                by: root,
                progress: { headway in seen.withLock { $0.append(headway) } }
            ) { rows += $0.split(separator: "\n").count }
            #expect(Int64(rows) == manifest.rows)
            #expect(manifest["trail"] == .string("platform"))
            #expect(seen.withLock { $0.last?.fraction } == 1)
            let page = try await ListPlatformAuditEvents(fixture.environment)(
                AuditFilter(action: "audit."),
                page: PageRequest(),
                by: root
            )
            #expect(
                page.items.map(\.entry.action) == ["audit.export_finished", "audit.exported"]
            )
        }
    }

    @Test func `the signature holds for this file, this manifest and this key alone`()
        async throws
    {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
            let (text, manifest) = try await export(request(), fixture, by: acme.owner)
            guard case .string(let published)? = manifest["public_key"] else {
                Issue.record("no key")
                return
            }
            let key = try VerifyingKey(rawBytes: try #require([UInt8](hexDigits: published)))
            let hash = Digest.sha256(text)
            #expect(CheckExport(manifest)(key: key, sha256: hash) == .holds)
            let other = Digest.sha256(text + "\n")
            #expect(CheckExport(manifest)(key: key, sha256: other) == .changedFile)
            #expect(
                CheckExport(manifest)(key: nil, sha256: hash) == .unknownKey(manifest.kid)
            )
            let stranger = try SigningKey.generate().publicKey
            #expect(
                CheckExport(manifest)(key: stranger, sha256: hash) == .unknownKey(manifest.kid)
            )
            for (old, new) in [("\"rows\":", "\"rows\":1"), ("tenant", "platform")] {
                let forged = try ExportManifest(
                    parsing: manifest.text.replacing(old, with: new)
                )
                #expect(CheckExport(forged)(key: key, sha256: hash) == .forgedManifest)
            }
        }
    }

    @Test func `who follows a trail is told of the next event`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
            let pauses = AwaitAuditEvents.Pauses(
                first: .milliseconds(1),
                last: .milliseconds(20),
                looks: 100_000
            )
            let wait = AwaitAuditEvents(fixture.environment, pauses: pauses)
            let head = try await fixture.lastEvent(by: acme.owner).seq
            #expect(try await wait(after: head - 1, by: acme.owner) == head)
            async let next = wait(after: head, by: acme.owner)
            _ = try await fixture.create("news", by: acme.owner)
            let told = try await next
            #expect(told == head + 1)
            let events = try await ReadAuditEvents(fixture.environment)(
                AuditFilter(),
                after: head,
                through: head + 1,
                by: acme.owner
            )
            #expect(events.map(\.entry.action) == ["artifact.created"])
            let once = AwaitAuditEvents.Pauses(first: .zero, last: .zero, looks: 1)
            let patient = AwaitAuditEvents(fixture.environment, pauses: once)
            #expect(try await patient(after: head + 1, by: acme.owner) == head + 1)
        }
    }

    @Test func `a signing key is found by its name, and no other`() async throws {
        try await Fixture.with { fixture in
            let find = FindSigningKey(fixture.environment)
            let found = [try await find("no-such-key"), try await find("' OR true --")]
            #expect(found == [nil, nil])
        }
    }
}
