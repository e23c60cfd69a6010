import Domain
import Synchronization
import Terminal
import Testing

@testable import Console

/// Screens that learn of changes without asking for them.
struct FeedFlowTests {
    private func onOverview() throws -> (Operator, FeedWatch) {
        var ada = try Operator()
        try ada.signIn()
        return (ada, try #require(ada.console.watch))
    }

    private func requests(_ effects: [Effect]) -> [ConsoleRequest] {
        effects.compactMap { effect in
            if case .load(_, let request) = effect { return request }
            return nil
        }
    }

    @Test func `each screen watches the place whose changes it shows`() throws {
        var ada = try Operator()
        #expect(ada.console.watch == nil)
        try ada.signIn()
        #expect(ada.console.watch?.place == .platform)
        ada.run(":sessions")
        #expect(ada.console.watch?.place == .person)
        try ada.enterAcme()
        let support = World.support(.readOnly)
        #expect(
            ada.console.watch?.place == .tenant(World.tenant.id, support: support.id)
        )
        #expect(ada.console.watch?.user == World.ada.id)
        var omar = try Operator()
        try omar.signIn(nil, World.omar)
        #expect(omar.console.watch == nil)
        try omar.press("enter")
        #expect(omar.console.watch?.place == .tenant(World.tenant.id, support: nil))
    }

    @Test func `an operator outside of a tenant watches the platform`() throws {
        var ada = try Operator()
        try ada.signIn()
        ada.run(":tenants")
        ada.answerAll()
        try ada.press("i")
        ada.answerAll()
        #expect(ada.kind == .tenant)
        #expect(ada.console.watch?.place == .platform)
    }

    /// The overview asks for its cards and, where there is room, for what stands below.
    private static let questions = 2

    @Test func `a ring asks for the screen again, and nothing changed draws nothing`() throws {
        let (start, watch) = try onOverview()
        var ada = start
        let before = ada.frame
        let asked = requests(ada.send(.fed(watch)))
        guard case .platform(.overview, _)? = asked.first, asked.count == Self.questions else {
            Issue.record("the overview was not asked for")
            return
        }
        // Waiting long for it shows no spinner either.
        #expect(ada.console.wake(after: ada.now.advanced(by: .seconds(2))) == nil)
        ada.send(.woke, after: .milliseconds(400))
        #expect(ada.frame == before)
        ada.answerAll()
        #expect(ada.frame == before)
        #expect(ada.console.wake(after: ada.now) == nil)
    }

    @Test func `rings that follow each other are looked at once a second`() throws {
        let (start, watch) = try onOverview()
        var ada = start
        #expect(requests(ada.send(.fed(watch))).count == Self.questions)
        // While the first look is under way, and after it within its second.
        #expect(requests(ada.send(.fed(watch))).isEmpty)
        ada.answerAll()
        #expect(requests(ada.send(.fed(watch), after: .milliseconds(300))).isEmpty)
        let due = try #require(ada.console.wake(after: ada.now))
        #expect(ada.now.duration(to: due) == .milliseconds(700))
        #expect(requests(ada.send(.woke, after: .milliseconds(699))).isEmpty)
        #expect(requests(ada.send(.woke, after: .milliseconds(1))).count == Self.questions)
        ada.answerAll()
        #expect(ada.console.wake(after: ada.now) == nil)
    }

    @Test func `a look at the list before its filter does not come into the filtered list`() throws
    {
        var ada = try onOverview().0
        ada.run(":tenants")
        ada.answerAll()
        let watch = try #require(ada.console.watch)
        guard case .load(let look, let question)? = ada.send(.fed(watch)).first else {
            Issue.record("the list was not looked at")
            return
        }
        try ada.press("/")
        ada.type("nobody is called so")
        let effects = try ada.press("enter")
        #expect(effects.contains(.cancel(look)))
        try ada.answer(.success(.tenants(Page(items: [], next: nil, hasPrevious: false))))
        #expect(ada.lines.contains { $0.contains("0 tenants") })
        // The answer was on its way when it was given up.
        ada.send(.answered(look, .success(World.answer(question))))
        #expect(ada.lines.contains { $0.contains("0 tenants") })
        #expect(!ada.lines.contains { $0.contains("new ↑") })
    }

