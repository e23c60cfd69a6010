/// The key that seals, and the older ones that still open.
public struct KeyRing: Sendable {
    /// The key that seals new values.
    public let current: SealingKey

    private let keys: [UInt32: SealingKey]

    /// Puts a ring together.
    ///
    /// - Parameters:
    ///   - current: The key that seals.
    ///   - previous: Keys whose values can still be opened.
    /// - Throws: ``SealingError/malformed(rule:)`` when two keys have the same number.
    public init(current: SealingKey, previous: [SealingKey] = []) throws(SealingError) {
        self.current = current
        var keys = [current.id: current]
        for key in previous {
            guard keys.updateValue(key, forKey: key.id) == nil else {
                throw .malformed(rule: "the keys of a ring must have different numbers")
            }
        }
        self.keys = keys
    }

    func key(_ id: UInt32) throws(SealingError) -> SealingKey {
        guard let key = keys[id] else { throw .unknownKey(id: String(id)) }
        return key
    }
}
