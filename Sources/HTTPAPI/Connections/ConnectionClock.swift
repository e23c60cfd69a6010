import NIOCore

// DESIGN
//
// What a connection owes: a head in time, a body in time and at a minimum rate, the taking of an
// answer, and an end to what is still sent when the answer is out already.
//
//     first byte ──> request head ──> body ──> request end
//          │ too slow: closed          │ too slow: refused (408), then closed
//     answer head ──> answer end ──> taken
//                       │ not taken in time: closed
//     answer end while the body still comes ──> lingering: some bytes, some time, then closed
//
// Pure: events and times go in, a verdict comes out.

/// The bounds of a connection.
struct ConnectionBounds: Sendable {
    var head: TimeAmount
    var body: TimeAmount
    var response: TimeAmount
    /// A body may begin slowly for this long.
    var grace = TimeAmount.seconds(5)
    var bytesPerSecond: Int64 = 1_024
    /// How long and how much of an unwanted body is read, so that the client sees the answer.
    var lingering = TimeAmount.seconds(5)
    var lingeringBytes = 4_194_304
}

/// Judges whether a connection keeps its bounds.
struct ConnectionClock {
    enum Verdict: Hashable {
        case fine
        case slowHead
        case slowBody
        case slowResponse
        case lingeredTooLong
    }

    private struct Arrival {
        let start: NIODeadline
        var bytes: Int64 = 0
    }

    private let bounds: ConnectionBounds
    /// Since when a head is coming.
    private var head: NIODeadline?
    private var isWithinRequest = false
    private var isAnswering = false
    private var body: Arrival?
    private var isRefused = false
    private var responseStart: NIODeadline?
    private var lingering: Arrival?

    init(bounds: ConnectionBounds) {
        self.bounds = bounds
    }

    /// Whether anything can become late.
    var isRunning: Bool {
        head != nil || body != nil || responseStart != nil || lingering != nil
    }

    /// Something came, whatever it will be.
    mutating func bytesArrived(at now: NIODeadline) {
        if !isWithinRequest, head == nil { head = now }
    }

    mutating func requestBegan(hasBody: Bool, at now: NIODeadline) {
        head = nil
        isWithinRequest = true
        isAnswering = true
        body = hasBody ? Arrival(start: now) : nil
        isRefused = false
    }

    mutating func received(_ count: Int) {
        body?.bytes += Int64(count)
        lingering?.bytes += Int64(count)
    }

    mutating func requestEnded() {
        isWithinRequest = false
        body = nil
        lingering = nil
    }

    mutating func responseBegan(at now: NIODeadline) {
        responseStart = now
    }

    /// A stream of events has begun, or goes on: it may take as long as it likes, but what is
    /// written must be taken in time.
    mutating func streamWrote(isTaken: Bool, at now: NIODeadline) {
        if isTaken { responseStart = nil } else if responseStart == nil { responseStart = now }
    }

    /// The last part was handed over; `isTaken` when nothing waits for the client.
    mutating func responseEnded(isTaken: Bool, at now: NIODeadline) {
        if isTaken { responseStart = nil }
        isAnswering = false
        // While an answer is out nothing more is read: the next head begins to count behind it.
        if head != nil { head = now }
        guard body != nil else { return }
        body = nil
        lingering = Arrival(start: now)
    }

    mutating func responseTaken() {
        responseStart = nil
    }

    mutating func verdict(at now: NIODeadline) -> Verdict {
        if let lingering,
            now - lingering.start > bounds.lingering
                || lingering.bytes > Int64(bounds.lingeringBytes)
        {
            return .lingeredTooLong
        }
        if let head, !isAnswering, now - head > bounds.head { return .slowHead }
        if let responseStart, now - responseStart > bounds.response { return .slowResponse }
        guard let body, !isRefused, isSlow(body, at: now) else { return .fine }
        isRefused = true
        return .slowBody
    }

    private func isSlow(_ body: Arrival, at now: NIODeadline) -> Bool {
        let elapsed = now - body.start
        if elapsed > bounds.body { return true }
        guard elapsed > bounds.grace else { return false }
        return body.bytes < elapsed.nanoseconds / 1_000_000_000 * bounds.bytesPerSecond
    }
}
