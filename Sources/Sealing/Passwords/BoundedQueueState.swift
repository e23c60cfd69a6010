/// Which jobs run and which wait: the rules of a queue with a limited waiting room, without any thread.
///
///     submit ──▶ start            a place is free, and its parties have one left
///            ──▶ wait             no such place, room to wait      ──next──▶ runs
///            ──▶ refuse           no such place, no room           ──cancel─▶ gone
///
/// 1. There are two waiting rooms of the same size: a crowd in the ordinary one keeps nobody out of
///    the preferred one. They are served in turn, so that neither starves the other.
/// 2. A party holds no more places, and no more seats of a room, than it may: one that comes in great
///    number waits behind itself.
/// 3. After each event a job waits only while all places are taken or its parties have theirs: the
///    end of a job lets at most one other in.
/// 4. While more than half of the ordinary room is taken, ordinary jobs leave some places free: for
///    preferred ones, and for whatever else the processor is wanted for. Such a place is taken again by
///    whoever comes when the crowd is gone.
package struct BoundedQueueState<Job: Sendable>: Sendable {
    package enum Submission: Equatable, Sendable {
        case start
        case wait
        case refuse(waiting: Int)
    }

    private struct Waiter: Sendable {
        let id: UInt64
        let job: Job
        let parties: [QueueParty]
    }

    package let width: Int
    package let room: Int
    private let spare: Int
    private(set) var running = 0
    private var ordinary: [Waiter] = []
    private var preferred: [Waiter] = []
    private var isPreferredNext = true
    /// How many places each party holds.
    private var places: [String: Int] = [:]

    /// How many wait, in both rooms.
    package var waiting: Int { preferred.count + ordinary.count }

    /// Whether an ordinary job of no party would be refused.
    var isFull: Bool { running >= places(isPreferred: false) && ordinary.count >= room }

    /// How many may run for one more of the kind to start.
    private func places(isPreferred: Bool) -> Int {
        isPreferred || ordinary.count * 2 <= room ? width : width - spare
    }

    /// Makes the state of an idle queue.
    ///
    /// - Parameters:
    ///   - width: How many jobs run at once, at least 1.
    ///   - room: How many may wait besides, at least 0.
    ///   - spare: How many places a crowd of ordinary jobs leaves free; one at least is theirs.
    package init(width: Int, room: Int, spare: Int = 0) {
        self.width = max(1, width)
        self.room = max(0, room)
        self.spare = min(max(0, spare), self.width - 1)
    }

    /// A job arrives; on `start` the caller runs it, on `wait` the state keeps it.
    package mutating func submit(
        _ job: Job,
        id: UInt64,
        isPreferred: Bool = false,
        of parties: [QueueParty] = []
    ) -> Submission {
        if running < places(isPreferred: isPreferred), mayStart(parties) {
            running += 1
            take(parties)
            return .start
        }
        let waiters = isPreferred ? preferred : ordinary
        guard waiters.count < room, parties.allSatisfy({ Self.hasSeat($0, among: waiters) }) else {
            return .refuse(waiting: waiting)
        }
        let waiter = Waiter(id: id, job: job, parties: parties)
        if isPreferred { preferred.append(waiter) } else { ordinary.append(waiter) }
        return .wait
    }

    /// A job of these parties has ended; its place goes to the one returned, if there is one.
    package mutating func next(after parties: [QueueParty] = []) -> Job? {
        running -= 1
        for party in parties {
            let left = places[party.name, default: 1] - 1
            places[party.name] = left > 0 ? left : nil
        }
        guard let waiter = leaveRoom() else { return nil }
        running += 1
        take(waiter.parties)
        return waiter.job
    }

    /// Takes a waiting job out; nil when it runs already, is done, or never came.
    package mutating func cancel(id: UInt64) -> Job? {
        if let index = preferred.firstIndex(where: { $0.id == id }) {
            return preferred.remove(at: index).job
        }
        guard let index = ordinary.firstIndex(where: { $0.id == id }) else { return nil }
        return ordinary.remove(at: index).job
    }

    /// Who waits longest in the room whose turn it is, or else in the other one.
    private mutating func leaveRoom() -> Waiter? {
        for isPreferred in [isPreferredNext, !isPreferredNext] {
            let waiters = isPreferred ? preferred : ordinary
            guard running < places(isPreferred: isPreferred),
                let index = waiters.firstIndex(where: { mayStart($0.parties) })
            else { continue }
            isPreferredNext = !isPreferred
            return isPreferred ? preferred.remove(at: index) : ordinary.remove(at: index)
        }
        return nil
    }

    private func mayStart(_ parties: [QueueParty]) -> Bool {
        parties.allSatisfy { places[$0.name, default: 0] < $0.places }
    }

    private static func hasSeat(_ party: QueueParty, among waiters: [Waiter]) -> Bool {
        waiters.count { $0.parties.contains { $0.name == party.name } } < party.seats
    }

    private mutating func take(_ parties: [QueueParty]) {
        for party in parties { places[party.name, default: 0] += 1 }
    }
}
