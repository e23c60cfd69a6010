import Domain
import Foundation

/// A repeatable source of chance: the same seed gives the same demonstration.
///
/// SplitMix64 (Steele, Lea, Flood: "Fast Splittable Pseudorandom Number Generators", 2014).
struct DemoRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func below(_ limit: Int) -> Int {
        Int(next() % UInt64(max(limit, 1)))
    }

    mutating func within(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + below(range.count)
    }

    mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[below(elements.count)]
    }

    mutating func chance(_ percent: Int) -> Bool {
        below(100) < percent
    }

    /// A time-ordered id (RFC 9562, version 7) of that moment.
    mutating func id<Entity>(
        at time: Instant,
        of _: Entity.Type = Entity.self
    )
        -> Identifier<Entity>
    {
        let milliseconds = UInt64(time.microseconds / 1_000)
        let high = milliseconds << 16 | 0x7000 | (next() & 0x0FFF)
        let low = 0x8000_0000_0000_0000 | (next() & 0x3FFF_FFFF_FFFF_FFFF)
        var bytes = uuid_t(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
        withUnsafeMutableBytes(of: &bytes) { raw in
            raw.storeBytes(of: high.bigEndian, toByteOffset: 0, as: UInt64.self)
            raw.storeBytes(of: low.bigEndian, toByteOffset: 8, as: UInt64.self)
        }
        return Identifier(UUID(uuid: bytes))
    }

    /// So many moments between two times, in order.
    mutating func moments(_ count: Int, from start: Instant, to end: Instant) -> [Instant] {
        let span = UInt64(max(end.microseconds - start.microseconds, 1))
        return (0..<count)
            .map { _ in Instant(microseconds: start.microseconds + Int64(next() % span)) }
            .sorted()
    }
}
