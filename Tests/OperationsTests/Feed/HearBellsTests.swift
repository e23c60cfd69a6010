import Domain
import Fixtures
import Operations
import Postgres
import Support
import Synchronization
import Testing

/// Rights that end while somebody listens.
@Suite struct HearBellsTests {
    /// Somebody who listens in a tenant, and what they heard.
    private final class Listener: Sendable {
        private let time = Mutex(Instant(seconds: 0))
        private let numbers = Mutex<[Int]>([])
        private let begun = AsyncStream<Void>.makeStream()
        private let rang = AsyncStream<Void>.makeStream()

        /// How many bells were listened at, each time that the listening began.
        var bells: [Int] { numbers.withLock { $0 } }

        func pass(_ duration: Duration) {
            time.withLock { $0 = $0.advanced(by: duration) }
        }

        /// Starts to listen, and returns when it does.
        func start(_ fixture: Fixture, _ caller: TenantCaller) async -> Task<Void, any Error> {
            let find = FindBells(fixture.environment)
            let hear = HearBells(
                find: { try await find(inTenant: caller) },
                listen: { [self] bells in
                    numbers.withLock { $0.append(bells.count) }
                    return try await Self.events(at: bells, of: fixture)
                },
                now: { [self] in time.withLock { $0 } }
            )
            let task = Task { [self] in
                defer { end() }
                try await hear(
                    begun: { [self] in begun.continuation.yield() },
                    ring: { [self] in rang.continuation.yield() }
                )
            }
            await listening()
            return task
        }

        private func end() {
            begun.continuation.finish()
            rang.continuation.finish()
        }

        func listening() async {
            for await _ in begun.stream { break }
        }

        func ring() async {
            for await _ in rang.stream { break }
        }

        /// The rings until the end.
        func rest() async -> Int {
            await rang.stream.reduce(0) { count, _ in count + 1 }
        }

        private static func events(
            at bells: [FeedBell],
            of fixture: Fixture
        ) async throws -> AsyncStream<HearBells.Ring> {
            let migrated = fixture.migrated
            let settings = migrated.cluster.settings(database: migrated.name)
            let events = try await NotificationListener(settings).notifications(
                channels: bells.map(\.channel),
                sharing: bells.map(\.lock)
            )
            return AsyncStream { rings in
                let task = Task {
                    for await event in events {
                        switch event {
                        case .notification: rings.yield(.change)
                        case .lost: rings.yield(.loss)
                        case .reconnected: rings.yield(.gap)
                        }
                    }
                    rings.finish()
                }
                rings.onTermination = { _ in task.cancel() }
            }
        }
    }

    @Test func `who is no member any more hears nothing more`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
            let member = try await fixture.makeMember("m@x.test", role: .member, in: acme)
            let listener = Listener()
            let task = await listener.start(fixture, member)
            _ = try await fixture.create("one", by: acme.owner)
            await listener.ring()
            listener.pass(HearBells.trust)
            try await RemoveMember(fixture.environment)(member.caller.user, by: acme.owner)
            let error = await #expect(throws: DomainError.self) { try await task.value }
            #expect(error?.kind == .forbidden)
            #expect(await listener.rest() == 0)
        }
    }

    @Test func `who may not see calls any more does not listen for them`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
            let member = try await fixture.makeMember("m@x.test", role: .member, in: acme)
            let listener = Listener()
            let task = await listener.start(fixture, member)
            listener.pass(HearBells.trust)
            _ = try await ChangeMember(fixture.environment)(
                member.caller.user,
                role: .guest,
                status: nil,
                version: 1,
                by: acme.owner
            )
            await listener.listening()
            #expect(listener.bells == [2, 1])
            task.cancel()
            _ = await task.result
        }
    }

    @Test func `a lost connection asks again at once`() async throws {
        let asked = Mutex(0)
        let (stream, events) = AsyncStream<HearBells.Ring>.makeStream()
        let bell = FeedBell(channel: "gw_a", lock: 1)
        let refusal = DomainError(.forbidden, .permissionDenied, "No.")
        let hear = HearBells(
            find: {
                let count = asked.withLock { count in
                    count += 1
                    return count
                }
                guard count < 3 else { throw refusal }
                return [bell]
            },
            listen: { _ in stream },
            now: { Instant(seconds: 0) }
        )
        for event in [HearBells.Ring.change, .gap, .change, .gap, .change] { events.yield(event) }
        let rings = Mutex(0)
        await #expect(throws: refusal) {
            try await hear(ring: { rings.withLock { $0 += 1 } })
        }
        #expect(asked.withLock { $0 } == 3)
        // The ring, the gap behind which one still may, and one ring more.
        #expect(rings.withLock { $0 } == 3)
    }
    @Test func `a connection that is lost rings, and asks nothing by itself`() async throws {
        let asked = Mutex(0)
        let (stream, events) = AsyncStream<HearBells.Ring>.makeStream()
        let hear = HearBells(
            find: {
                asked.withLock { $0 += 1 }
                return [FeedBell(channel: "gw_a", lock: 1)]
            },
            listen: { _ in stream },
            now: { Instant(seconds: 0) }
        )
        events.yield(.loss)
        events.finish()
        let rings = Mutex(0)
        try await hear(ring: { rings.withLock { $0 += 1 } })
        #expect(asked.withLock { $0 } == 1)
        #expect(rings.withLock { $0 } == 1)
    }
}
