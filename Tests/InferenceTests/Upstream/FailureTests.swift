import Domain
import Inference
import Support
import Testing

@Suite struct FailureTests {
    private static let head = ModelServer.Step.stream

    @Test(arguments: [
        (400, ProviderFailure.Stage.notSent, ProviderFailure.Reason.badRequest),
        (401, .notSent, .unauthorized), (402, .notSent, .unauthorized),
        (403, .notSent, .badRequest), (404, .notSent, .unknownModel),
        (413, .notSent, .tooLong), (422, .notSent, .badRequest), (429, .notSent, .rateLimited),
        (408, .maybeBilled, .timedOut), (500, .maybeBilled, .broken),
        (502, .maybeBilled, .broken), (503, .maybeBilled, .broken),
        (504, .maybeBilled, .timedOut), (529, .maybeBilled, .broken),
    ])
    func `every refusal has its class`(
        status: Int,
        stage: ProviderFailure.Stage,
        reason: ProviderFailure.Reason
    ) async throws {
        try await ModelServer.with(ModelServer.refusal(status)) { server in
            let failure = try await #require(server.provider().ask().failure)
            #expect(failure.stage == stage)
            #expect(failure.reason == reason)
            #expect(failure.status == status)
            #expect(failure.message.hasSuffix("(\(status), some_error)."))
            #expect(server.requests.count == 1)
            #expect(server.billed == 0)
        }
    }

    @Test func `a request that is too long is told from one that is wrong`() async throws {
        let steps = ModelServer.refusal(400, code: "context_length_exceeded")
        try await ModelServer.with(steps) { server in
            let outcome = try await server.provider().ask()
            #expect(outcome.failure?.reason == .tooLong)
        }
    }

    @Test(arguments: [
        (["Retry-After": "7"], Duration.seconds(7)),
        (["Retry-After": "0.5"], .milliseconds(500)),
        (["retry-after-ms": "250", "Retry-After": "7"], .milliseconds(250)),
        (["Retry-After": "Sun, 06 Nov 1994 08:50:37 GMT"], .seconds(60)),
    ])
    func `a wish to be left alone is read`(
        headers: [String: String],
        wish: Duration
    ) async throws {
        try await ModelServer.with(ModelServer.refusal(429, headers: headers)) { server in
            let provider = try server.provider(pace: Self.pace)
            #expect(await provider.ask().failure?.retryAfter == wish)
        }
    }

    /// The live clock on the day of RFC 9110's examples.
    private static let pace = Pace(
        now: Pace.live.now,
        sleep: Pace.live.sleep,
        chance: { 1 },
        wallSeconds: { 784_111_777 }
    )

    @Test func `a refusal tells nothing of keys, callers or the provider's prose`() async throws {
        try await ModelServer.with(ModelServer.refusal(401, code: "no sk-test, Ada")) { server in
            let failure = try await #require(server.provider().ask().failure)
            #expect(failure.message == "The provider refused our key (401).")
            #expect(!"\(failure)".contains("sk-test"))
        }
    }

    @Test func `a redirect is not followed`() async throws {
        let steps: [ModelServer.Step] = [.head(307, ["Location": "/v1/elsewhere"]), .end]
        try await ModelServer.with(steps) { server in
            let failure = try await #require(server.provider().ask().failure)
            #expect(failure.stage == .notSent)
            #expect(failure.reason == .broken)
            #expect(failure.status == 307)
            #expect(server.requests.count == 1)
        }
    }

    @Test func `a server that is not there was sent nothing`() async throws {
        let provider = try ModelProvider.openAI(
            .init(
                id: "openai",
                address: #require(ProviderAddress("http://127.0.0.1:\(Socket.freePort())/v1")),
                key: nil
            )
        )
        let failure = try await #require(provider.ask().failure)
        #expect(failure.stage == .notSent)
        #expect(failure.reason == .unreachable)
    }

    @Test(arguments: [
        [ModelServer.Step.cut], [.reset], [.raw("no HTTP at all\r\n\r\n"), .cut],
    ])
    func `a connection that ends before an answer may have been billed`(
        steps: [ModelServer.Step]
    ) async throws {
        try await ModelServer.with([.bill(10)] + steps) { server in
            let failure = try await #require(server.provider().ask().failure)
            #expect(failure.stage == .maybeBilled)
            #expect(failure.reason == .broken)
            #expect(server.billed == 10)
        }
    }

    @Test(arguments: [
        [head, .cut], [head, .end], [head, .done, .end], [head, .data("{"), .end],
        [head, .data(#"{"error":{"type":"server_error"}}"#), .end], [head, .raw("zz\r\n"), .cut],
        [.head(200, ["Content-Type": "text/html"]), .text("<html>"), .end],
        [.json, .text("{"), .end], [head, .usage(3, 0), .cut],
    ])
    func `an answer without content may have been billed`(
        steps: [ModelServer.Step]
    ) async throws {
        try await ModelServer.with(steps) { server in
            let failure = try await #require(server.provider().ask().failure)
            #expect(failure.stage == .maybeBilled)
            #expect(failure.reason == .broken)
        }
    }

    @Test(arguments: [
        [ModelServer.Step.cut], [.end], [.raw("5\r\nda"), .cut], [.data("{"), .end],
        [.data(#"{"error":{"type":"server_error"}}"#), .end],
        [.text("data: " + String(repeating: "x", count: 1_100_000)), .end],
    ])
    func `after the first content what came is kept and the failure says so`(
        steps: [ModelServer.Step]
    ) async throws {
        try await ModelServer.with([Self.head, .piece("Hello"), .wait("read")] + steps) { server in
            let stream = try await server.provider().begun()
            var iterator = stream.makeAsyncIterator()
            #expect(try await iterator.next() == .started(providerRequest: "chatcmpl-1"))
            #expect(try await iterator.next() == .text("Hello"))
            server.open("read")
            let failure = await #expect(throws: ProviderFailure.self) { try await iterator.next() }
            #expect(failure?.stage == .afterFirstByte)
            #expect(failure?.reason == .broken)
        }
    }

    @Test func `a schema that is no JSON is never sent`() async throws {
        try await ModelServer.with(ModelServer.answer(["Hi"])) { server in
            var request = ModelProvider.question
            request.tools = [ChatTool(name: "look", description: "", schema: "{")]
            let failure = try await #require(server.provider().ask(request).failure)
            #expect(failure.stage == .notSent)
            #expect(failure.reason == .badRequest)
            #expect(server.requests.isEmpty)
        }
    }

    @Test func `Anthropic has no embeddings`() async throws {
        try await ModelServer.with([]) { server in
            let provider = try server.provider(.anthropic)
            let failure = await #expect(throws: ProviderFailure.self) {
                try await provider.embed("anthropic/e", ["a"], .now + .seconds(60))
            }
            #expect(failure?.stage == .notSent)
            #expect(server.connections == 0)
        }
    }
}
