import Domain
import Inference
import Support
import Synchronization
import Testing

@Suite struct RoutedCallTests {
    private let clock = LeapingClock()

    /// What the books heard.
    private final class Books: Sendable {
        let lines = Mutex<[String]>([])
        let covers: Bool

        init(covers: Bool = true) {
            self.covers = covers
        }

        var observer: CallObserver {
            CallObserver(
                asking: { attempt in
                    self.note("ask \(attempt.number) \(attempt.target.provider)")
                },
                failed: { attempt in
                    let reason = attempt.failure?.reason.rawValue ?? "?"
                    self.note("failed \(attempt.number) \(reason)")
                },
                covers: { target in
                    self.note("cover \(target.provider)")
                    return self.covers
                }
            )
        }

        private func note(_ line: String) {
            lines.withLock { $0.append(line) }
        }

        var all: [String] { lines.withLock { $0 } }
    }

    private func targets(_ providers: String...) -> [RouteTarget] {
        providers.map { RouteTarget(provider: $0, model: "\($0)/m") }
    }

    private func providers(_ servers: (String, ModelServer)...) throws -> ModelProviders {
        ModelProviders(try servers.map { try $1.provider(id: $0) }, pace: clock.pace)
    }

    private func call(
        _ providers: ModelProviders,
        _ targets: [RouteTarget],
        rules: RoutePlan.Rules = .init(),
        books: Books = Books()
    ) async throws -> (Routed<ChatStream>, Outcome) {
        let routed = try await RoutedCall(
            providers,
            targets: targets,
            rules: rules,
            deadline: clock.now + .seconds(3_600),
            observer: books.observer
        ).chat(ModelProvider.question, ModelProvider.context)
        var outcome = Outcome()
        var iterator = routed.answer.makeAsyncIterator()
        do throws(ProviderFailure) {
            while let event = try await iterator.next() { outcome.events.append(event) }
        } catch {
            outcome.failure = error
        }
        return (routed, outcome)
    }

    @Test func `the second target answers when the first was never billed`() async throws {
        let first = try ModelServer(ModelServer.refusal(429))
        let second = try ModelServer(ModelServer.answer(["Hello", " there"]))
        defer {
            first.stop()
            second.stop()
        }
        let books = Books()
        let (routed, outcome) = try await call(
            providers(("a", first), ("b", second)),
            targets("a", "b"),
            books: books
        )
        #expect(routed.target.provider == "b")
        #expect(routed.attempts.map(\.number) == [1, 2])
        #expect(routed.attempts.map(\.failure?.reason) == [.rateLimited, nil])
        #expect(outcome.text == "Hello there")
        #expect(outcome.events.first == .started(providerRequest: "chatcmpl-1"))
        #expect(outcome.usage == TokenUsage(input: 10, output: 5))
        #expect(books.all == ["ask 1 a", "failed 1 rate_limited", "ask 2 b"])
        #expect(first.billed + second.billed == 15)
    }

    @Test func `what may have been billed is not asked again unless the route allows it`()
        async throws
    {
        let first = try ModelServer([.bill(10), .cut])
        let second = try ModelServer(ModelServer.answer(["Hi"]))
        defer {
            first.stop()
            second.stop()
        }
        let both = try providers(("a", first), ("b", second))
        let failure = await #expect(throws: RouteFailure.self) {
            try await call(both, targets("a", "b"))
        }
        #expect(failure?.mayBeBilled == true)
        #expect(failure?.last?.stage == .maybeBilled)
        #expect(second.requests.isEmpty)

