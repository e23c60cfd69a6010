import Console
import Domain
import Logging
import Operations
import Postgres

// DESIGN: one connection that waits for the bell of the place on the screen.
//
// 1. Who may listen is asked like any other question; a refusal ends the listening.
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

    /// What began before the listening has ended by then.
    private static let settling = Duration.seconds(2)
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
        let bells = try await bells()
        let heard = try await desk.listener().notifications(
            channels: bells.map(\.channel),
            sharing: bells.map(\.lock)
        )
        let settling = Task {
            try await Task.sleep(for: Self.settling)
            rings.yield()
        }
        defer { settling.cancel() }
        for await _ in heard { rings.yield() }
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
            return try await find(inTenant: inside)
        }
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
