/// The keys of signed contexts: one that signs, and during a rotation the one before it.
///
/// As a file: one line `kid:hex` for the current key, and a second one for the previous key.
public struct ContextKeys: Sendable {
    /// The key that signs.
    public let current: ContextKey

    /// The key whose signatures are still accepted.
    public let previous: ContextKey?

    /// Puts the keys together.
    ///
    /// - Parameters:
    ///   - current: The key that signs.
    ///   - previous: The key that is still accepted, under another name.
    public init(current: ContextKey, previous: ContextKey? = nil) {
        self.current = current
        self.previous = previous
    }

    /// Reads the keys from a file of mode 0600.
    ///
    /// - Parameter path: The key file.
    /// - Throws: ``SealingError`` when the file is open to others or has another form.
    public init(path: String) throws(SealingError) {
        try self.init(parsing: KeyFile(path: path).read())
    }

    /// Reads the keys from a file, which is made with a new key when it is missing.
    ///
    /// - Parameter path: The key file; its folder must exist.
    /// - Returns: The keys in the file.
    /// - Throws: ``SealingError`` when the file cannot be used.
    public static func loadOrCreate(path: String) throws(SealingError) -> ContextKeys {
        let content = try KeyFile(path: path).readOrCreate {
            ContextKeys(current: .generate()).encoded()
        }
        return try ContextKeys(parsing: content)
    }

    /// Writes the keys to a file of mode 0600, in place of what it held.
    ///
    /// - Parameter path: The key file; its folder must exist.
    /// - Throws: ``SealingError/file(path:rule:)``.
    public func save(path: String) throws(SealingError) {
        try KeyFile(path: path).replace(with: encoded())
    }

    /// A new current key, with today's as the previous one.
    public func rotated() -> ContextKeys {
        ContextKeys(current: .generate(), previous: current)
    }

    /// Reads the text of a key file, as ``encoded()`` writes it.
    ///
    /// - Parameter content: One or two lines `kid:hex`.
    /// - Throws: ``SealingError/malformed(rule:)``, without the content.
    public init(parsing content: SecretBytes) throws(SealingError) {
        let lines = try KeyLines(parsing: content, atMost: 2).lines
        let current = try ContextKey(kid: lines[0].name, secret: lines[0].secret)
        let previous: ContextKey? =
            lines.count == 2 ? try ContextKey(kid: lines[1].name, secret: lines[1].secret) : nil
        self.init(current: current, previous: previous)
    }

    /// The text of a key file.
    public func encoded() -> SecretBytes {
        let keys = [current] + (previous.map { [$0] } ?? [])
        return KeyLines(keys.map { KeyLines.Line(name: $0.kid, secret: $0.secret) }).encoded()
    }
}
