internal import Synchronization

/// A 64-bit floating-point number that many threads may add to without a lock.
struct AtomicDouble: ~Copyable {
    private let bits = Atomic<UInt64>(Double(0).bitPattern)

    var value: Double { Double(bitPattern: bits.load(ordering: .relaxed)) }

    func set(_ value: Double) {
        bits.store(value.bitPattern, ordering: .relaxed)
    }

    func add(_ amount: Double) {
        var old = bits.load(ordering: .relaxed)
        while true {
            let sum = (Double(bitPattern: old) + amount).bitPattern
            let result = bits.compareExchange(expected: old, desired: sum, ordering: .relaxed)
            if result.exchanged { return }
            old = result.original
        }
    }
}

/// The counts of a histogram: one per bucket, the last for everything beyond.
struct HistogramCounts: Equatable {
    let bounds: [Double]
    private(set) var counts: [UInt64]
    private(set) var sum = 0.0

    init(bounds: [Double]) {
        self.bounds = bounds
        counts = [UInt64](repeating: 0, count: bounds.count + 1)
    }

    /// Counts a value; one that is not a number is left out, because it would spoil the sum.
    mutating func record(_ value: Double) {
        guard !value.isNaN else { return }
        counts[bounds.firstIndex { value <= $0 } ?? bounds.count] += 1
        sum += value
    }
}
