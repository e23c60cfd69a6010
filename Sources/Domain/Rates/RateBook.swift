// DESIGN
//
// 1. What runs out is forgotten: a bucket whose time has passed is the same as one never seen.
// 2. Memory is bounded. There are two generations; one that is full becomes the old one, and what
//    is used again moves into the young one. So the least recently used goes first, in constant
//    time: a flood of addresses costs memory for two generations and no more.
// 3. `spent` is what this process allowed since it last told the others.

/// The buckets that one process knows.
package struct RateBook: Sendable {
    package struct Entry: Hashable, Sendable {
        package var emptyAt: Int64
        /// In nanoseconds of the bucket.
        package var spent: Int64
    }

    private let generation: Int
    private var young: [RateBucket: Entry] = [:]
    private var old: [RateBucket: Entry] = [:]
    /// Those that others should know of.
    private var notable: Set<RateBucket> = []

    package init(limit: Int = 100_000) {
        generation = max(1, limit / 2)
    }

    package var count: Int { young.count + old.count }

    /// Takes one from every bucket, or from none when one of them is full.
    ///
    /// - Returns: The strictest verdict; nil when there is nothing to check.
    package mutating func take(_ checks: [RateCheck], now: Int64) -> RateVerdict? {
        var strictest: RateVerdict?
        for check in checks {
            let entry = young[check.bucket] ?? old[check.bucket]
            let decision = check.limit.decide(
                emptyAt: entry?.emptyAt ?? now,
                now: now,
                amount: check.amount
            )
            let verdict = RateVerdict(check: check, decision: decision)
            if verdict.isStricter(than: strictest) { strictest = verdict }
        }
        guard strictest?.decision.isAllowed == true else { return strictest }
        for check in checks { commit(check, now: now) }
        return strictest
    }

    private mutating func commit(_ check: RateCheck, now: Int64) {
        let bucket = check.bucket
        var entry = young[bucket] ?? old[bucket] ?? Entry(emptyAt: now, spent: 0)
        let begin = max(entry.emptyAt, now)
        entry.emptyAt =
            check.limit
            .decide(emptyAt: entry.emptyAt, now: now, amount: check.amount).emptyAt
        guard !bucket.isDecidedTogether else { return keep(entry, in: bucket, now: now) }
        entry.spent += entry.emptyAt - begin
        if check.limit.isNotable(emptyAt: entry.emptyAt, now: now) { notable.insert(bucket) }
        keep(entry, in: bucket, now: now)
    }

    /// Gives back what was taken and not needed; others are told of the rest only.
    package mutating func refund(_ check: RateCheck, amount: Int, now: Int64) {
        guard amount > 0, var entry = young[check.bucket] ?? old[check.bucket] else { return }
        let back = check.limit.cost * Int64(min(amount, check.amount))
        entry.emptyAt = max(now, entry.emptyAt - back)
        entry.spent = max(0, entry.spent - back)
        keep(entry, in: check.bucket, now: now)
    }

    private mutating func keep(_ entry: Entry, in bucket: RateBucket, now: Int64) {
        if young[bucket] == nil, young.count >= generation {
            old = young.filter { $0.value.emptyAt > now }
            young.removeAll(keepingCapacity: true)
            notable = notable.filter { old[$0] != nil }
        }
        young[bucket] = entry
    }

    /// What others should know of, at most `limit` buckets; it counts as told from now on.
    package mutating func unsent(atMost limit: Int) -> [RateBucket: Int64] {
        var sent: [RateBucket: Int64] = [:]
        for bucket in notable.prefix(limit) {
            notable.remove(bucket)
            guard var entry = young[bucket] ?? old[bucket], entry.spent > 0 else { continue }
            sent[bucket] = entry.spent
            entry.spent = 0
            if young[bucket] != nil { young[bucket] = entry } else { old[bucket] = entry }
        }
        return sent
    }

    /// What could not be told is to be told later.
    package mutating func giveBack(_ unsent: [RateBucket: Int64]) {
        for (bucket, spent) in unsent {
            notable.insert(bucket)
            if young[bucket] != nil {
                young[bucket]?.spent += spent
            } else {
                old[bucket]?.spent += spent
            }
        }
    }

    /// Learns how full a bucket is with what all processes took; what was taken here since then
    /// comes on top.
    package mutating func learn(_ levels: [RateBucket: Int64], now: Int64) {
        for (bucket, level) in levels {
            guard var entry = young[bucket] ?? old[bucket] else { continue }
            entry.emptyAt = max(entry.emptyAt, now + level + entry.spent)
            if young[bucket] != nil { young[bucket] = entry } else { old[bucket] = entry }
        }
    }
}
