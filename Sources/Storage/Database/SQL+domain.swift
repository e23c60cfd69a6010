package import Domain
import FoundationEssentials
package import Postgres

extension Identifier: SQLBindable, SQLDecodable {
    package static var sqlType: SQLType { UUID.sqlType }

    package func encode(into bytes: inout [UInt8]) {
        uuid.encode(into: &bytes)
    }

    package static func decode(
        _ bytes: UnsafeRawBufferPointer,
        type: SQLType
    )
        throws(RowDecodingError.Reason) -> Identifier
    {
        Identifier(try UUID.decode(bytes, type: type))
    }
}

extension Instant: SQLBindable, SQLDecodable {
    package static var sqlType: SQLType { Timestamp.sqlType }

    package func encode(into bytes: inout [UInt8]) {
        Timestamp(microseconds: microseconds).encode(into: &bytes)
    }

    package static func decode(
        _ bytes: UnsafeRawBufferPointer,
        type: SQLType
    )
        throws(RowDecodingError.Reason) -> Instant
    {
        Instant(microseconds: try Timestamp.decode(bytes, type: type).microseconds)
    }
}

extension JSONValue: SQLBindable, SQLDecodable {
    package static var sqlType: SQLType { JSONText.sqlType }

    package func encode(into bytes: inout [UInt8]) {
        JSONText(canonical).encode(into: &bytes)
    }

    package static func decode(
        _ bytes: UnsafeRawBufferPointer,
        type: SQLType
    )
        throws(RowDecodingError.Reason) -> JSONValue
    {
        let text = try String.decode(bytes, type: type)
        do {
            return try JSONValue(parsing: text, field: "json")
        } catch {
            throw .malformed
        }
    }
}

extension MemberRole: SQLDecodable {
    package static var sqlType: SQLType { String.sqlType }

    /// Reads a role as the guard and the table of roles code it.
    package static func decode(
        _ bytes: UnsafeRawBufferPointer,
        type: SQLType
    )
        throws(RowDecodingError.Reason) -> MemberRole
    {
        let text = try String.decode(bytes, type: type)
        guard let role = MemberRole(coded: text) else { throw .malformed }
        return role
    }
}

extension Row {
    /// The case of an enumeration whose raw values the column holds.
    package func decode<Value: RawRepresentable<String>>(
        _ column: String,
        raw: Value.Type = Value.self
    ) throws -> Value {
        let text = try decode(column, as: String.self)
        guard let value = Value(rawValue: text) else {
            throw DomainError(
                .internal,
                .internalError,
                "Column \(column) holds the unknown value \(text)."
            )
        }
        return value
    }
}
