import Domain
import Sealing
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

    /// A stranger, each from a network of its own.
    private static func stranger(_ number: Int) -> SignInVisitor {
        SignInVisitor(AddressPrefix("192.0.\(number).1"), nil)
    }

    private static func sealer() throws -> Sealer {
        Sealer(keys: try KeyRing(current: .generate()))
    }

    /// Somebody whose device was given a token here.
    private static func known(_ number: Int) throws -> SignInVisitor {
        SignInVisitor(AddressPrefix("198.51.\(number).1"), DeviceToken(try sealer()))
    }

    private static func crowd(_ count: Int, at door: SignInDoor) async {
        while door.waiting < count { await Task.yield() }
    }

    /// Somebody who has come in, and stays until the latch opens.
    private static func guest(
        at door: SignInDoor,
        as visitor: SignInVisitor = stranger(1),
        until latch: Latch
    ) async -> Task<Void, any Error> {
        let inside = Latch()
        let task = Task {
            try await door.pass(visitor) {
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
        let second = Task { try await door.pass(Self.stranger(2)) { 2 } }
        await Self.crowd(1, at: door)
        await #expect(throws: DomainError.self) {
            try await door.pass(Self.stranger(3)) { 3 }
        }
        await latch.open()
        try await first.value
        #expect(try await second.value == 2)
        #expect(try await door.pass(Self.stranger(4)) { 4 } == 4)
        #expect(door.waiting == 0)
    }

    @Test func `the refusal says when to come again`() async throws {
        let door = SignInDoor(width: 1, room: 0)
        try await door.pass(Self.stranger(1)) {
            let error = await #expect(throws: DomainError.self) {
                try await door.pass(.local) {}
            }
            #expect(error?.code == .tooManyRequests)
            #expect(error?.kind == .limited(retryAfter: .seconds(1)))
        }
    }

    @Test func `who shows a device has a room of their own`() async throws {
        let door = SignInDoor(width: 1, room: 1)
        let latch = Latch()
        let first = await Self.guest(at: door, until: latch)
        let crowd = Task { try await door.pass(Self.stranger(2)) { "stranger" } }
        await Self.crowd(1, at: door)
        let known = Task { try await door.pass(Self.known(3)) { "known" } }
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
        let second = Task { try await door.pass(Self.stranger(2)) {} }
        await Self.crowd(1, at: door)
        second.cancel()
        let error = await #expect(throws: DomainError.self) { try await second.value }
        #expect(error?.code == .timeout)
        #expect(door.waiting == 0)
        await latch.open()
        try await first.value
    }

    @Test func `only a device token that was made here opens the preferred room`() throws {
        let sealer = try Self.sealer()
        let own = DeviceToken(sealer)
        let network = AddressPrefix("192.0.2.1")
        func room(_ text: String?) -> Bool {
            SignInVisitor(network, DeviceToken(parsing: text, sealer)).isPreferred
        }
        #expect(room(own.text))
        let first = own.text.first == "A" ? "B" : "A"
        let last = own.text.last == "A" ? "B" : "A"
        let others = DeviceToken(try Self.sealer()).text
        for made in [
            nil, "", "x", others, String(repeating: "A", count: 43),
            String(repeating: "A", count: 80), String(own.text.dropLast()) + last,
            first + String(own.text.dropFirst()), own.text + "A", URLToken().text,
        ] {
            #expect(!room(made), "\(made ?? "nothing")")
        }
    }

    @Test func `a token stays one's own when the sealing key is another`() throws {
        let ring = try KeyRing(current: .generate())
        let sealer = Sealer(keys: ring)
        let token = DeviceToken(sealer).text
        sealer.use(try ring.rotated())
        #expect(DeviceToken(parsing: token, sealer)?.isOurs == true)
        #expect(DeviceToken(parsing: token, try Self.sealer())?.isOurs == false)
    }

    @Test func `one network takes half of the places, and others come in beside it`() async throws {
        let door = SignInDoor(width: 4, room: 8)
        let latch = Latch()
        let first = await Self.guest(at: door, until: latch)
        let second = await Self.guest(at: door, until: latch)
        let third = Task { try await door.pass(Self.stranger(1)) {} }
        await Self.crowd(1, at: door)
        #expect(try await door.pass(Self.stranger(2)) { 2 } == 2)
        // Half of the room as well.
        let rest = (0..<3).map { _ in Task { try await door.pass(Self.stranger(1)) {} } }
        await Self.crowd(4, at: door)
        let error = await #expect(throws: DomainError.self) {
            try await door.pass(Self.stranger(1)) {}
        }
        #expect(error?.code == .tooManyRequests)
        await latch.open()
        for task in [first, second, third] + rest { try await task.value }
        #expect(door.waiting == 0)
    }

    @Test func `one device does not fill the room of the known ones`() async throws {
        let door = SignInDoor(width: 1, room: 64)
        let latch = Latch()
        let first = await Self.guest(at: door, until: latch)
        let token = DeviceToken(try Self.sealer())
        func copy(_ number: Int) -> SignInVisitor {
            SignInVisitor(AddressPrefix("192.0.\(number).1"), token)
        }
        let waiting = (0..<2).map { number in
            Task { try await door.pass(copy(number)) {} }
        }
        await Self.crowd(2, at: door)
        await #expect(throws: DomainError.self) { try await door.pass(copy(2)) {} }
        let other = Task { try await door.pass(Self.known(3)) { true } }
        await Self.crowd(3, at: door)
        await latch.open()
        try await first.value
        for task in waiting { try await task.value }
        #expect(try await other.value)
    }
}
