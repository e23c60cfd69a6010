/// A value that can be bound to a parameter of a statement, in PostgreSQL's binary format.
public protocol SQLBindable: Sendable {
    /// The type that the parameter gets.
    static var sqlType: SQLType { get }

    /// Whether the value is NULL; `encode(into:)` is not called then.
    var isNull: Bool { get }

    /// Appends the value's binary representation.
    func encode(into bytes: inout [UInt8])
}

extension SQLBindable {
    /// Values are not NULL unless they say so.
    public var isNull: Bool {
        false
    }
}

/// A value that can be read from a column, in PostgreSQL's binary format.
public protocol SQLDecodable: Sendable {
    /// Reads a value that is not NULL.
    ///
    /// - Parameters:
    ///   - bytes: the binary representation; valid during the call only.
    ///   - type: the column's type.
    /// - Returns: the value.
    /// - Throws: why the bytes are not such a value.
    static func decode(
        _ bytes: UnsafeRawBufferPointer,
        type: SQLType
    ) throws(RowDecodingError.Reason) -> Self

    /// Reads NULL; throws `.null` unless the type has a value for it.
    static func decodeNull() throws(RowDecodingError.Reason) -> Self
}

extension SQLDecodable {
    /// NULL is an error except for optionals.
    public static func decodeNull() throws(RowDecodingError.Reason) -> Self {
        throw .null
    }
}

/// A bound value: its type and its bytes, or NULL.
public struct SQLParameter: Hashable, Sendable {
    /// The type the server is told.
    public let type: SQLType
    /// The binary representation; nil is NULL.
    public let bytes: [UInt8]?

    /// Encodes a value.
    public init<Value: SQLBindable>(_ value: Value) {
        type = Value.sqlType
        if value.isNull {
            bytes = nil
        } else {
            var encoded: [UInt8] = []
            value.encode(into: &encoded)
            bytes = encoded
        }
    }
}

extension Optional: SQLBindable where Wrapped: SQLBindable {
    /// The wrapped type's.
    public static var sqlType: SQLType {
        Wrapped.sqlType
    }

    /// Whether there is no value.
    public var isNull: Bool {
        self?.isNull ?? true
    }

    /// Appends the wrapped value.
    public func encode(into bytes: inout [UInt8]) {
        self?.encode(into: &bytes)
    }
}

extension Optional: SQLDecodable where Wrapped: SQLDecodable {
    /// Reads the wrapped value.
    public static func decode(
        _ bytes: UnsafeRawBufferPointer,
        type: SQLType
    ) throws(RowDecodingError.Reason) -> Wrapped? {
        try Wrapped.decode(bytes, type: type)
    }

    /// NULL is nil.
    public static func decodeNull() throws(RowDecodingError.Reason) -> Wrapped? {
        nil
    }
}

extension SQLBindable where Self: RawRepresentable, RawValue: SQLBindable {
    /// The raw value's type: `enum State: String, SQLBindable` binds text.
    public static var sqlType: SQLType {
        RawValue.sqlType
    }

    /// Appends the raw value.
    public func encode(into bytes: inout [UInt8]) {
        rawValue.encode(into: &bytes)
    }
}

extension SQLDecodable where Self: RawRepresentable, RawValue: SQLDecodable {
    /// Reads the raw value; one that has no case is `.invalidValue`.
    public static func decode(
        _ bytes: UnsafeRawBufferPointer,
        type: SQLType
    ) throws(RowDecodingError.Reason) -> Self {
        guard let value = Self(rawValue: try RawValue.decode(bytes, type: type)) else {
            throw .invalidValue
        }
        return value
    }
}
