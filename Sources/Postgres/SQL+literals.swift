import FoundationEssentials

extension SQL {
    /// The statement with its values written into the text, for COPY, which cannot bind.
    ///
    /// - Throws: `PostgresError` of kind `.protocolViolation` for a type that has no literal here.
    func textWithLiterals() throws(PostgresError) -> String {
        var text = ""
        for piece in pieces {
            text += piece.text
            if let parameter = piece.parameter { text += try Self.literal(parameter) }
        }
        return text
    }

    private static func literal(_ parameter: SQLParameter) throws(PostgresError) -> String {
        guard let bytes = parameter.bytes else { return "NULL" }
        do {
            return try bytes.withUnsafeBytes { try literal($0, parameter.type) }
        } catch {
            throw PostgresError(
                .protocolViolation("a value in COPY must have a simple type; got a bad one")
            )
        }
    }

    private static func literal(
        _ bytes: UnsafeRawBufferPointer,
        _ type: SQLType
    ) throws -> String {
        switch type {
        case .bool: return "\(try Bool.decode(bytes, type: type))"
        case .int2, .int4, .int8: return "(\(try Int64.decode(bytes, type: type)))"
        case .float8: return "'\(try Double.decode(bytes, type: type))'::float8"
        case .text: return quoted(try String.decode(bytes, type: type))
        case .jsonb: return quoted(try JSONText.decode(bytes, type: type).text) + "::jsonb"
        case .uuid: return "'\(try UUID.decode(bytes, type: type).uuidString)'::uuid"
        case .bytea: return "decode('\(Data(bytes).base64EncodedString())', 'base64')"
        case .date:
            return "(date '1970-01-01' + \(try CalendarDate.decode(bytes, type: type).days))"
        case .timestamptz:
            let instant = try Timestamp.decode(bytes, type: type)
            let interval = "interval '1 microsecond'"
            return "(timestamptz '1970-01-01 00:00+00' + \(instant.microseconds) * \(interval))"
        default: throw RowDecodingError.Reason.typeMismatch
        }
    }

    /// A text literal that reads the same whatever `standard_conforming_strings` says.
    private static func quoted(_ text: String) -> String {
        var literal = " E'"
        for character in text.unicodeScalars {
            if character == "'" || character == "\\" { literal.unicodeScalars.append(character) }
            literal.unicodeScalars.append(character)
        }
        return literal + "'"
    }
}
