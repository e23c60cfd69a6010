import Domain
import Fixtures
import Postgres
import Sealing
import Storage
import Synchronization
import Testing

@testable import Operations

/// What is remembered of refusals, so that a storm does not reach the database.
@Suite struct SignInFrontTests {
    private static let now = Instant(seconds: 1_000)
    private static let root = "root@ghostworks.test"

    /// Nanoseconds that only the test moves on.
    private final class Ticks: Sendable {
        private let count = Mutex<Int64>(0)

        func now() -> Int64 { count.withLock { $0 } }

        func pass(_ milliseconds: Int64) {
            count.withLock { $0 += milliseconds * 1_000_000 }
        }
    }

    private static func tries(_ name: String) -> DelayedTries {
        DelayedTries(
            at: now,
            emailHash: Digest.sha256(name),
            network: AddressPrefix("192.0.2.1")
        )
    }

    @Test func `a refusal is remembered for a second, and no longer than it holds`() {
        let ticks = Ticks()
        let front = SignInFront(clock: { ticks.now() })
        #expect(front.wait(for: ["a", "b"], at: Self.now) == nil)
        front.remember([
            "a": Self.now.advanced(by: .seconds(30)), "b": Self.now.advanced(by: .seconds(5)),
        ])
        #expect(front.wait(for: ["a", "b"], at: Self.now) == .seconds(30))
        #expect(front.wait(for: ["b", "c"], at: Self.now) == .seconds(5))
        #expect(front.wait(for: ["c"], at: Self.now) == nil)
        #expect(front.wait(for: ["b"], at: Self.now.advanced(by: .seconds(5))) == nil)
        ticks.pass(999)
        #expect(front.wait(for: ["a"], at: Self.now) == .seconds(30))
        ticks.pass(1)
        #expect(front.wait(for: ["a"], at: Self.now) == nil)
    }

    @Test func `what was cleared is asked about again`() {
        let front = SignInFront()
        front.remember(["a": Self.now.advanced(by: .seconds(30))])
        front.forget(["a"])
        #expect(front.wait(for: ["a"], at: Self.now) == nil)
    }

    @Test func `a full book remembers no more until its oldest are forgotten`() {
        let ticks = Ticks()
        let front = SignInFront(most: 2, clock: { ticks.now() })
        let later = Self.now.advanced(by: .seconds(30))
        front.remember(["a": later, "b": later])
        front.remember(["c": later])
        #expect(front.wait(for: ["c"], at: Self.now) == nil)
        ticks.pass(1_000)
        front.remember(["c": later])
        #expect(front.wait(for: ["c"], at: Self.now) == .seconds(30))
    }

    @Test func `tries are counted by whom and when, as many as the book has room for`() {
        let front = SignInFront(most: 2)
        #expect(front.count(Self.tries("a")))
        #expect(front.count(Self.tries("b")))
        #expect(!front.count(Self.tries("c")))
        #expect(front.count(Self.tries("a")))
        let counted = front.takeDelayed()
        #expect(counted == [Self.tries("a"): 2, Self.tries("b"): 1])
        #expect(front.takeDelayed().isEmpty)
        #expect(front.count(Self.tries("a")))
        front.giveBack(counted)
        #expect(front.takeDelayed() == [Self.tries("a"): 3, Self.tries("b"): 1])
    }

    /// Runs a body at a door behind which a counter has just refused somebody.
    private static func afterRefusal(
        _ email: String,
        _ body: (Door, Caller) async throws -> Void
    ) async throws {
        let front = SignInFront(clock: { 0 })
        try await Fixture.with(clock: StoppedClock().clock, front: front) { fixture in
            let root = try await fixture.makeOperator()
            let door = Door(fixture: fixture)
            for _ in 0..<5 { _ = try await door.code(email, "wrong") }
            #expect(try await door.code(email, "wrong") == .rateLimited)
            try await body(door, root)
        }
    }

    @Test(arguments: [root, "nobody@x.test"])
    func `what the table has refused is refused again without it, in the same words`(
        email: String
    ) async throws {
        try await Self.afterRefusal(email) { door, _ in
            let first = await #expect(throws: DomainError.self) { try await door.signIn(email) }
            _ = try await door.fixture.migrated.admin("DROP TABLE auth_throttle")
            let second = await #expect(throws: DomainError.self) { try await door.signIn(email) }
            #expect(first?.kind == .limited(retryAfter: .seconds(1)))
            #expect(second?.kind == first?.kind)
            #expect(second?.description == first?.description)
            // Others are not known here: the table must be asked, and it is gone.
            var elsewhere = door
            elsewhere.network = "203.0.113.9"
            #expect(try await elsewhere.code(email) == .unavailable)
        }
    }

