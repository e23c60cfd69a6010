import Domain
import Synchronization

/// Tokens that were found good, by their SHA-256; bounded.
final class VerifiedTokens: Sendable {
    private let limit: Int
    private let contents = Mutex(Contents())

    private struct Contents {
        var entries: [[UInt8]: AccessTokenClaims] = [:]
        /// How often all was forgotten: what was checked before that is not kept.
        var changes = 0
    }

    init(limit: Int = 8_192) {
        self.limit = limit
    }

    func find(_ hash: [UInt8]) -> AccessTokenClaims? {
        contents.withLock { $0.entries[hash] }
    }

    /// To be asked before the keys are, with which a token is checked, and told to `keep`.
    var changes: Int { contents.withLock { $0.changes } }

    /// Keeps a token that was found good, unless a key went since `changes` was asked.
    ///
    /// When full, expired ones go first, and all of them when none is expired.
    func keep(_ claims: AccessTokenClaims, for hash: [UInt8], since changes: Int, now: Instant) {
        contents.withLock { contents in
            guard contents.changes == changes else { return }
            if contents.entries.count >= limit {
                contents.entries = contents.entries.filter { $0.value.expiresAt > now }
                if contents.entries.count >= limit {
                    contents.entries.removeAll(keepingCapacity: true)
                }
            }
            contents.entries[hash] = claims
        }
    }

    /// Starts over, because a key is no longer good.
    func forget() {
        contents.withLock { contents in
            contents.changes += 1
            contents.entries.removeAll(keepingCapacity: true)
        }
    }

    var count: Int { contents.withLock { $0.entries.count } }
}
