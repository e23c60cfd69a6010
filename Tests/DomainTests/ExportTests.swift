import Domain
import Testing

/// Lines of exports, and the manifest beside them.
struct ExportTests {
    @Test(arguments: [
        ("plain", "plain"), ("=1+1", "'=1+1"), ("+cmd", "'+cmd"), ("-cmd", "'-cmd"),
        ("@SUM(A1)", "'@SUM(A1)"), ("\tx", "'\tx"), ("-12.5", "-12.5"), ("+7", "+7"), ("", ""),
        ("a,b", "\"a,b\""), ("say \"x\"", "\"say \"\"x\"\"\""), ("two\nlines", "\"two\nlines\""),
        ("=HYPERLINK(\"x\",\"y\")", "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\""), ("دليل", "دليل"),
    ])
    func `a cell is never a formula and keeps its text`(text: String, field: String) {
        #expect(CSV.field(text) == field)
    }

    @Test func `both formats keep the order of the fields`() {
        let fields: [ExportField] = [
            ("b", .string("=x\n")), ("a", .null), ("list", .array([.integer(1), .bool(true)])),
        ]
        #expect(ExportFormat.csv.head(["b", "a", "list"]) == "b,a,list\r\n")
        #expect(ExportFormat.csv.line(fields) == "\"'=x\n\",,\"[1,true]\"\r\n")
        #expect(ExportFormat.jsonl.head(["b"]) == "")
        let object = #"{"b":"=x\n","a":null,"list":[1,true]}"#
        #expect(ExportFormat.jsonl.line(fields) == object + "\n")
    }

    @Test func `an event is one line, whatever a forger put into it`() throws {
        let event = try Self.event(changes: "not json\n{\"x\":1}")
        for format in ExportFormat.allCases {
            let text = AuditLine.text(event, format)
            let lines = format == .csv ? 2 : 1
            #expect(text.split(whereSeparator: \.isNewline).count == lines)
        }
        let line = AuditLine.text(try Self.event(changes: #"{"name":["a","b"]}"#), .jsonl)
        let value = try JSONValue(parsing: line, field: "line")
        #expect(value["changes"]?["name"] == .array([.string("a"), .string("b")]))
        #expect(value["seq"] == .integer(7))
        #expect(value["previous_hash"] == .string(String(repeating: "02", count: 32)))
        #expect(AuditLine.names.allSatisfy { value[$0] != nil })
    }

    @Test func `a name is proposed that every file system takes`() throws {
        let now = try #require(Instant(rfc3339: "2026-03-02T10:14:00Z"))
        let name = ExportName.proposal("members-../a b", .jsonl, at: now)
        #expect(name == "members----a-b-20260302T101400Z.jsonl")
    }

    @Test func `a manifest reads back as it was signed`() throws {
        let manifest = try ExportManifest(["kid": .string("k"), "rows": .integer(3)]) { _ in
            [1, 0xab]
        }
        let read = try ExportManifest(parsing: manifest.text)
        #expect(read == manifest)
        #expect(read.kid == "k")
        #expect(read.rows == 3)
        #expect(read.signature == [1, 0xab])
        let other = manifest.text.replacing("\"rows\":3", with: "\"rows\":4")
        #expect(try ExportManifest(parsing: other).message != manifest.message)
    }

    @Test(arguments: [
        "", "{}", "[]", "nothing", #"{"format":"ghostworks-audit-export-1"}"#,
        #"{"format":"other","signature":"00"}"#,
        #"{"format":"ghostworks-audit-export-1","signature":"0"}"#,
        #"{"format":"ghostworks-audit-export-1","signature":"+1"}"#,
        #"{"format":"ghostworks-audit-export-1","signature":"-0"}"#,
        #"{"format":"ghostworks-audit-export-1","signature":7}"#,
    ])
    func `what is no manifest is refused`(text: String) {
        #expect(throws: DomainError.self) { try ExportManifest(parsing: text) }
    }

    @Test func `progress is a share where the whole is known`() {
        #expect(Headway(5).fraction == nil)
        #expect(Headway(5, of: 0).fraction == nil)
        #expect(Headway(5, of: 10).fraction == 0.5)
        #expect(Headway(15, of: 10).fraction == 1)
    }

    private static func event(changes: String) throws -> AuditEvent {
        AuditEvent(
            id: try #require(AuditEventID("0199f1c0-0000-7000-8000-000000000001")),
            tenant: try #require(TenantID("0199f1c0-0000-7000-8000-000000000002")),
            seq: 7,
            createdAt: Instant(seconds: 1_000_000),
            actor: AuditActor(
                kind: .system,
                id: nil,
                actingID: nil,
                session: nil,
                supportSession: nil
            ),
            entry: AuditEntry(
                action: "artifact.updated",
                operation: .update,
                resourceType: "artifact",
                resourceID: "=1+1",
                requestID: nil,
                changes: changes
            ),
            links: AuditLinks(
                piiCommit: nil,
                payloadHash: [UInt8](repeating: 1, count: 32),
                previousHash: [UInt8](repeating: 2, count: 32),
                hash: [UInt8](repeating: 3, count: 32)
            )
        )
    }
}
