package import Domain
import Sealing
package import Storage
import Synchronization

/// An authenticator app: it has the secret as people type it, and the time.
package struct Authenticator: Sendable {
    private let secret: SecretBytes

    /// Reads base32 by the book, not with the product's own code.
    package init(_ base32: String) {
        let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
        let bits = base32.compactMap { digits.firstIndex(of: $0) }
            .flatMap { value in (0..<5).map { value >> (4 - $0) & 1 } }
        let bytes = (0..<bits.count / 8).map { index in
            bits[index * 8..<index * 8 + 8].reduce(UInt8(0)) { $0 << 1 | UInt8($1) }
        }
        secret = SecretBytes(copying: bytes)
    }

    package func code(at time: Instant) -> String {
        let step = UInt64(time.seconds / 30)
        let counter = (0..<8).map { UInt8(truncatingIfNeeded: step >> (56 - 8 * $0)) }
        let hash = HMAC.sha1(key: secret, message: counter)
        let offset = Int(hash[19] & 15)
        let word = hash[offset..<offset + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        return String(String(1_000_000 + (word & 0x7FFF_FFFF) % 1_000_000).dropFirst())
    }
}

/// The machine's clock, put forward by a test.
///
/// Not by more than two minutes: the database judges contexts by its own.
package final class ShiftedClock: Sendable {
    private let shift = Mutex<Int64>(0)

    package init() {}

    package var clock: SystemClock {
        SystemClock { self.now }
    }

    package var now: Instant {
        SystemClock.live.now().advanced(by: .seconds(shift.withLock { $0 }))
    }

    package func pass(_ seconds: Int64) {
        shift.withLock { $0 += seconds }
    }
}
