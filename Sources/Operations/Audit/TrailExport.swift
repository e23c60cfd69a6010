import Domain
import Sealing
import Storage

// DESIGN
//
// Writes what a filter lets through of one trail, the oldest event first, in constant memory.
//
// 1. The trail says that it was exported before a row leaves: without the record there is no file.
// 2. The head is read behind that record, and the export goes up to it: what is appended meanwhile
//    is left out, and the manifest names where the export ends.
// 3. Every part is asked for anew under the caller's right: a session that ends stops the export.
// 4. While one part is written, the next one is on its way; there are never more than two.
// 5. Each statement looks at a bounded number of events, whatever the filter.

/// One export of one trail.
struct TrailExport: Sendable {
    let environment: Environment
    let access: Access
    let trail: Trail
    let request: AuditExportRequest
    let progress: Headway.Report?

    static let partSize = 2_000
    static let window: Int64 = 50_000

    typealias Sink = (_ text: String) async throws -> Void

    func callAsFunction(to write: Sink) async throws -> ExportManifest {
        // Who may not is told why, and leaves no record.
        _ = try await readHead()
        try await record(.exported, nil)
        let head = try await readHead()
        let content = try await writeEvents(through: head, to: write)
        let manifest = try manifest(content, head)
        try await record(.finished, content)
        return manifest
    }

    private func writeEvents(through head: AuditHead, to write: Sink) async throws -> ExportContent
    {
        var content = ExportContent()
        var hasher = SHA256Hasher()
        let title = request.format.head(AuditLine.names)
        hasher.update(title)
        content.bytes += Int64(title.utf8.count)
        try await write(title)
        var part = try await read(after: .start, through: head)
        while true {
            try Task.checkCancellation()
            let text = part.events.map { AuditLine.text($0, request.format) }.joined()
            hasher.update(text)
            content.bytes += Int64(text.utf8.count)
            content.rows += Int64(part.events.count)
            guard let next = part.next else {
                try await write(text)
                break
            }
            async let following = read(after: next, through: head)
            try await write(text)
            progress?(Headway(next.seq, of: head.seq))
            part = try await following
        }
        progress?(Headway(head.seq, of: head.seq))
        content.sha256 = hasher.finish()
        return content
    }

    /// Some events, and where the next ones are looked for; nil behind the last.
    private struct Part: Sendable {
        var events: [AuditEvent]
        var next: ChainKey?
    }

    /// Reads one part out of one window of numbers: a filter that lets nothing through must not
    /// make the database look at a whole trail in one statement.
    private func read(after key: ChainKey, through head: AuditHead) async throws -> Part {
        let end = min(head.seq, max(key.seq, 0) + Self.window)
        let statement = AuditStore.part(
            trail,
            request.filter,
            after: key,
            through: end,
            size: Self.partSize
        )
        let (events, last) = try AuditStore.part(
            try await environment.database.fetch(access, statement).rows
        )
        if events.count == Self.partSize { return Part(events: events, next: last) }
        return Part(events: events, next: end < head.seq ? .before(end + 1) : nil)
    }

    private func readHead() async throws -> AuditHead {
        let fetched = try await environment.database.fetch(access, AuditStore.head(trail))
        guard let row = fetched.rows.first else {
            throw DomainError(.internal, .internalError, "The trail has no head.")
        }
        let head = try ChainHead(row)
        return AuditHead(seq: head.seq, hash: head.hash)
    }
}

extension TrailExport {
    /// Says in the trail that events are about to leave, where no manifest follows.
    func announce() async throws {
        try await record(.exported, nil)
    }

    private enum Step: String {
        case exported = "audit.exported"
        case finished = "audit.export_finished"
    }

    private func record(_ step: Step, _ content: ExportContent?) async throws {
        var changes = Changes()
        changes.note("file", from: .null, to: .string(request.file))
        changes.note("format", from: .null, to: .string(request.format.rawValue))
        changes.note("filter", from: .null, to: request.filter.json)
        if let content {
            changes.note("rows", from: .null, to: .integer(content.rows))
            changes.note("sha256", from: .null, to: .string(content.sha256.hexDigits))
        }
        let text = changes.canonical
        try await environment.database.write(access) { scope in
            let entry = AuditEntry(
                action: step.rawValue,
                operation: .read,
                resourceType: "audit",
                resourceID: nil,
                requestID: scope.access.requestID,
                changes: text
            )
            _ = try scope.last([
                trail == .platform ? scope.recordPlatform(entry) : scope.record(entry)
            ])
        }
    }

    private func manifest(_ content: ExportContent, _ head: AuditHead) throws -> ExportManifest {
        let key = try environment.tokens.signer()
        let tenant = trail == .platform ? nil : trail.tenant
        return try ExportManifest([
            "file": .string(request.file),
            "file_format": .string(request.format.rawValue),
            "sha256": .string(content.sha256.hexDigits),
            "bytes": .integer(content.bytes),
            "rows": .integer(content.rows),
            "trail": .string(tenant == nil ? "platform" : "tenant"),
            "tenant": tenant.map { .string($0.description) } ?? .null,
            "filter": request.filter.json,
            "head": .object([
                "seq": .integer(head.seq), "hash": .string(head.hash.hexDigits),
            ]),
            "created_at": .string(environment.database.clock.now().rfc3339),
            "created_by": access.context.user.map { .string($0.description) } ?? .null,
            "kid": .string(key.kid),
            "public_key": .string(key.publicKey.rawBytes.hexDigits),
        ]) { try key.sign($0) }
    }
}
