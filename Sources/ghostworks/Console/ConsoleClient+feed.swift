import Console
import Domain
import Logging
import Operations
import Postgres
import Synchronization

// DESIGN: one connection that waits for the bell of the place on the screen.
//
// 1. Who may listen is asked like any other question, when the listening begins and again while it
//    goes on (`HearBells`); a refusal ends it.
// 2. A change whose transaction was under way while the listening began has looked for watchers
//    before there was one. So there is one more look a moment after the beginning, and one after
//    each lost connection. From then on nothing is asked until the bell rings.

extension FeedClient {
    init(desk: ConsoleDesk) {
        self.init { watch in
            AsyncStream(bufferingPolicy: .bufferingNewest(1)) { rings in
                let task = Task {
                    await FeedWatcher(desk: desk, watch: watch, rings: rings).run()
                    rings.finish()
                }
                rings.onTermination = { _ in task.cancel() }
            }
        }
    }
}

/// Listens for one place until it is cancelled or refused.
private struct FeedWatcher: Sendable {
    let desk: ConsoleDesk
    let watch: FeedWatch
    let rings: AsyncStream<Void>.Continuation

    private static let longestPause = Duration.seconds(15)

    func run() async {
        var pause = Duration.seconds(1)
        while !Task.isCancelled {
            do {
                try await listen()
                return
            } catch let error as DomainError where error.isRefusal {
                return
            } catch {
                try? await Task.sleep(for: pause)
                pause = min(pause * 2, Self.longestPause)
            }
        }
    }

    private func listen() async throws {
        let settling = Settling(rings)
        defer { settling.cancel() }
        let hear = HearBells(
            find: { try await bells() },
            listen: { try await Self.heard(at: $0, by: desk.listener()) },
            now: { SystemTime.now }
        )
        try await hear(begun: { settling.begin() }, ring: { rings.yield() })
    }

    private static func heard(
        at bells: [FeedBell],
        by listener: NotificationListener
    ) async throws -> AsyncStream<HearBells.Ring> {
        let events = try await listener.notifications(
            channels: bells.map(\.channel),
            sharing: bells.map(\.lock)
        )
        return AsyncStream { rings in
            let task = Task {
                for await event in events { rings.yield(HearBells.Ring(event)) }
                rings.finish()
            }
            rings.onTermination = { _ in task.cancel() }
        }
    }

    private func bells() async throws -> [FeedBell] {
        let find = FindBells(try await desk.open())
        let caller = Caller(user: watch.user, session: watch.session, requestID: RequestName.new())
        switch watch.place {
        case .platform: return try await find(onPlatform: caller)
        case .person: return try await find(ofPerson: caller)
        case .tenant(let tenant, let support):
            let inside = TenantCaller(
                caller: caller,
                tenant: tenant,
                supportSession: support,
                mode: .readOnly
            )
            let found = try await find(inTenant: inside)
            try await note(inside)
            return found
        }
    }
}

extension FeedWatcher {
    /// Writes down that the member is here; found bells say that there is a right to be.
    private func note(_ member: TenantCaller) async throws {
        let environment = try await desk.open()
        NoteVisit(environment)(by: member)
        try await TouchSessions(environment)()
    }
}

extension HearBells.Ring {
    fileprivate init(_ event: NotificationEvent) {
        switch event {
        case .notification: self = .change
        case .lost: self = .loss
        case .reconnected: self = .gap
        }
    }
}

/// One more look a moment after a listening began.
private final class Settling: Sendable {
    /// What began before the listening has ended by then.
    private static let pause = Duration.seconds(2)

    private let rings: AsyncStream<Void>.Continuation
    private let task = Mutex<Task<Void, any Error>?>(nil)

    init(_ rings: AsyncStream<Void>.Continuation) {
        self.rings = rings
    }

    func begin() {
        let rings = rings
        let next = Task {
            try await Task.sleep(for: Self.pause)
            rings.yield()
        }
        task.withLock { task in
            task?.cancel()
            task = next
        }
    }

    func cancel() {
        task.withLock { $0?.cancel() }
    }
}

extension DomainError {
    /// Whether asking again would be answered alike.
    fileprivate var isRefusal: Bool {
        switch kind {
        case .forbidden, .unauthenticated, .notFound, .gone: true
        default: false
        }
    }
}
