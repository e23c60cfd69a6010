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
        let lines = content.withoutFinalLineBreak().withUnsafeBytes { bytes in
            bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
                .map { SecretBytes(copying: UnsafeRawBufferPointer(rebasing: $0)) }
        }
        guard let first = lines.first, lines.count <= 2 else { throw Self.wrongForm }
        let current = try Self.key(in: first)
        let previous: ContextKey? = lines.count == 2 ? try Self.key(in: lines[1]) : nil
        guard previous?.kid != current.kid else {
            throw .malformed(rule: "the two context keys in a file must have different names")
        }
        self.init(current: current, previous: previous)
    }

    /// The text of a key file.
    public func encoded() -> SecretBytes {
        let keys = [current] + (previous.map { [$0] } ?? [])
        return SecretBytes(count: keys.count * Self.lineLength) { buffer in
            for (index, key) in keys.enumerated() {
                let start = index * Self.lineLength
                Self.write(key, to: buffer[start..<start + Self.lineLength])
            }
        }
    }

    private static let lineLength = 8 + 1 + 64 + 1

    private static let wrongForm = SealingError.malformed(
        rule: "a context key file must hold one or two lines of the form 'kid:hex', "
            + "8 and 64 lower-case hex digits"
    )

    private static func write(
        _ key: ContextKey,
        to line: Slice<UnsafeMutableRawBufferPointer>
    ) {
        let line = UnsafeMutableRawBufferPointer(rebasing: line)
        line.copyBytes(from: Array(key.kid.utf8))
        line[8] = UInt8(ascii: ":")
        var digits: [UInt8] = []
        digits.reserveCapacity(64)
        key.secret.withUnsafeBytes { secret in
            for byte in secret { Hex.append(byte, to: &digits) }
        }
        UnsafeMutableRawBufferPointer(rebasing: line[9...]).copyBytes(from: digits)
        HMAC.wipe(&digits)
        line[lineLength - 1] = UInt8(ascii: "\n")
    }

    private static func key(in line: SecretBytes) throws(SealingError) -> ContextKey {
        try line.withUnsafeBytes { line throws(SealingError) in
            guard line.count == lineLength - 1, line[8] == UInt8(ascii: ":"),
                var bytes = Hex.decode(line[9...])
            else { throw wrongForm }
            defer { HMAC.wipe(&bytes) }
            return try ContextKey(
                kid: String(decoding: line[..<8], as: UTF8.self),
                secret: SecretBytes(copying: bytes)
            )
        }
    }
}
