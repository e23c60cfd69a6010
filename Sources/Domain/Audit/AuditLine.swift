/// An audit event as a line of an export: every field that the chain covers, and the links.
///
/// Names of people are not in it: the chain does not have them either.
package enum AuditLine {
    package static let names = [
        "seq", "created_at", "action", "operation", "outcome", "actor_kind", "actor_id",
        "acting_id", "session_id", "support_session_id", "resource_type", "resource_id",
        "request_id", "changes", "id", "pii_commit", "payload_hash", "previous_hash", "hash",
    ]

    /// The line in a format, its end included.
    package static func text(_ event: AuditEvent, _ format: ExportFormat) -> String {
        format.line(zip(names, values(event)).map { ($0, $1) })
    }

    private static func values(_ event: AuditEvent) -> [JSONValue] {
        let (entry, actor, links) = (event.entry, event.actor, event.links)
        return [
            .integer(event.seq), .string(event.createdAt.rfc3339), .string(entry.action),
            .string(entry.operation.rawValue), .string(entry.outcome.rawValue),
            .string(actor.kind.rawValue), id(actor.id), id(actor.actingID), id(actor.session),
            id(actor.supportSession), .string(entry.resourceType), text(entry.resourceID),
            text(entry.requestID), changes(entry.changes), .string(event.id.description),
            links.piiCommit.map { .string($0.hexDigits) } ?? .null,
            .string(links.payloadHash.hexDigits), .string(links.previousHash.hexDigits),
            .string(links.hash.hexDigits),
        ]
    }

    private static func id<Entity>(_ id: Identifier<Entity>?) -> JSONValue {
        text(id?.description)
    }

    private static func text(_ text: String?) -> JSONValue {
        text.map(JSONValue.string) ?? .null
    }

    /// What was changed as JSON; text that is none, which only a forger can have written, as text.
    private static func changes(_ text: String) -> JSONValue {
        if text == "{}" { return .object([:]) }
        return (try? JSONValue(parsing: text, field: "changes")) ?? .string(text)
    }
}

extension [UInt8] {
    /// Two lower-case hexadecimal digits a byte.
    package var hexDigits: String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        text.reserveCapacity(count * 2)
        for byte in self {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}
