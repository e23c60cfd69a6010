// DESIGN
// A stored password is   pepper id ‖ ":" ‖ bcrypt($2b$, cost, base64(HMAC-SHA-384(pepper, bytes))).
// 1. Every byte of the password counts, exactly as received: no normalisation, no truncation.
// 2. An unknown account costs as much time as a known one: a dummy hash is computed for it.
// 3. No hash is ever computed on a thread of Swift's cooperative pool.
// 4. A stored setting outside the accepted form is never given to crypt(3).

/// Hashes passwords with bcrypt, and verifies them, on a bounded queue of its own.
public final class PasswordHasher: Sendable {
    private let current: Pepper
    private let peppers: [String: Pepper]
    private let cost: Int
    private let queue: BoundedQueue

    /// A hash that no password matches, of the same cost as real ones.
    public let dummyHash: String

    /// The number of processor cores, the most threads that make sense here.
    public static var coreCount: Int { ProcessorCount.online }

    /// Makes a hasher with a queue of its own; a process needs one.
    ///
    /// - Parameters:
    ///   - pepper: The pepper of new hashes.
    ///   - previous: Peppers whose hashes are still verified.
    ///   - cost: The binary logarithm of the rounds: 12 takes about 0.2 s, 4 is the least.
    ///   - threads: How many hashes are computed at once; never more than there are cores.
    ///   - waiting: How many may wait besides before callers are turned away; the last of twelve for
    ///     each core that a crowd gets waits for about 2.4 s.
    ///   - yields: Whether hashes take only what processor time the rest of the machine leaves.
    /// - Throws: ``SealingError/malformed(rule:)`` for a cost outside 4 to 19 or two peppers of
    ///   one name.
    public init(
        pepper: Pepper,
        previous: [Pepper] = [],
        cost: Int = 12,
        threads: Int = coreCount,
        waiting: Int = 12 * max(1, coreCount - 1),
        yields: Bool = false
    ) throws(SealingError) {
        guard (4...19).contains(cost) else {
            throw .malformed(rule: "the cost of bcrypt must be from 4 to 19; got \(cost)")
        }
        var peppers = [pepper.id: pepper]
        for old in previous {
            guard peppers.updateValue(old, forKey: old.id) == nil else {
                throw .malformed(rule: "the peppers must have different names")
            }
        }
        current = pepper
        self.peppers = peppers
        self.cost = cost
        let width = min(threads, Self.coreCount)
        queue = BoundedQueue(
            label: "passwords",
            width: width,
            room: waiting,
            yields: yields
        )
        dummyHash = try Self.makeDummy(pepper: pepper, cost: cost)
    }

    /// Finds out whether the waiting room is full, before anything is done for somebody who is not
    /// preferred.
    ///
    /// - Throws: ``SealingError/queueFull(retryAfter:)``.
    public func checkRoom() throws(SealingError) {
        if let refusal = queue.refusal(secondsPerJob: Self.seconds(cost: cost)) { throw refusal }
    }

    /// Hashes a new password.
    ///
    /// - Parameter password: The bytes exactly as received; any length, NUL bytes included.
    /// - Returns: The text to store, such as `p1:$2b$12$…`.
    /// - Throws: ``SealingError``: queue full, cancelled, or a failure of the library.
    public func hash(_ password: SecretBytes) async throws(SealingError) -> String {
        let pepper = current
        let cost = cost
        return try await queue.run(secondsPerJob: Self.seconds(cost: cost)) {
            () throws(SealingError) in
            let setting = try Bcrypt.makeSetting(cost: cost)
            let hash = try Bcrypt.hash(pepper.phrase(for: password), setting: setting)
            return "\(pepper.id):\(hash)"
        }
    }

    /// Hashes a new password, as ``hash(_:)-(SecretBytes)`` does.
    ///
    /// - Parameter password: The bytes exactly as received.
    /// - Returns: The text to store.
    /// - Throws: ``SealingError``.
    public func hash(_ password: [UInt8]) async throws(SealingError) -> String {
        try await hash(SecretBytes(copying: password))
    }

    /// Verifies a password in the time of one hash, whether or not there is one to match.
    ///
    /// - Parameters:
    ///   - password: The bytes exactly as received.
    ///   - stored: The stored text; nil for an account that is unknown or has no password.
    ///   - isPreferred: Whether a crowd of others may not keep this one waiting.
    /// - Returns: Whether the password is the right one; always false without a stored one.
    /// - Throws: ``SealingError``: queue full, cancelled, a stored text of another form, or one
    ///   that names a pepper which is not loaded.
    public func verify(
        _ password: SecretBytes,
        against stored: String?,
        isPreferred: Bool = false
    ) async throws(SealingError) -> Bool {
        let target = Result { () throws(SealingError) in try self.target(stored ?? dummyHash) }
        let fallback = try self.target(dummyHash)
        let isMatch = try await queue.run(
            secondsPerJob: Self.seconds(cost: cost),
            isPreferred: isPreferred
        ) { () throws(SealingError) in
            let (pepper, hash) = (try? target.get()) ?? fallback
            let computed = try Bcrypt.hash(pepper.phrase(for: password), setting: hash)
            return constantTimeEquals(Array(computed.utf8), Array(hash.utf8))
        }
        _ = try target.get()
        return isMatch && stored != nil
    }

    /// Verifies a password, as ``verify(_:against:isPreferred:)-(SecretBytes,_,_)`` does.
    ///
    /// - Parameters:
    ///   - password: The bytes exactly as received.
    ///   - stored: The stored text, or nil.
    ///   - isPreferred: Whether a crowd of others may not keep this one waiting.
    /// - Returns: Whether the password is the right one.
    /// - Throws: ``SealingError``.
    public func verify(
        _ password: [UInt8],
        against stored: String?,
        isPreferred: Bool = false
    ) async throws(SealingError) -> Bool {
        try await verify(
            SecretBytes(copying: password),
            against: stored,
            isPreferred: isPreferred
        )
    }

    /// Whether a verified password should be hashed again: its pepper, cost or form is not
    /// today's.
    public func needsRehash(_ stored: String) -> Bool {
        guard let parsed = try? StoredPassword(parsing: stored, costs: acceptedCosts) else {
            return true
        }
        return parsed.pepperID != current.id || parsed.cost != cost
    }

    // Costs below ten are accepted only by a hasher that makes such hashes itself.
    private var acceptedCosts: ClosedRange<Int> { min(10, cost)...19 }

    private func target(_ stored: String) throws(SealingError) -> (pepper: Pepper, hash: String) {
        let parsed = try StoredPassword(parsing: stored, costs: acceptedCosts)
        guard let pepper = peppers[parsed.pepperID] else {
            throw .unknownKey(id: parsed.pepperID)
        }
        return (pepper, parsed.hash)
    }

    private static func makeDummy(pepper: Pepper, cost: Int) throws(SealingError) -> String {
        let alphabet = Array(
            "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8
        )
        let hash = Random.bytes(Bcrypt.hashLength).map { alphabet[Int($0 & 63)] }
        return try "\(pepper.id):\(Bcrypt.makeSetting(cost: cost))"
            + String(decoding: hash, as: UTF8.self)
    }

    private static func seconds(cost: Int) -> Double {
        0.2 * Double(1 << cost) / 4096
    }
}
