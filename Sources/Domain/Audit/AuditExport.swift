/// What is wanted of an export of audit events.
package struct AuditExportRequest: Hashable, Sendable {
    package var filter: AuditFilter
    package var format: ExportFormat
    /// The name of the file, without folders, as the manifest says it.
    package var file: String

    package init(filter: AuditFilter, format: ExportFormat, file: String) {
        self.filter = filter
        self.format = format
        self.file = file
    }
}

/// The end of a trail when it was exported; the export goes no further.
package struct AuditHead: Hashable, Sendable {
    package var seq: Int64
    package var hash: [UInt8]

    package init(seq: Int64, hash: [UInt8]) {
        self.seq = seq
        self.hash = hash
    }
}

/// What the lines of an export came to.
package struct ExportContent: Hashable, Sendable {
    package var rows: Int64 = 0
    package var bytes: Int64 = 0
    package var sha256: [UInt8] = []

    package init() {}
}

/// The signed digest that lies beside an export: what is in the file, of which trail, up to which
/// event, made when and for whom.
package struct ExportManifest: Hashable, Sendable {
    package static let format = "ghostworks-audit-export-1"

    /// All members but the signature.
    private let members: [String: JSONValue]
    package let signature: [UInt8]

    /// Before the bytes that are signed, so that no other signature of the key fits.
    private static let label = Array("gw.export.v1\n".utf8)

    /// Reads the text of a manifest.
    ///
    /// - Throws: A validation error when it is none.
    package init(parsing text: String) throws(DomainError) {
        guard case .object(var members) = try JSONValue(parsing: text, field: "manifest"),
            case .string(Self.format)? = members["format"],
            case .string(let signature)? = members.removeValue(forKey: "signature"),
            let bytes = [UInt8](hexDigits: signature)
        else { throw .invalid("manifest", "must be the manifest of an export") }
        self.members = members
        self.signature = bytes
    }

    /// Puts a manifest together and has it signed.
    package init(
        _ members: [String: JSONValue],
        sign: (_ message: [UInt8]) throws -> [UInt8]
    ) throws {
        var members = members
        members["format"] = .string(Self.format)
        self.members = members
        signature = try sign(Self.message(members))
    }

    /// The bytes that the signature is made over: canonical JSON (RFC 8785) behind a label.
    package var message: [UInt8] { Self.message(members) }

    private static func message(_ members: [String: JSONValue]) -> [UInt8] {
        label + Array(JSONValue.object(members).canonical.utf8)
    }

    package subscript(key: String) -> JSONValue? { members[key] }

    package var kid: String { string("kid") ?? "" }
    package var file: String { string("file") ?? "" }
    package var sha256: String { string("sha256") ?? "" }

    package var rows: Int64 {
        if case .integer(let rows)? = members["rows"] { return rows }
        return 0
    }

    private func string(_ key: String) -> String? {
        if case .string(let text)? = members[key] { return text }
        return nil
    }

    /// The text of the file beside the export.
    package var text: String {
        var all = members
        all["signature"] = .string(signature.hexDigits)
        return JSONValue.object(all).canonical + "\n"
    }

    /// The name of the manifest of a file.
    package static func path(beside file: String) -> String { file + ".manifest.json" }
}

extension AuditFilter {
    /// What the filter asks for: one value as it is, several as `any` and `none`.
    package var json: JSONValue {
        var members: [String: JSONValue] = [:]
        members["actor"] = actors.json(\.description)
        members["action"] = actions.json(\.text)
        members["resource"] = resources.json(\.text)
        members["outcome"] = outcomes.json(\.rawValue)
        members["kind"] = kinds.json(\.rawValue)
        members["operation"] = operations.json(\.rawValue)
        members["resource_id"] = resourceID.map { .string($0) }
        members["from"] = from.map { .string($0.rfc3339) }
        members["to"] = to.map { .string($0.rfc3339) }
        members["request_id"] = requestID.map { .string($0) }
        return .object(members)
    }
}

extension Among {
    /// Nil for all.
    fileprivate func json(_ text: (Value) -> String) -> JSONValue? {
        guard !isAll else { return nil }
        if let sole { return .string(text(sole)) }
        return .object([
            "any": .array(any.map { .string(text($0)) }),
            "none": .array(none.map { .string(text($0)) }),
        ])
    }
}

extension AuditAction {
    fileprivate var text: String {
        switch self {
        case .whole(let name): name
        case .beginning(let prefix): prefix + "*"
        }
    }
}

extension AuditResource {
    fileprivate var text: String { [type, id].compactMap(\.self).joined(separator: ":") }
}

extension [UInt8] {
    /// The bytes of pairs of hexadecimal digits; nil for anything else.
    package init?(hexDigits text: String) {
        let digits = Array(text.utf8)
        guard digits.count.isMultiple(of: 2) else { return nil }
        self = []
        reserveCapacity(digits.count / 2)
        for index in stride(from: 0, to: digits.count, by: 2) {
            let pair = String(decoding: digits[index..<index + 2], as: UTF8.self)
            guard pair.allSatisfy(\.isHexDigit), let byte = UInt8(pair, radix: 16) else {
                return nil
            }
            append(byte)
        }
    }
}
