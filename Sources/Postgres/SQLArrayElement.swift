// DESIGN
//
// `[UInt8]` is `bytea`, every other array is a one-dimensional PostgreSQL array. Swift allows one
// conditional conformance of `Array`, so the element decides: `UInt8` writes raw bytes, all others
// take the default below.

/// A type whose arrays can be bound and read.
public protocol SQLArrayElement: Sendable {
    /// The type of an array of this element.
    static var arrayType: SQLType { get }

    /// Appends an array's binary representation.
    static func encodeArray(_ values: [Self], into bytes: inout [UInt8])

    /// Reads an array.
    static func decodeArray(
        _ bytes: UnsafeRawBufferPointer,
        type: SQLType
    ) throws(RowDecodingError.Reason) -> [Self]
}

extension Array: SQLBindable where Element: SQLArrayElement {
    /// The element's array type.
    public static var sqlType: SQLType {
        Element.arrayType
    }

    /// Appends the elements.
    public func encode(into bytes: inout [UInt8]) {
        Element.encodeArray(self, into: &bytes)
    }
}

extension Array: SQLDecodable where Element: SQLArrayElement {
    /// Reads the elements.
    public static func decode(
        _ bytes: UnsafeRawBufferPointer,
        type: SQLType
    ) throws(RowDecodingError.Reason) -> [Element] {
        try Element.decodeArray(bytes, type: type)
    }
}

extension SQLArrayElement where Self: SQLBindable {
    /// Appends dimensions, element type and elements (array_recv in arrayfuncs.c).
    public static func encodeArray(_ values: [Self], into bytes: inout [UInt8]) {
        Int32(values.isEmpty ? 0 : 1).encodeBigEndian(into: &bytes)
        Int32(values.contains(where: \.isNull) ? 1 : 0).encodeBigEndian(into: &bytes)
        sqlType.rawValue.encodeBigEndian(into: &bytes)
        guard !values.isEmpty else { return }
        Int32(values.count).encodeBigEndian(into: &bytes)
        Int32(1).encodeBigEndian(into: &bytes)
        var element: [UInt8] = []
        for value in values {
            guard !value.isNull else {
                Int32(-1).encodeBigEndian(into: &bytes)
                continue
            }
            element.removeAll(keepingCapacity: true)
            value.encode(into: &element)
            Int32(element.count).encodeBigEndian(into: &bytes)
            bytes.append(contentsOf: element)
        }
    }
}

extension SQLArrayElement where Self: SQLDecodable {
    /// Reads an empty or a one-dimensional array (array_send in arrayfuncs.c).
    public static func decodeArray(
        _ bytes: UnsafeRawBufferPointer,
        type: SQLType
    ) throws(RowDecodingError.Reason) -> [Self] {
        var rest = ByteReader(bytes)
        let dimensions: Int32 = try rest.integer()
        _ = try rest.integer() as Int32
        let element = SQLType(rawValue: try rest.integer())
        guard dimensions != 0 else { return [] }
        guard dimensions == 1 else { throw .typeMismatch }
        let count: Int32 = try rest.integer()
        _ = try rest.integer() as Int32
        var values: [Self] = []
        values.reserveCapacity(min(Int(max(count, 0)), bytes.count / 4))
        for _ in 0..<max(count, 0) {
            let length: Int32 = try rest.integer()
            if length < 0 {
                values.append(try decodeNull())
            } else {
                values.append(try decode(try rest.bytes(Int(length)), type: element))
            }
        }
        return values
    }
}

/// Walks over a buffer, refusing to read past its end.
private struct ByteReader {
    private var rest: UnsafeRawBufferPointer

    init(_ bytes: UnsafeRawBufferPointer) {
        rest = bytes
    }

    mutating func bytes(_ count: Int) throws(RowDecodingError.Reason) -> UnsafeRawBufferPointer {
        guard count <= rest.count else { throw .malformed }
        defer { rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count)) }
        return UnsafeRawBufferPointer(rebasing: rest.prefix(count))
    }

    mutating func integer<Value: FixedWidthInteger & BitwiseCopyable>()
        throws(RowDecodingError.Reason) -> Value
    {
        try bytes(MemoryLayout<Value>.size).integer()
    }
}
