extension Sealer {
    /// Names a value without telling it: the same value has the same tag in one place, and nobody
    /// without the key finds out whose it is by trying values.
    ///
    /// With another current key the tags are others.
    ///
    /// - Parameters:
    ///   - value: What must not be stored, such as an address.
    ///   - context: The place it is counted in.
    /// - Returns: 32 bytes.
    public func tag(_ value: String, context: SealingContext) -> [UInt8] {
        HMAC.sha256(key: Self.ownKey("tag", currentKey, context), message: Array(value.utf8))
    }

    /// A key for one use in one place: one key is never used in two ways.
    static func ownKey(
        _ use: String,
        _ key: SealingKey,
        _ context: SealingContext
    ) -> SecretBytes {
        let place = authenticatedData(keyID: key.id, context)
        let message = Array("ghostworks \(use)".utf8) + place
        return SecretBytes(copying: HMAC.sha256(key: key.secret, message: message))
    }
}