        let books = Books()
        let rules = RoutePlan.Rules(allowsAmbiguousRetry: true)
        let (_, outcome) = try await call(both, targets("a", "b"), rules: rules, books: books)
        #expect(outcome.text == "Hi")
        #expect(books.all == ["ask 1 a", "failed 1 broken", "cover b", "ask 2 b"])
    }

    @Test func `nor when another full try is not covered`() async throws {
        let first = try ModelServer([.cut])
        let second = try ModelServer(ModelServer.answer(["Hi"]))
        defer {
            first.stop()
            second.stop()
        }
        let books = Books(covers: false)
        await #expect(throws: RouteFailure.self) {
            try await call(
                providers(("a", first), ("b", second)),
                targets("a", "b"),
                rules: .init(allowsAmbiguousRetry: true),
                books: books
            )
        }
        #expect(books.all == ["ask 1 a", "failed 1 broken", "cover b"])
        #expect(second.requests.isEmpty)
    }

    @Test func `an answer that ends before its first content counts as none`() async throws {
        let first = try ModelServer([.stream, .usage(3, 0), .cut])
        let second = try ModelServer(ModelServer.answer(["Hi"]))
        defer {
            first.stop()
            second.stop()
        }
        let (routed, outcome) = try await call(
            providers(("a", first), ("b", second)),
            targets("a", "b"),
            rules: .init(allowsAmbiguousRetry: true)
        )
        #expect(routed.target.provider == "b")
        #expect(outcome.usage == TokenUsage(input: 10, output: 5))
    }

    @Test func `after the first content nobody else is asked`() async throws {
        let first = try ModelServer([.stream, .piece("Hel"), .cut])
        let second = try ModelServer(ModelServer.answer(["Hi"]))
        defer {
            first.stop()
            second.stop()
        }
        let (routed, outcome) = try await call(
            providers(("a", first), ("b", second)),
            targets("a", "b"),
            rules: .init(allowsAmbiguousRetry: true)
        )
        #expect(routed.target.provider == "a")
        #expect(outcome.text == "Hel")
        #expect(outcome.failure?.stage == .afterFirstByte)
        #expect(second.requests.isEmpty)
    }

    @Test func `the only target is asked again after the pause it wants`() async throws {
        let server = try ModelServer { _, number in
            number < 2
                ? ModelServer.refusal(429, headers: ["Retry-After": "3"])
                : ModelServer.answer(["Hi"])
        }
        defer { server.stop() }
        let (routed, outcome) = try await call(providers(("a", server)), targets("a"))
        #expect(outcome.text == "Hi")
        #expect(routed.attempts.count == 3)
        #expect(clock.pauses == [.seconds(3), .seconds(3)])
    }

    @Test func `a request that is wrong is put once`() async throws {
        let server = try ModelServer(ModelServer.refusal(400))
        defer { server.stop() }
        let both = try providers(("a", server), ("b", server))
        let failure = await #expect(throws: RouteFailure.self) {
            try await call(both, targets("a", "b"))
        }
        #expect(failure?.attempts.count == 1)
        #expect(failure?.mayBeBilled == false)
        #expect(server.requests.count == 1)
    }

    @Test func `a provider without settings is passed over`() async throws {
        let server = try ModelServer(ModelServer.answer(["Hi"]))
        defer { server.stop() }
        let books = Books()
        let (routed, _) = try await call(
            providers(("b", server)),
            targets("a", "b"),
            books: books
        )
        #expect(routed.attempts.first?.failure?.reason == .notConfigured)
        #expect(books.all == ["failed 1 not_configured", "ask 2 b"])
    }

    @Test func `five failures bench a model, and one probe finds it well again`() async throws {
        let server = try ModelServer { _, number in
            number < 5 ? ModelServer.refusal(500) : ModelServer.answer(["Hi"])
        }
        defer { server.stop() }
        let alone = try providers(("a", server))
        for _ in 0..<5 {
            await #expect(throws: RouteFailure.self) { try await call(alone, targets("a")) }
        }
        let failure = await #expect(throws: RouteFailure.self) {
            try await call(alone, targets("a"))
        }
        #expect(failure?.last?.reason == .benched)
        #expect(failure?.last?.stage == .notSent)
        #expect(server.requests.count == 5)
        clock.advance(by: .seconds(30))
        #expect(try await call(alone, targets("a")).1.text == "Hi")
        #expect(alone.breakers.closed(at: clock.now).isEmpty)
    }

    @Test func `failures within answers bench a model too`() async throws {
        let server = try ModelServer([.stream, .piece("Hel"), .cut])
        defer { server.stop() }
        let alone = try providers(("a", server))
        for _ in 0..<5 { _ = try await call(alone, targets("a")) }
        let failure = await #expect(throws: RouteFailure.self) {
            try await call(alone, targets("a"))
        }
        #expect(failure?.last?.reason == .benched)
        #expect(server.requests.count == 5)
    }

    @Test func `a refused key benches all models of its provider`() async throws {
        let server = try ModelServer(ModelServer.refusal(401))
        defer { server.stop() }
        let alone = try providers(("a", server))
        await #expect(throws: RouteFailure.self) { try await call(alone, targets("a")) }
        let other = [RouteTarget(provider: "a", model: "a/other")]
        let failure = await #expect(throws: RouteFailure.self) { try await call(alone, other) }
        #expect(failure?.last?.reason == .benched)
        #expect(server.requests.count == 1)
    }

    @Test func `books that cannot be kept end the call before anything is sent`() async throws {
        struct Closed: Error {}
        let server = try ModelServer(ModelServer.answer(["Hi"]))
        defer { server.stop() }
        let call = try RoutedCall(
            providers(("a", server)),
            targets: targets("a"),
            deadline: clock.now + .seconds(60),
            observer: CallObserver(asking: { _ in throw Closed() })
        )
        await #expect(throws: Closed.self) {
            _ = try await call.chat(ModelProvider.question, ModelProvider.context)
        }
        #expect(server.requests.isEmpty)
    }

    @Test func `an empty route fails without an attempt`() async throws {
        let failure = await #expect(throws: RouteFailure.self) {
            try await call(.offline, [])
        }
        #expect(failure?.attempts.isEmpty == true)
    }

    @Test func `vectors follow the route too`() async throws {
        let first = try ModelServer(ModelServer.refusal(503))
        let second = try ModelServer([.json, .text(#"{"data":[{"embedding":[1]}]}"#), .end])
        defer {
            first.stop()
            second.stop()
        }
        let routed = try await RoutedCall(
            providers(("a", first), ("b", second)),
            targets: targets("a", "b"),
            rules: .init(allowsAmbiguousRetry: true),
            deadline: clock.now + .seconds(60)
        ).embed(["text"])
        #expect(routed.target.provider == "b")
        #expect(routed.answer.vectors == [[1]])
        #expect(routed.answer.isEstimated)
    }
}
