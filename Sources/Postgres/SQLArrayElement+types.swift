public import FoundationEssentials

extension UInt8: SQLArrayElement {
    /// An array of bytes is `bytea`.
    public static let arrayType = SQLType.bytea

    /// Appends the bytes as they are.
    public static func encodeArray(_ values: [UInt8], into bytes: inout [UInt8]) {
        bytes.append(contentsOf: values)
    }

    /// Copies the bytes.
    public static func decodeArray(
        _ bytes: UnsafeRawBufferPointer,
        type: SQLType
    ) throws(RowDecodingError.Reason) -> [UInt8] {
        guard type == .bytea else { throw .typeMismatch }
        return [UInt8](bytes)
    }
}

extension Array: SQLArrayElement where Element == UInt8 {
    /// `bytea[]`.
    public static var arrayType: SQLType {
        .byteaArray
    }
}

extension Optional: SQLArrayElement
where Wrapped: SQLArrayElement & SQLBindable & SQLDecodable {
    /// The wrapped type's array type.
    public static var arrayType: SQLType {
        Wrapped.arrayType
    }
}

extension SQLArrayElement where Self: RawRepresentable, RawValue: SQLArrayElement {
    /// The raw value's array type.
    public static var arrayType: SQLType {
        RawValue.arrayType
    }
}

extension Bool: SQLArrayElement {
    /// `boolean[]`.
    public static let arrayType = SQLType.boolArray
}

extension Int16: SQLArrayElement {
    /// `smallint[]`.
    public static let arrayType = SQLType.int2Array
}

extension Int32: SQLArrayElement {
    /// `integer[]`.
    public static let arrayType = SQLType.int4Array
}

extension Int64: SQLArrayElement {
    /// `bigint[]`.
    public static let arrayType = SQLType.int8Array
}

extension Int: SQLArrayElement {
    /// `bigint[]`.
    public static let arrayType = SQLType.int8Array
}

extension Double: SQLArrayElement {
    /// `double precision[]`.
    public static let arrayType = SQLType.float8Array
}

extension String: SQLArrayElement {
    /// `text[]`.
    public static let arrayType = SQLType.textArray
}

extension UUID: SQLArrayElement {
    /// `uuid[]`.
    public static let arrayType = SQLType.uuidArray
}

extension Timestamp: SQLArrayElement {
    /// `timestamp with time zone[]`.
    public static let arrayType = SQLType.timestamptzArray
}

extension CalendarDate: SQLArrayElement {
    /// `date[]`.
    public static let arrayType = SQLType.dateArray
}

extension JSONText: SQLArrayElement {
    /// `jsonb[]`.
    public static let arrayType = SQLType.jsonbArray
}
