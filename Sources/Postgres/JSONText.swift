/// A JSON document as text, bound as `jsonb`.
public struct JSONText: Hashable, Sendable {
    /// The document; the server refuses text that is not JSON.
    public var text: String

    /// Wraps a document.
    public init(_ text: String) {
        self.text = text
    }
}

extension JSONText: SQLBindable, SQLDecodable {
    /// `jsonb`.
    public static let sqlType = SQLType.jsonb

    /// The only version of jsonb's binary format there is (jsonb_recv).
    private static let version: UInt8 = 1

    /// Appends version and text.
    public func encode(into bytes: inout [UInt8]) {
        bytes.append(Self.version)
        bytes.append(contentsOf: text.utf8)
    }

    /// Reads `jsonb` or `json`.
    public static func decode(
        _ bytes: UnsafeRawBufferPointer,
        type: SQLType
    ) throws(RowDecodingError.Reason) -> JSONText {
        switch type {
        case .json:
            return JSONText(try bytes.text())
        case .jsonb:
            guard bytes.first == version else { throw .malformed }
            return JSONText(try UnsafeRawBufferPointer(rebasing: bytes.dropFirst()).text())
        default:
            throw .typeMismatch
        }
    }
}