    @Test func `a device that was made here and a terminal ask the table all the same`()
        async throws
    {
        try await Self.afterRefusal(Self.root) { door, _ in
            var device = door
            device.network = "203.0.113.9"
            device.device = try await device.signIn(Self.root).deviceToken
            device.network = door.network
            #expect(try await device.code(Self.root) == nil)
            var local = door
            local.kind = .shell
            #expect(try await local.code(Self.root) == nil)
            #expect(try await door.code(Self.root) == .rateLimited)
        }
    }

    @Test func `a reset by mail lets in at once`() async throws {
        try await Self.afterRefusal(Self.root) { door, _ in
            for number in 0..<5 {
                var stranger = door
                stranger.network = "198.18.\(number).1"
                _ = try await stranger.code(Self.root, "wrong")
            }
            var elsewhere = door
            elsewhere.network = "203.0.113.9"
            #expect(try await elsewhere.code(Self.root) == .rateLimited)
            try await door.forgot(Self.root)
            let token = try await door.fixture.mails()[0].token
            try await door.reset(token, "an entirely other password")
            #expect(try await elsewhere.code(Self.root, "an entirely other password") == nil)
        }
    }

    @Test func `support staff see the tries that did not reach the table`() async throws {
        try await Self.afterRefusal(Self.root) { door, caller in
            for _ in 0..<20 {
                #expect(try await door.code(Self.root, "wrong") == .rateLimited)
            }
            try await NoteSignInAttempts(door.fixture.environment)()
            try await NoteSignInAttempts(door.fixture.environment)()
            let seen = try await ListSignInAttempts(door.fixture.environment)(
                of: .user(caller.user),
                page: PageRequest(),
                by: caller
            ).items
            // Five wrong ones, one refused by the table, twenty before it.
            #expect(seen.reduce(0) { $0 + $1.count } == 26)
            #expect(seen.last?.lastReason == .delayed)
            #expect(Set(seen.map(\.network)) == ["192.0.2.0/24"])
        }
    }

    @Test func `what could not be written is written later`() async throws {
        try await Self.afterRefusal(Self.root) { door, _ in
            _ = try await door.code(Self.root, "wrong")
            let migrated = door.fixture.migrated
            _ = try await migrated.admin("ALTER TABLE auth_attempts RENAME TO elsewhere")
            await #expect(throws: DomainError.self) {
                try await NoteSignInAttempts(door.fixture.environment)()
            }
            _ = try await migrated.admin("ALTER TABLE elsewhere RENAME TO auth_attempts")
            try await NoteSignInAttempts(door.fixture.environment)()
            let rows = try await migrated.admin("SELECT sum(count) AS n FROM auth_attempts")
            #expect(try rows[0].decode("n", as: Int64.self) == 7)
        }
    }

    @Test func `a form that was refused is refused again without the table`() async throws {
        let front = SignInFront(clock: { 0 })
        try await Fixture.with(clock: StoppedClock().clock, front: front) { fixture in
            let door = Door(fixture: fixture)
            for number in 0..<50 { try await door.forgot("p\(number)@x.test") }
            _ = await #expect(throws: DomainError.self) { try await door.forgot("a@x.test") }
            _ = try await fixture.migrated.admin("DROP TABLE auth_throttle")
            let error = await #expect(throws: DomainError.self) {
                try await door.forgot("b@x.test")
            }
            #expect(error?.code == .rateLimited)
        }
    }

    @Test func `a stranger whose password has no room is refused before anything is counted`()
        async throws
    {
        let hasher = try Fixture.hasher(cost: 12, threads: 1, waiting: 0)
        try await Fixture.with(passwords: hasher) { fixture in
            let door = Door(fixture: fixture)
            // One hash of full cost holds the only place while the other one knocks.
            async let busy = hasher.hash(Array("long".utf8))
            while (try? hasher.checkRoom()) != nil { await Task.yield() }
            let error = await #expect(throws: DomainError.self) {
                try await door.signIn("nobody@x.test")
            }
            #expect(error?.code == .tooManyRequests)
            _ = try await busy
            let rows = try await fixture.migrated.admin("SELECT key FROM auth_throttle")
            #expect(rows.isEmpty)
        }
    }
}
