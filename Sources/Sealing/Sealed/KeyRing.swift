/// The key that seals, and the older ones that still open.
///
/// As a file: one line `id:hex` a key, the current one first.
public struct KeyRing: Sendable {
    /// The key that seals new values.
    public let current: SealingKey

    /// The keys that only open, newest first.
    public let previous: [SealingKey]

    /// The most keys that a file may hold.
    public static let most = 64

    private let keys: [UInt32: SealingKey]

    /// Puts a ring together.
    ///
    /// - Parameters:
    ///   - current: The key that seals.
    ///   - previous: Keys whose values can still be opened.
    /// - Throws: ``SealingError/malformed(rule:)`` when two keys have the same number.
    public init(current: SealingKey, previous: [SealingKey] = []) throws(SealingError) {
        self.current = current
        self.previous = previous
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

    /// Reads the keys from a file, which is made with a new key when it is missing.
    ///
    /// - Parameter path: The key file; its folder must exist.
    /// - Returns: The keys of the file.
    /// - Throws: ``SealingError`` when the file cannot be used.
    public static func loadOrCreate(path: String) throws(SealingError) -> KeyRing {
        let content = try KeyFile(path: path).readOrCreate {
            KeyLines([SealingKey.generate().line]).encoded()
        }
        return try KeyRing(parsing: content)
    }

    /// Writes the keys to a file of mode 0600, in place of what it held.
    ///
    /// - Parameter path: The key file; its folder must exist.
    /// - Throws: ``SealingError/file(path:rule:)``.
    public func save(path: String) throws(SealingError) {
        try KeyFile(path: path).replace(with: encoded())
    }

    /// A ring with a new current key; today's opens with the other previous ones.
    ///
    /// - Throws: ``SealingError/malformed(rule:)`` when the new key's number is taken.
    public func rotated() throws(SealingError) -> KeyRing {
        try KeyRing(current: .generate(), previous: [current] + previous)
    }

    /// Reads the text of a key file, as ``encoded()`` writes it.
    ///
    /// - Parameter content: Lines `id:hex`, the id as 8 hex digits, the current key first.
    /// - Throws: ``SealingError/malformed(rule:)``, without the content.
    public init(parsing content: SecretBytes) throws(SealingError) {
        var keys: [SealingKey] = []
        for line in try KeyLines(parsing: content, atMost: Self.most).lines {
            keys.append(
                try SealingKey(id: UInt32(line.name, radix: 16) ?? 0, secret: line.secret)
            )
        }
        try self.init(current: keys[0], previous: Array(keys.dropFirst()))
    }

    /// The text of a key file.
    public func encoded() -> SecretBytes {
        KeyLines(([current] + previous).map(\.line)).encoded()
    }
}

extension SealingKey {
    /// A new random key under a new random number.
    public static func generate() -> SealingKey {
        SealingKey(
            unchecked: Random.bytes(4).reduce(0) { $0 << 8 | UInt32($1) },
            .random(count: AESGCM.keySize)
        )
    }

    /// The number as a name: eight hexadecimal digits.
    public var kid: String {
        let name = String(id, radix: 16)
        return String(repeating: "0", count: 8 - name.count) + name
    }

    var line: KeyLines.Line { KeyLines.Line(name: kid, secret: secret) }
}
