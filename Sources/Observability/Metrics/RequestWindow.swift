internal import Synchronization

/// What the requests of the last minute looked like.
public struct RequestFigures: Hashable, Sendable {
    /// How many were answered.
    public var requests = 0
    /// How many of them with a 5xx.
    public var errors = 0
    /// The time within which half of them were answered; nil without requests.
    public var median: Duration?
    /// The time within which ninety-nine of a hundred were answered.
    public var slowest: Duration?
}

// DESIGN
// 1. Six slots of ten seconds: a slot is emptied when its time comes round again, so that what is
//    shown is never older than a minute.
// 2. Times fall into classes that grow by an eighth of an octave: a percentile is at most 9 % high.

/// Counts the requests of the last minute.
struct RequestWindow {
    private struct Slot {
        var index = -1
        var errors = 0
        var counts = [Int](repeating: 0, count: RequestWindow.classes)
    }

    static let slots = 6
    static let slotSeconds = 10
    private static let classes = 8 * 36

    private var ring = [Slot](repeating: Slot(), count: RequestWindow.slots)

    /// Counts one answer that was given in a second of some clock.
    mutating func record(status: Int, duration: Duration, second: Int) {
        let index = second / Self.slotSeconds
        let place = index % Self.slots
        if ring[place].index != index { ring[place] = Slot(index: index) }
        ring[place].counts[Self.timeClass(duration)] += 1
        if status >= 500 { ring[place].errors += 1 }
    }

    /// The sums at a second of the same clock.
    func figures(second: Int) -> RequestFigures {
        let newest = second / Self.slotSeconds
        var counts = [Int](repeating: 0, count: Self.classes)
        var figures = RequestFigures()
        for slot in ring where slot.index > newest - Self.slots && slot.index <= newest {
            figures.errors += slot.errors
            for (place, count) in slot.counts.enumerated() { counts[place] += count }
        }
        figures.requests = counts.reduce(0, +)
        figures.median = Self.bound(counts, below: figures.requests, percent: 50)
        figures.slowest = Self.bound(counts, below: figures.requests, percent: 99)
        return figures
    }

    /// The upper bound of the class in which so many percent are reached.
    private static func bound(_ counts: [Int], below total: Int, percent: Int) -> Duration? {
        guard total > 0 else { return nil }
        let wanted = (total * percent + 99) / 100
        var sum = 0
        for (place, count) in counts.enumerated() {
            sum += count
            if sum >= wanted { return upperBound(place) }
        }
        return nil
    }

    /// Class 8·n + k holds times up to 2ⁿ·(1 + (k+1)/8) microseconds.
    private static func timeClass(_ duration: Duration) -> Int {
        let microseconds = max(1, Int64(duration / .microseconds(1)))
        let octave = 63 - microseconds.leadingZeroBitCount
        let base = Int64(1) << octave
        let eighth = Int((microseconds - base) * 8 / base)
        return min(classes - 1, octave * 8 + eighth)
    }

    private static func upperBound(_ place: Int) -> Duration {
        let base = Int64(1) << (place / 8)
        return .microseconds(base + base * Int64(place % 8 + 1) / 8)
    }
}

/// The window that the threads of a server share.
public final class RecentRequests: Sendable {
    private let window = Mutex(RequestWindow())
    private let start = ContinuousClock.now

    /// An empty one.
    public init() {}

    /// Counts an answer.
    public func record(status: Int, duration: Duration) {
        let second = second
        window.withLock { $0.record(status: status, duration: duration, second: second) }
    }

    /// What the last minute looked like.
    public var figures: RequestFigures {
        let second = second
        return window.withLock { $0.figures(second: second) }
    }

    private var second: Int { Int((ContinuousClock.now - start).components.seconds) }
}
