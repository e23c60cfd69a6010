import Domain
import Testing

@testable import Operations

/// The room in which tries to sign in wait for their turn.
@Suite struct SignInDoorTests {
    /// What a body waits for until the test lets it go.
    private actor Latch {
        private var isOpen = false
        private var waiters: [CheckedContinuation<Void, Never>] = []

        func open() {
            isOpen = true
            for waiter in waiters { waiter.resume() }
            waiters = []
        }

        func wait() async {
            guard !isOpen else { return }
            await withCheckedContinuation { waiters.append($0) }
        }
    }

    private static func crowd(_ count: Int, at door: SignInDoor) async {
        while door.waiting < count { await Task.yield() }
    }

    /// Somebody who has come in, and stays until the latch opens.
    private static func guest(
        at door: SignInDoor,
        until latch: Latch
    ) async -> Task<Void, any Error> {
        let inside = Latch()
        let task = Task {
            try await door.pass(isPreferred: false) {
                await inside.open()
                await latch.wait()
            }
        }
        await inside.wait()
        return task
    }

    @Test func `a full room is said at once, and those in it come in when the way is free`()
        async throws
    {
        let door = SignInDoor(width: 1, room: 1)
        let latch = Latch()
        let first = await Self.guest(at: door, until: latch)
        let second = Task { try await door.pass(isPreferred: false) { 2 } }
        await Self.crowd(1, at: door)
        await #expect(throws: DomainError.self) {
            try await door.pass(isPreferred: false) { 3 }
        }
        await latch.open()
        try await first.value
        #expect(try await second.value == 2)
        #expect(try await door.pass(isPreferred: false) { 4 } == 4)
        #expect(door.waiting == 0)
    }

    @Test func `the refusal says when to come again`() async throws {
        let door = SignInDoor(width: 1, room: 0)
        try await door.pass(isPreferred: false) {
            let error = await #expect(throws: DomainError.self) {
                try await door.pass(isPreferred: true) {}
            }
            #expect(error?.code == .tooManyRequests)
            #expect(error?.kind == .limited(retryAfter: .seconds(1)))
        }
    }

    @Test func `who shows a device has a room of their own`() async throws {
        let door = SignInDoor(width: 1, room: 1)
        let latch = Latch()
        let first = await Self.guest(at: door, until: latch)
        let crowd = Task { try await door.pass(isPreferred: false) { "stranger" } }
        await Self.crowd(1, at: door)
        let known = Task { try await door.pass(isPreferred: true) { "known" } }
        await Self.crowd(2, at: door)
        await latch.open()
        try await first.value
        #expect(try await known.value == "known")
        #expect(try await crowd.value == "stranger")
    }

    @Test func `a request that is cancelled leaves its place`() async throws {
        let door = SignInDoor(width: 1, room: 1)
        let latch = Latch()
        let first = await Self.guest(at: door, until: latch)
        let second = Task { try await door.pass(isPreferred: false) {} }
        await Self.crowd(1, at: door)
        second.cancel()
        let error = await #expect(throws: DomainError.self) { try await second.value }
        #expect(error?.code == .timeout)
        #expect(door.waiting == 0)
        await latch.open()
        try await first.value
    }
}
