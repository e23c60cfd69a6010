import FoundationEssentials

/// The canonical binary encoding that the chain hashes, version 1.
///
/// The payload is `gw.audit.v1` and then each field, length first (a big-endian 32-bit count, -1
/// for an absent field): no key order, no number format and no separator can change the bytes.
/// The database makes the same bytes in `app.audit_payload_hash`; a test compares the two.
package enum AuditEncoding {
    package static let label = Array("gw.audit.v1".utf8)
    package static let zeroHash = [UInt8](repeating: 0, count: 32)

    /// The bytes whose SHA-256 is the payload hash.
    package static func payload(of event: AuditEvent) -> [UInt8] {
        var bytes = label
        bytes.reserveCapacity(256 + event.entry.changes.utf8.count)
        append(event.id.uuid, to: &bytes)
        append(event.actor.kind.rawValue, to: &bytes)
        append(event.actor.id?.uuid, to: &bytes)
        append(event.actor.actingID?.uuid, to: &bytes)
        append(event.actor.session?.uuid, to: &bytes)
        append(event.actor.supportSession?.uuid, to: &bytes)
        append(event.entry.action, to: &bytes)
        append(event.entry.operation.rawValue, to: &bytes)
        append(event.entry.resourceType, to: &bytes)
        append(event.entry.resourceID, to: &bytes)
        append(event.entry.outcome.rawValue, to: &bytes)
        append(event.entry.requestID, to: &bytes)
        append(event.entry.changes, to: &bytes)
        append(event.links.piiCommit ?? zeroHash, to: &bytes)
        return bytes
    }

    /// The bytes whose SHA-256 is the event's hash: `0x01`, the previous hash, the sequence
    /// number, the tenant, the time in microseconds, the payload hash.
    package static func link(
        of event: AuditEvent,
        previous: [UInt8],
        payloadHash: [UInt8]
    )
        -> [UInt8]
    {
        var bytes: [UInt8] = [1]
        bytes.reserveCapacity(97)
        bytes += previous
        appendBigEndian(event.seq, to: &bytes)
        appendBytes(of: event.tenant.uuid, to: &bytes)
        appendBigEndian(event.createdAt.microseconds, to: &bytes)
        bytes += payloadHash
        return bytes
    }

    private static func append(_ field: [UInt8], to bytes: inout [UInt8]) {
        appendBigEndian(Int32(field.count), to: &bytes)
        bytes += field
    }

    private static func append(_ field: String?, to bytes: inout [UInt8]) {
        guard let field else {
            appendBigEndian(Int32(-1), to: &bytes)
            return
        }
        appendBigEndian(Int32(field.utf8.count), to: &bytes)
        bytes.append(contentsOf: field.utf8)
    }

    private static func append(_ field: UUID?, to bytes: inout [UInt8]) {
        guard let field else {
            appendBigEndian(Int32(-1), to: &bytes)
            return
        }
        appendBigEndian(Int32(16), to: &bytes)
        appendBytes(of: field, to: &bytes)
    }

    private static func appendBytes(of uuid: UUID, to bytes: inout [UInt8]) {
        withUnsafeBytes(of: uuid.uuid) { bytes.append(contentsOf: $0) }
    }

    private static func appendBigEndian<Number: FixedWidthInteger>(
        _ number: Number,
        to bytes: inout [UInt8]
    ) {
        withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
    }
}