    @Test func `a ring of another place asks for nothing`() throws {
        var (ada, watch) = try onOverview()
        watch.place = .tenant(World.tenant.id, support: nil)
        #expect(requests(ada.send(.fed(watch))).isEmpty)
    }

    @Test func `a screen that stands still says so, and catches up`() throws {
        let (start, watch) = try onOverview()
        var ada = start
        try ada.press("p")
        #expect(ada.lines[0].contains("paused"))
        #expect(requests(ada.send(.fed(watch))).isEmpty)
        #expect(ada.console.wake(after: ada.now) == nil)
        #expect(ada.lines[0].contains("paused, changes wait"))
        let effects = try ada.press("p")
        #expect(requests(effects).count == Self.questions)
        #expect(!ada.lines[0].contains("paused"))
    }

    @Test func `another screen does not stand still with it`() throws {
        var ada = try onOverview().0
        try ada.press("p")
        ada.run(":tenants")
        ada.answerAll()
        let watch = try #require(ada.console.watch)
        #expect(requests(ada.send(.fed(watch))).count == 1)
    }

    @Test func `nothing is asked of a database that is away; then all of it`() throws {
        let (start, watch) = try onOverview()
        var ada = start
        ada.send(.connectionLost)
        #expect(requests(ada.send(.fed(watch))).isEmpty)
        let effects = ada.send(.connectionRestored)
        #expect(
            requests(effects).contains { request in
                if case .platform(.overview, _) = request { return true }
                return false
            }
        )
    }

    @Test func `the end of a session ends the watching`() throws {
        let (start, watch) = try onOverview()
        var ada = start
        ada.send(.fed(watch))
        try ada.answer(
            .failure(DomainError(.unauthenticated, .unauthenticated, "The session ended."))
        )
        #expect(ada.console.watch == nil)
    }

    @Test func `what was just made is selected in its list`() throws {
        var ada = try Operator()
        try ada.signIn()
        ada.elevate()
        ada.run(":tenants")
        ada.answerAll()
        try ada.press("j", "j", "n")
        for text in ["Acme Charity", "acme"] {
            ada.type(text)
            try ada.press("tab")
        }
        try ada.press("tab")
        ada.type("omar@acme.example")
        try ada.press("ctrl-s")
        ada.answerAll()
        #expect(try ada.screen(TenantsScreen.self).list.selected?.id == World.tenant.id)
    }
}

/// The loop listens where the console wants to.
struct FeedLoopTests {
    @Test(.timeLimit(.minutes(4)))
    func `the loop follows one place after the other, and none at the end`() async throws {
        let places = Mutex<[FeedWatch.Place]>([])
        let (rings, bell) = AsyncStream<Void>.makeStream()
        let looks = AsyncStream<Void>.makeStream()
        var client = ConsoleClient.answering { request in
            if case .platform(.overview, _) = request { looks.continuation.yield() }
            return World.answer(request)
        }
        client.feed = FeedClient { watch in
            let isFirst = places.withLock { places in
                places.append(watch.place)
                return places.count == 1
            }
            let stream = isFirst ? rings : AsyncStream<Void>.makeStream().stream
            return stream
        }
        let (input, keys) = AsyncStream<InputEvent>.makeStream()
        let loop = ConsoleLoop(client: client, stage: .still)
        let console = try Operator().console
        async let last = loop.run(console, input: input)
        var seen = looks.stream.makeAsyncIterator()
        _ = await seen.next()
        // The second question for the overview comes of the ring alone.
        bell.yield()
        _ = await seen.next()
        for key in [":", "s", "e", "s", "s", "i", "o", "n", "s", "enter"] {
            keys.yield(.key(try KeyEvent(parsing: key)))
        }
        keys.yield(.terminate(.terminate))
        _ = await last
        #expect(places.withLock { $0.first } == .platform)
        #expect(places.withLock { $0.allSatisfy { $0 != .tenant(World.tenant.id, support: nil) } })
    }
}

extension ConsoleStage {
    /// A stage on which nothing is seen, and whose clock goes on by itself.
    fileprivate static let still = ConsoleStage(
        present: { _ in },
        edit: { $0 },
        signal: { _ in },
        now: { World.now },
        sleep: { wait in
            if wait == .zero { return }
            for await _ in AsyncStream<Void>.makeStream().stream {}
            throw CancellationError()
        }
    )
}
