import Domain

/// The books of AI use as plain numbers in memory: what the database must agree with.
struct BookModel {
    struct Line {
        let metric: Budget.Metric
        /// Nil for a budget of everything.
        let purpose: String?
        let isDaily: Bool
        var hard: Int64
    }

    struct Period: Hashable {
        let line: Int
        let day: Int
    }

    struct Sums: Equatable {
        var used: Int64 = 0
        var held: Int64 = 0
    }

    struct Call {
        let input: Int64
        let cap: Int64
        var output: Int64
        var streamed: Int64 = 0
        var state = AICall.State.inFlight
        var holds: [Period: Int64]
        var charges: [Period: Int64] = [:]
        var chargeNano: Int64 = 0
    }

    private(set) var lines: [Line]
    private(set) var day = 0
    private(set) var sums: [Period: Sums] = [:]
    private(set) var calls: [Call] = []
    /// What calls were billed beyond their limit; nil while none was.
    private(set) var overhead: Int64?

    static let slice: Int64 = 1_024

    init(_ lines: [Line]) {
        self.lines = lines
    }

    mutating func endDay() {
        day += 1
    }

    mutating func edit(_ line: Int, hard: Int64) {
        lines[line].hard = hard
    }

    /// Whether the call gets through; it is the last of `calls` then.
    mutating func reserve(_ input: Int64, _ output: Int64, _ purpose: String) -> Bool {
        let first = overhead == nil ? min(output, Self.slice) : output
        let beyond = overhead ?? 0
        var holds: [Period: Int64] = [:]
        for (index, line) in lines.enumerated() where line.purpose ?? purpose == purpose {
            let period = Period(line: index, day: line.isDaily ? day : 0)
            holds[period] = amount(line.metric, input, first + beyond)
        }
        guard take(holds) else { return false }
        calls.append(
            Call(input: input, cap: output, output: first, holds: holds)
        )
        return true
    }

    /// Whether the next slice is held.
    mutating func extend(_ index: Int, streamed: Int64) -> Bool {
        let call = calls[index]
        calls[index].streamed = max(call.streamed, streamed)
        let more = min(Self.slice, call.cap - call.output)
        guard more > 0 else { return true }
        let extra = call.holds.reduce(into: [Period: Int64]()) { extra, hold in
            let metric = lines[hold.key.line].metric
            extra[hold.key] = metric == .requests ? 0 : amount(metric, 0, more)
        }
        guard take(extra) else { return false }
        calls[index].output += more
        for (period, amount) in extra { calls[index].holds[period, default: 0] += amount }
        return true
    }

    mutating func settle(_ index: Int, _ read: Int64, _ written: Int64) {
        guard [.inFlight, .expired].contains(calls[index].state) else { return }
        let isLate = calls[index].state == .expired
        close(index, read, written)
        calls[index].state = isLate ? .settledLate : .settled
        let beyond = written - calls[index].cap
        if beyond > 0 { overhead = max(overhead ?? 0, beyond) }
    }

    mutating func release(_ index: Int) {
        guard [.inFlight, .expired].contains(calls[index].state) else { return }
        let isLate = calls[index].state == .expired
        book(index) { _ in 0 }
        calls[index].chargeNano = 0
        calls[index].state = isLate ? .settledLate : .released
    }

    /// Every call in flight is lost.
    mutating func expire() {
        for (index, call) in calls.enumerated() where call.state == .inFlight {
            close(index, call.input, call.streamed)
            calls[index].state = .expired
        }
    }

    private mutating func close(_ index: Int, _ read: Int64, _ written: Int64) {
        let call = calls[index]
        let limits = call.holds.reduce(into: [Period: Int64]()) { limits, hold in
            let sum = sums[hold.key, default: Sums()]
            let room = max(lines[hold.key.line].hard - sum.used - sum.held, 0)
            limits[hold.key] = call.charges[hold.key, default: 0] + hold.value + room
        }
        let cost = limits.filter { lines[$0.key.line].metric == .cost }.values
            .reduce(read * 150 + written * 600, min)
        let known = lines
        book(index) { period in
            switch known[period.line].metric {
            case .cost: cost
            case .tokens: min(read + written, limits[period, default: 0])
            case .requests: call.charges[period, default: 0] + call.holds[period, default: 0]
            }
        }
        calls[index].chargeNano = cost
    }

    private mutating func book(_ index: Int, _ share: (Period) -> Int64) {
        for (period, held) in calls[index].holds {
            let charge = share(period)
            sums[period, default: Sums()].held -= held
            sums[period, default: Sums()].used +=
                charge - calls[index].charges[period, default: 0]
            calls[index].charges[period] = charge
            calls[index].holds[period] = 0
        }
    }

    private mutating func take(_ amounts: [Period: Int64]) -> Bool {
        for (period, amount) in amounts {
            let sum = sums[period, default: Sums()]
            guard sum.used + sum.held + amount <= lines[period.line].hard else { return false }
        }
        for (period, amount) in amounts { sums[period, default: Sums()].held += amount }
        return true
    }

    private func amount(_ metric: Budget.Metric, _ input: Int64, _ output: Int64) -> Int64 {
        switch metric {
        case .cost: input * 150 + output * 600
        case .tokens: input + output
        case .requests: 1
        }
    }
}
