import Domain
import FoundationEssentials
import Inference
import Support
import Testing

/// What became of one call, whether it was refused at once or broke off.
struct Outcome: Sendable, Equatable {
    var events: [ChatEvent] = []
    var failure: ProviderFailure?

    var text: String {
        events.reduce(into: "") { text, event in
            if case .text(let piece) = event { text += piece }
        }
    }

    var usage: TokenUsage? {
        events.reduce(nil) { usage, event in
            if case .usage(let count) = event { count } else { usage }
        }
    }
}

extension ModelProvider {
    static let context = ChatContext(
        tenant: TenantID(UUID()),
        requestID: AICallID(UUID())
    )
    static let question = ChatRequest(
        messages: [ChatMessage(.user, "What is it?")],
        maxOutputTokens: 100
    )

    /// An answer that has begun.
    func begun(
        before deadline: ContinuousClock.Instant = .now + .seconds(3_600)
    ) async throws -> ChatStream {
        try await chat("openai/m", Self.question, Self.context, deadline)
    }

    /// Puts a call and reads all that comes.
    func ask(
        _ request: ChatRequest = question,
        model: String = "openai/m",
        deadline: ContinuousClock.Instant = .now + .seconds(3_600)
    ) async -> Outcome {
        var outcome = Outcome()
        do throws(ProviderFailure) {
            let stream = try await chat(model, request, Self.context, deadline)
            var iterator = stream.makeAsyncIterator()
            while let event = try await iterator.next() { outcome.events.append(event) }
        } catch {
            outcome.failure = error
        }
        return outcome
    }
}

extension ModelServer {
    /// A provider that asks this server.
    func provider(
        _ dialect: AnswerDialect = .openAI,
        id: String = "openai",
        streams: Bool = true,
        key: String? = "sk-test",
        patience: Patience = Patience(),
        pace: Pace = .live
    ) throws -> ModelProvider {
        let configuration = ModelProvider.Configuration(
            id: id,
            address: try #require(ProviderAddress(url)),
            key: key.flatMap { ProviderKey($0, label: "env:KEY") },
            streams: streams,
            patience: patience
        )
        return switch dialect {
        case .openAI: .openAI(configuration, pace: pace)
        case .anthropic: .anthropic(configuration, pace: pace)
        }
    }

    /// Runs a body with a server, and ends the server.
    static func with(
        _ script: @escaping Script,
        _ body: (ModelServer) async throws -> Void
    ) async throws {
        let server = try ModelServer(script)
        defer { server.stop() }
        try await body(server)
    }

    static func with(
        _ steps: [Step],
        _ body: (ModelServer) async throws -> Void
    ) async throws {
        try await with({ _, _ in steps }, body)
    }
}
