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
        let key = currentKey
        let place = Self.authenticatedData(keyID: key.id, context)
        // A key of its own: one key is never used in two ways.
        let own = HMAC.sha256(key: key.secret, message: Array("ghostworks tag".utf8) + place)
        return HMAC.sha256(key: SecretBytes(copying: own), message: Array(value.utf8))
    }
}
