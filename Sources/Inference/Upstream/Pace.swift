import FoundationEssentials

/// The time that time-outs and pauses are measured by, and the chance that spreads them.
package struct Pace: Sendable {
    package var now: @Sendable () -> ContinuousClock.Instant
    package var sleep: @Sendable (_ until: ContinuousClock.Instant) async throws -> Void
    /// From 0 to 1.
    package var chance: @Sendable () -> Double
    /// Seconds since 1970, for dates that providers name.
    package var wallSeconds: @Sendable () -> Int64

    package init(
        now: @escaping @Sendable () -> ContinuousClock.Instant,
        sleep: @escaping @Sendable (ContinuousClock.Instant) async throws -> Void,
        chance: @escaping @Sendable () -> Double,
        wallSeconds: @escaping @Sendable () -> Int64
    ) {
        self.now = now
        self.sleep = sleep
        self.chance = chance
        self.wallSeconds = wallSeconds
    }

    package static let live = Pace(
        now: { .now },
        sleep: { try await ContinuousClock().sleep(until: $0) },
        chance: { .random(in: 0...1) },
        wallSeconds: { Int64(Date().timeIntervalSince1970) }
    )
}

/// How long each part of a call may take.
package struct Patience: Hashable, Sendable {
    /// Until there is a connection and the request goes out.
    package var connect: Duration
    /// From then until the provider answers.
    package var firstByte: Duration
    /// Between two pieces of the answer.
    package var idle: Duration

    package init(
        connect: Duration = .seconds(5),
        firstByte: Duration = .seconds(60),
        idle: Duration = .seconds(30)
    ) {
        self.connect = connect
        self.firstByte = firstByte
        self.idle = idle
    }
}
