package import Domain

// DESIGN: who listens is asked for their right again and again, without asking on and on.
//
// 1. A bell says no word, but that it rings tells that something happened. So before a ring is
//    passed on, bells that were found a while ago are found again: a right that ended ends the
//    listening, and one that became narrower, such as that to see calls to models, other bells.
// 2. After a lost connection they are found again in any case. That it was lost is a ring too, and
//    nothing is asked for it here: the screen that looks learns whether the database is gone.
// 3. While no bell rings nothing is asked.

/// Passes rings on for as long as who listens may hear them.
package struct HearBells: Sendable {
    package typealias Find = @Sendable () async throws -> [FeedBell]
    package typealias Listen = @Sendable ([FeedBell]) async throws -> AsyncStream<Ring>

    /// What came from the bells.
    package enum Ring: Hashable, Sendable {
        case change
        /// The connection was lost: who listens looks whether the database is still there.
        case loss
        /// The connection was lost for a moment: there may have been changes.
        case gap
    }

    /// For how long found bells are believed.
    package static let trust = Duration.seconds(10)

    private let find: Find
    private let listen: Listen
    private let now: @Sendable () -> Instant

    /// - Parameters:
    ///   - find: Finds the bells, under the right of who listens.
    ///   - listen: Listens at them.
    ///   - now: The time.
    package init(
        find: @escaping Find,
        listen: @escaping Listen,
        now: @escaping @Sendable () -> Instant
    ) {
        self.find = find
        self.listen = listen
        self.now = now
    }

    /// Listens until the bells are silent, which they are when the task is cancelled.
    ///
    /// - Parameters:
    ///   - begun: Told each time that the listening begins anew.
    ///   - ring: Told of each ring.
    /// - Throws: The refusal, when who listens may no longer; what `listen` throws.
    package func callAsFunction(
        begun: @Sendable () -> Void = {},
        ring: @Sendable () -> Void
    ) async throws {
        var found = try await findNow()
        while true {
            let heard = try await listen(found.bells)
            begun()
            guard let others = try await pass(heard, of: found, to: ring) else { return }
            found = others
        }
    }

    /// Bells, and the time from which on they are believed: a right may end while they are looked
    /// for, and while the listening begins.
    private struct Found {
        let bells: [FeedBell]
        let time: Instant
    }

    private func findNow() async throws -> Found {
        let time = now()
        return Found(bells: try await find(), time: time)
    }

    /// Passes rings on until the bells are others, which are returned, or silent.
    private func pass(
        _ heard: AsyncStream<Ring>,
        of first: Found,
        to ring: @Sendable () -> Void
    ) async throws -> Found? {
        var found = first
        for await event in heard {
            if event == .loss {
                ring()
                continue
            }
            if event == .gap || found.time.duration(to: now()) >= Self.trust {
                let present = try await findNow()
                guard present.bells == found.bells else { return present }
                found = present
            }
            ring()
        }
        return nil
    }
}
