import Domain
import Inference
import Support
import Testing

@Suite struct TimeTests {
    private let clock = ManualClock()

    /// Far enough away for other time-outs to come first.
    private var never: ContinuousClock.Instant { clock.now + .seconds(1_000_000_000) }

    @Test func `a provider that never takes the request was sent nothing`() async throws {
        // A handshake that the server never answers: it waits for HTTP.
        let server = try ModelServer(ModelServer.answer(["Hi"]))
        defer { server.stop() }
        let address = try #require(ProviderAddress("https://127.0.0.1:\(server.port)/v1"))
        let provider = ModelProvider.openAI(
            .init(id: "openai", address: address, key: nil),
            pace: clock.pace
        )
        let deadline = never
        async let outcome = provider.ask(deadline: deadline)
        try await server.reached("connected")
        clock.advance(by: .seconds(5))
        let failure = try await #require(outcome.failure)
        #expect(failure.stage == .notSent)
        #expect(failure.reason == .timedOut)
        #expect(failure.message == "The provider took no request within 5.0 seconds.")
        #expect(server.requests.isEmpty)
    }

    @Test func `a provider that never answers may have been billed`() async throws {
        try await ModelServer.with([.tell("asked"), .untilGone("gone")]) { server in
            let provider = try server.provider(pace: clock.pace)
            let deadline = never
            async let outcome = provider.ask(deadline: deadline)
            try await server.reached("asked")
            clock.advance(by: .seconds(60))
            let failure = try await #require(outcome.failure)
            #expect(failure.stage == .maybeBilled)
            #expect(failure.reason == .timedOut)
            #expect(failure.message == "The provider did not answer within 60.0 seconds.")
            try await server.reached("gone")
        }
    }

    @Test func `a provider that falls silent after its head may have been billed`() async throws {
        try await ModelServer.with([.stream, .untilGone("gone")]) { server in
            let stream = try await server.provider(pace: clock.pace).begun(before: never)
            let failure = await clock.pass(by: .seconds(30)) { await Self.failure(of: stream) }
            #expect(failure?.stage == .maybeBilled)
            #expect(failure?.reason == .timedOut)
            try await server.reached("gone")
        }
    }

    @Test func `a provider that falls silent within its answer is left`() async throws {
        try await ModelServer.with([.stream, .piece("Hi"), .untilGone("gone")]) { server in
            let stream = try await server.provider(pace: clock.pace).begun(before: never)
            try await Self.readGreeting(of: stream)
            let failure = await clock.pass(by: .seconds(30)) { await Self.failure(of: stream) }
            #expect(failure?.stage == .afterFirstByte)
            #expect(
                failure?.message
                    == "The provider fell silent for 30.0 seconds within its answer."
            )
            try await server.reached("gone")
        }
    }

    @Test func `signs of life keep a slow answer going`() async throws {
        let beats = (0..<5).flatMap { beat in
            [ModelServer.Step.piece("a"), .tell("beat\(beat)"), .wait("go\(beat)")]
        }
        try await ModelServer.with([.stream] + beats + [.finish(), .done, .end]) { server in
            let provider = try server.provider(pace: clock.pace)
            let stream = try await provider.begun(before: never)
            var iterator = stream.makeAsyncIterator()
            #expect(try await iterator.next() == .started(providerRequest: "chatcmpl-1"))
            for beat in 0..<5 {
                #expect(try await iterator.next() == .text("a"))
                clock.advance(by: .seconds(20))
                server.open("go\(beat)")
            }
            #expect(try await iterator.next() == .finished(.stop))
        }
    }

    @Test func `the deadline ends a call whatever it does`() async throws {
        try await ModelServer.with([.stream, .piece("Hi"), .untilGone("gone")]) { server in
            let provider = try server.provider(
                patience: Patience(idle: .seconds(500)),
                pace: clock.pace
            )
            let stream = try await provider.begun(before: clock.now + .seconds(100))
            try await Self.readGreeting(of: stream)
            let failure = await clock.pass(by: .seconds(30)) { await Self.failure(of: stream) }
            #expect(failure?.reason == .timedOut)
            #expect(failure?.message == "The call ran out of time.")
            try await server.reached("gone")
        }
    }

    @Test func `a stream that is dropped closes its connection`() async throws {
        try await ModelServer.with([.stream, .piece("Hi"), .untilGone("gone")]) { server in
            do {
                let stream = try await server.provider().begun()
                var iterator = stream.makeAsyncIterator()
                #expect(try await iterator.next() != nil)
            }
            try await server.reached("gone")
        }
    }

    @Test func `a task that is cancelled closes its connection and says at which point`()
        async throws
    {
        let steps: [ModelServer.Step] = [.tell("asked"), .wait("never")]
        try await ModelServer.with(steps) { server in
            let provider = try server.provider()
            let task = Task { await provider.ask() }
            try await server.reached("asked")
            task.cancel()
            let failure = try await #require(task.value.failure)
            #expect(failure.stage == .maybeBilled)
            #expect(failure.reason == .cancelled)
        }
        try await ModelServer.with([.stream, .piece("Hi"), .untilGone("gone")]) { server in
            let stream = try await server.provider().begun()
            let task = Task { await Self.failure(of: stream) }
            task.cancel()
            let failure = try await #require(task.value)
            #expect(failure.reason == .cancelled)
            try await server.reached("gone")
        }
    }

    private static func readGreeting(of stream: ChatStream) async throws {
        var iterator = stream.makeAsyncIterator()
        #expect(try await iterator.next() == .started(providerRequest: "chatcmpl-1"))
        #expect(try await iterator.next() == .text("Hi"))
    }

    private static func failure(of stream: ChatStream) async -> ProviderFailure? {
        var iterator = stream.makeAsyncIterator()
        do throws(ProviderFailure) {
            while try await iterator.next() != nil {}
        } catch {
            return error
        }
        return nil
    }
}
