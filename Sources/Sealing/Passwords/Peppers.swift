/// The pepper of new hashes, and the older ones whose hashes are still verified.
///
/// As a secret: one line `name:secret` a pepper, the current one first, with names such as `p2`. A
/// secret without a name is a single pepper, `p1`.
public struct Peppers: Sendable {
    /// The pepper of new hashes.
    public let current: Pepper

    /// Peppers of which hashes may be left, newest first.
    public let previous: [Pepper]

    /// The most peppers that are read.
    public static let most = 16

    /// Reads the secret.
    ///
    /// - Parameter content: The lines, or one secret alone.
    /// - Throws: ``SealingError/malformed(rule:)``, without the content.
    public init(parsing content: SecretBytes) throws(SealingError) {
        let lines = content.withUnsafeBytes { bytes in
            bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: true)
                .map { SecretBytes(copying: UnsafeRawBufferPointer(rebasing: $0)) }
        }
        guard let first = lines.first, Self.name(of: first) != nil else {
            current = try Pepper(id: "p1", secret: content)
            previous = []
            return
        }
        guard lines.count <= Self.most else { throw Self.wrongForm }
        var peppers: [Pepper] = []
        for line in lines {
            let pepper = try Self.pepper(line)
            guard !peppers.contains(where: { $0.id == pepper.id }) else {
                throw .malformed(rule: "the peppers must have different names")
            }
            peppers.append(pepper)
        }
        current = peppers[0]
        previous = Array(peppers.dropFirst())
    }

    private static func pepper(_ line: SecretBytes) throws(SealingError) -> Pepper {
        guard let name = name(of: line) else { throw wrongForm }
        let secret = line.withUnsafeBytes { bytes in
            SecretBytes(
                copying: UnsafeRawBufferPointer(rebasing: bytes.dropFirst(name.utf8.count + 1))
            )
        }
        return try Pepper(id: name, secret: secret)
    }

    /// `p2` of `p2:…`; nil for a line without such a beginning.
    private static func name(of line: SecretBytes) -> String? {
        line.withUnsafeBytes { bytes in
            guard let colon = bytes.prefix(6).firstIndex(of: UInt8(ascii: ":")) else { return nil }
            let name = bytes[..<colon]
            let digits = name.dropFirst()
            guard name.first == UInt8(ascii: "p"), !digits.isEmpty,
                digits.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 })
            else { return nil }
            return String(decoding: name, as: UTF8.self)
        }
    }

    private static let wrongForm = SealingError.malformed(
        rule: "peppers must be one to \(most) lines of the form 'p2:secret', the current one first"
    )
}
