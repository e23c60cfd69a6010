import Domain
import Synchronization

/// Tokens that were found good, by their SHA-256; bounded.
final class VerifiedTokens: Sendable {
    private let limit: Int
    private let entries = Mutex<[[UInt8]: AccessTokenClaims]>([:])

    init(limit: Int = 8_192) {
        self.limit = limit
    }

    func find(_ hash: [UInt8]) -> AccessTokenClaims? {
        entries.withLock { $0[hash] }
    }

    /// When full, expired ones go first, and all of them when none is expired.
    func keep(_ claims: AccessTokenClaims, for hash: [UInt8], now: Instant) {
        entries.withLock { entries in
            if entries.count >= limit {
                entries = entries.filter { $0.value.expiresAt > now }
                if entries.count >= limit { entries.removeAll(keepingCapacity: true) }
            }
            entries[hash] = claims
        }
    }

    /// Starts over, because a key is no longer good.
    func forget() {
        entries.withLock { $0.removeAll(keepingCapacity: true) }
    }

    var count: Int { entries.withLock { $0.count } }
}
