// DESIGN
// A sealed value is   version (1) ‖ key id (4, big-endian) ‖ nonce (12) ‖ ciphertext ‖ tag (16).
// 1. The authenticated data is the version, the key id and every context field with its length,
//    so a value opens only in the place it was sealed for: fields cannot run into each other.
// 2. The key is found by its id; no key is tried out. Before an unknown one is refused, the keys are
//    looked at again: another process may have sealed with a key that is newer than this ring.
// 3. Each value has its own random nonce.

/// Seals values for storage and opens them again.
public struct Sealer: Sendable {
    private let ring: Replaceable<KeyRing>
    private let reload: Reload

    /// Has a sealer use the keys as they are now.
    public typealias Reload = @Sendable (Sealer) -> Void

    /// Seals with the ring's current key, and opens with any of its keys.
    ///
    /// - Parameters:
    ///   - keys: The keys to begin with.
    ///   - reload: Asked when a value names a key that the ring does not have.
    public init(keys: KeyRing, reload: @escaping Reload = { _ in }) {
        ring = Replaceable(keys)
        self.reload = reload
    }

    /// Goes on with another ring, in every copy of this sealer.
    public func use(_ keys: KeyRing) {
        ring.replace(with: keys)
    }

    private var keys: KeyRing { ring.value }

    var currentKey: SealingKey { keys.current }

    /// The key of a number, as far as it is in memory.
    func heldKey(_ id: UInt32) -> SealingKey? { try? keys.key(id) }

    /// The name of the key that seals.
    public var currentKid: String { keys.current.kid }

    /// The number of the key that seals, as it stands in a sealed value.
    public var currentKeyID: [UInt8] { Self.bytes(keys.current.id) }

    /// Seals a value for its place.
    ///
    /// - Parameters:
    ///   - plaintext: The value.
    ///   - context: The place it belongs to.
    /// - Returns: The sealed value, 33 bytes longer.
    /// - Throws: ``SealingError/library(operation:reason:)``.
    public func seal(
        _ plaintext: SecretBytes,
        context: SealingContext
    ) throws(SealingError) -> Sealed {
        let key = keys.current
        let nonce = Random.bytes(AESGCM.nonceSize)
        let data = Self.authenticatedData(keyID: key.id, context)
        let body = try plaintext.withUnsafeBytes { plaintext throws(SealingError) in
            try AESGCM.seal(plaintext, key: key.secret, nonce: nonce, authenticating: data)
        }
        return try Sealed(parsing: [Sealed.version] + Self.bytes(key.id) + nonce + body)
    }

    /// Opens a value in its place.
    ///
    /// - Parameters:
    ///   - sealed: The sealed value.
    ///   - context: The place it was sealed for.
    /// - Returns: The value.
    /// - Throws: ``SealingError``: not authentic (altered, or of another place), or unknown key.
    public func open(
        _ sealed: Sealed,
        context: SealingContext
    ) throws(SealingError) -> SecretBytes {
        let key = try key(sealed.keyID)
        let data = Self.authenticatedData(keyID: key.id, context)
        let nonce = Array(sealed.bytes[5..<Sealed.headerSize])
        let body = sealed.bytes[Sealed.headerSize...]
        return try body.withUnsafeBufferPointer { body throws(SealingError) in
            try AESGCM.open(
                UnsafeRawBufferPointer(body),
                key: key.secret,
                nonce: nonce,
                authenticating: data
            )
        }
    }

    private func key(_ id: UInt32) throws(SealingError) -> SealingKey {
        do throws(SealingError) {
            return try keys.key(id)
        } catch {
            reload(self)
            return try keys.key(id)
        }
    }

    /// Whether the value should be sealed again, because its key is no longer the current one.
    public func needsResealing(_ sealed: Sealed) -> Bool {
        sealed.keyID != keys.current.id
    }

    static func authenticatedData(keyID: UInt32, _ context: SealingContext) -> [UInt8] {
        var data = [Sealed.version] + bytes(keyID) + bytes(UInt32(clamping: context.fields.count))
        for field in context.fields {
            let field = Array(field.utf8)
            data += bytes(UInt32(clamping: field.count)) + field
        }
        return data
    }

    private static func bytes(_ number: UInt32) -> [UInt8] {
        withUnsafeBytes(of: number.bigEndian) { Array($0) }
    }
}
