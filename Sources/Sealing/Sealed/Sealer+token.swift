// DESIGN
// A token is   key id (4, big-endian) ‖ random (24) ‖ HMAC-SHA-256 of the two (32).
// Whether it is ours is told by the keys in memory alone: whoever makes tokens up makes nobody read
// a file or ask a database.

extension Sealer {
    private static let tokenRandom = 24
    private static let tokenHead = 4 + tokenRandom

    /// A new token that tells by itself who made it.
    ///
    /// - Parameter context: What it is for.
    /// - Returns: 60 bytes.
    public func makeToken(context: SealingContext) -> [UInt8] {
        let head = currentKeyID + Random.bytes(Self.tokenRandom)
        return head + Self.code(of: head, under: currentKey, context)
    }

    /// Whether a token was made with a key of the ring, for this use.
    ///
    /// - Parameters:
    ///   - token: What somebody brings along.
    ///   - context: What it should be for.
    /// - Returns: False for anything else, a key that the ring does not have yet included.
    public func isToken(_ token: [UInt8], context: SealingContext) -> Bool {
        guard token.count == Self.tokenHead + 32 else { return false }
        let id = token.prefix(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        guard let key = heldKey(id) else { return false }
        let code = Self.code(of: Array(token.prefix(Self.tokenHead)), under: key, context)
        return constantTimeEquals(code, Array(token.suffix(32)))
    }

    private static func code(
        of head: [UInt8],
        under key: SealingKey,
        _ context: SealingContext
    ) -> [UInt8] {
        HMAC.sha256(key: ownKey("token", key, context), message: head)
    }
}
