/// A value that only its key opens, and only in its place.
public struct Sealed: Sendable, Hashable {
    /// The value as it is stored.
    public let bytes: [UInt8]

    /// The number of the key that opens it.
    public let keyID: UInt32

    static let version: UInt8 = 1
    static let headerSize = 1 + 4 + AESGCM.nonceSize

    /// Reads a stored value; it is not opened or checked yet.
    ///
    /// - Parameter bytes: What was stored.
    /// - Throws: ``SealingError/malformed(rule:)`` when it is too short or of another version.
    public init(parsing bytes: [UInt8]) throws(SealingError) {
        guard bytes.count >= Self.headerSize + AESGCM.tagSize, bytes[0] == Self.version else {
            throw .malformed(rule: "a sealed value must be of version 1 and at least 33 bytes long")
        }
        self.bytes = bytes
        keyID = bytes[1..<5].reduce(0) { $0 << 8 | UInt32($1) }
    }
}
