public import FoundationEssentials

extension SQLBindable where Self: FixedWidthInteger {
    /// Appends the integer in network byte order.
    public func encode(into bytes: inout [UInt8]) {
        withUnsafeBytes(of: bigEndian) { bytes.append(contentsOf: $0) }
    }
}

extension SQLDecodable where Self: FixedWidthInteger {
    /// Reads any integer type that fits.
    public static func decode(
        _ bytes: UnsafeRawBufferPointer,
        type: SQLType
    ) throws(RowDecodingError.Reason) -> Self {
        let wide: Int64
        switch type {
        case .int8: wide = try bytes.integer()
        case .int4: wide = Int64(try bytes.integer() as Int32)
        case .int2: wide = Int64(try bytes.integer() as Int16)
        case .oid: wide = Int64(try bytes.integer() as UInt32)
        default: throw .typeMismatch
        }
        guard let value = Self(exactly: wide) else { throw .outOfRange }
        return value
    }
}

extension Int16: SQLBindable, SQLDecodable {
    /// `smallint`.
    public static let sqlType = SQLType.int2
}

extension Int32: SQLBindable, SQLDecodable {
    /// `integer`.
    public static let sqlType = SQLType.int4
}

extension Int64: SQLBindable, SQLDecodable {
    /// `bigint`.
    public static let sqlType = SQLType.int8
}

extension Int: SQLBindable, SQLDecodable {
    /// `bigint`.
    public static let sqlType = SQLType.int8
}

extension Bool: SQLBindable, SQLDecodable {
    /// `boolean`.
    public static let sqlType = SQLType.bool

    /// Appends one byte.
    public func encode(into bytes: inout [UInt8]) {
        bytes.append(self ? 1 : 0)
    }

    /// Reads one byte.
    public static func decode(
        _ bytes: UnsafeRawBufferPointer,
        type: SQLType
    ) throws(RowDecodingError.Reason) -> Bool {
        guard type == .bool else { throw .typeMismatch }
        return try bytes.integer() as UInt8 != 0
    }
}

extension Double: SQLBindable, SQLDecodable {
    /// `double precision`.
    public static let sqlType = SQLType.float8

    /// Appends eight bytes.
    public func encode(into bytes: inout [UInt8]) {
        bitPattern.encodeBigEndian(into: &bytes)
    }

    /// Reads `double precision` or `real`.
    public static func decode(
        _ bytes: UnsafeRawBufferPointer,
        type: SQLType
    ) throws(RowDecodingError.Reason) -> Double {
        switch type {
        case .float8: Double(bitPattern: try bytes.integer())
        case .float4: Double(Float(bitPattern: try bytes.integer()))
        default: throw .typeMismatch
        }
    }
}

extension String: SQLBindable, SQLDecodable {
    /// `text`.
    public static let sqlType = SQLType.text

    /// Appends the UTF-8 bytes.
    public func encode(into bytes: inout [UInt8]) {
        bytes.append(contentsOf: utf8)
    }

    /// Reads any text type, json, and the text of types made by users (enums, citext).
    public static func decode(
        _ bytes: UnsafeRawBufferPointer,
        type: SQLType
    ) throws(RowDecodingError.Reason) -> String {
        switch type {
        case .text, .varchar, .bpchar, .name, .char, .unknown, .json:
            return try bytes.text()
        case .jsonb:
            return try JSONText.decode(bytes, type: type).text
        default:
            guard type.rawValue >= SQLType.firstOfUsers else { throw .typeMismatch }
            return try bytes.text()
        }
    }
}

extension UUID: SQLBindable, SQLDecodable {
    /// `uuid`.
    public static let sqlType = SQLType.uuid

    /// Appends sixteen bytes.
    public func encode(into bytes: inout [UInt8]) {
        withUnsafeBytes(of: uuid) { bytes.append(contentsOf: $0) }
    }

    /// Reads sixteen bytes.
    public static func decode(
        _ bytes: UnsafeRawBufferPointer,
        type: SQLType
    ) throws(RowDecodingError.Reason) -> UUID {
        guard type == .uuid else { throw .typeMismatch }
        guard bytes.count == 16 else { throw .malformed }
        return UUID(uuid: bytes.loadUnaligned(as: uuid_t.self))
    }
}

extension FixedWidthInteger {
    /// Appends the integer in network byte order.
    func encodeBigEndian(into bytes: inout [UInt8]) {
        withUnsafeBytes(of: bigEndian) { bytes.append(contentsOf: $0) }
    }
}

extension UnsafeRawBufferPointer {
    /// The whole buffer as one integer in network byte order.
    func integer<Value: FixedWidthInteger & BitwiseCopyable>() throws(RowDecodingError.Reason)
        -> Value
    {
        guard count == MemoryLayout<Value>.size else { throw .malformed }
        return Value(bigEndian: loadUnaligned(as: Value.self))
    }

    /// The whole buffer as UTF-8.
    func text() throws(RowDecodingError.Reason) -> String {
        guard let text = String(validating: self, as: UTF8.self) else { throw .malformed }
        return text
    }
}
