import FoundationEssentials

/// A JSON value of a tenant's own making: metadata, settings, the changes of an audit event.
package enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    case integer(Int64)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    /// Parses JSON text.
    ///
    /// - Throws: A validation error that names `field`.
    package init(parsing text: String, field: String) throws(DomainError) {
        do {
            self = try JSONReader.read(Array(text.utf8), from: .stored)
        } catch {
            throw .invalid(field, "must be valid JSON")
        }
    }

    package subscript(key: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members[key]
    }

    /// Whether a character stands in any string or key of the value.
    package func contains(_ scalar: Unicode.Scalar) -> Bool {
        switch self {
        case .string(let text): text.unicodeScalars.contains(scalar)
        case .array(let values): values.contains { $0.contains(scalar) }
        case .object(let members):
            members.contains { key, value in
                key.unicodeScalars.contains(scalar) || value.contains(scalar)
            }
        case .null, .bool, .integer, .number: false
        }
    }
}

extension JSONValue: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Int64.self) {
            self = .integer(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let value = try? container.decode([JSONValue].self) {
            self = .array(value)
        } else {
            self = .object(try container.decode([String: JSONValue].self))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .bool(let value): try container.encode(value)
        case .integer(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .string(let value): try container.encode(value)
        case .array(let value): try container.encode(value)
        case .object(let value): try container.encode(value)
        }
    }
}
