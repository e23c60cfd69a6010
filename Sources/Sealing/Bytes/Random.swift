public import FoundationEssentials
internal import Synchronization

/// Unpredictable bytes and time-ordered identifiers, from the system's random generator.
public enum Random {
    /// As many random bytes as asked for; none when the number is negative.
    public static func bytes(_ count: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: max(0, count)) { buffer, filled in
            fill(UnsafeMutableRawBufferPointer(buffer))
            filled = buffer.count
        }
    }

    /// A UUID of version 7 (RFC 9562, section 5.7 with the sub-millisecond method 3).
    ///
    /// Identifiers made by one process rise strictly, as long as the clock that is passed in
    /// does not jump back by more than ten milliseconds: a longer jump is a wanted past time.
    ///
    /// - Parameter microseconds: The time since 1970 in microseconds; below 0 counts as 0.
    /// - Returns: 48 bits of milliseconds, 12 bits of their fraction, 62 random bits.
    public static func uuidV7(now microseconds: Int64) -> UUID {
        let time = lastTick.withLock { last in
            last = tick(wanted: ticks(ofMicroseconds: microseconds), after: last)
            return last
        }
        return uuidV7(ticks: time, randomness: random64())
    }

    static func uuidV7(ticks: UInt64, randomness: UInt64) -> UUID {
        let high = (ticks >> 12) << 16 | 0x7000 | ticks & 0xFFF
        let low = 0x8000_0000_0000_0000 | randomness >> 2
        var id: uuid_t = (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
        withUnsafeMutableBytes(of: &id) { bytes in
            bytes.storeBytes(of: high.bigEndian, as: UInt64.self)
            bytes.storeBytes(of: low.bigEndian, toByteOffset: 8, as: UInt64.self)
        }
        return UUID(uuid: id)
    }

    /// Time in 4096ths of a millisecond, the resolution of the identifier.
    static func ticks(ofMicroseconds microseconds: Int64) -> UInt64 {
        let time = UInt64(max(0, microseconds))
        let milliseconds = time / 1000 & 0xFFFF_FFFF_FFFF
        return milliseconds << 12 | (time % 1000) * 4096 / 1000
    }

    /// The next tick to use: the wanted one, or just after the last when that is close ahead.
    static func tick(wanted: UInt64, after last: UInt64) -> UInt64 {
        let tenMilliseconds: UInt64 = 10 << 12
        guard wanted <= last, last - wanted < tenMilliseconds else { return wanted }
        return last + 1
    }

    // The runtime's generator is getrandom(2) on Linux: it cannot fail quietly, which is why no
    // function of this type throws.
    static func fill(_ buffer: UnsafeMutableRawBufferPointer) {
        var offset = 0
        while offset < buffer.count {
            var word = random64()
            let step = min(8, buffer.count - offset)
            withUnsafeMutableBytes(of: &word) { bytes in
                buffer[offset..<offset + step].copyBytes(from: bytes.prefix(step))
                bytes.initializeMemory(as: UInt8.self, repeating: 0)
            }
            offset += step
        }
    }

    private static func random64() -> UInt64 {
        var generator = SystemRandomNumberGenerator()
        return generator.next()
    }

    private static let lastTick = Mutex<UInt64>(0)
}
