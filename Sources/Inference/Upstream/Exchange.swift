import AsyncHTTPClient
import Domain
import NIOCore
import NIOHTTP1

/// One request to a provider and what became of it.
struct Exchange: Sendable {
    let request: HTTPClientRequest
    let pace: Pace
    let watch: Watch

    /// The most bytes of an answer that comes in one piece, and of one that is a refusal.
    private static let largestAnswer = 16_777_216
    private static let largestRefusal = 65_536

    /// Sends the request and reads the answer, until it ends or takes too long.
    ///
    /// - Parameter read: gets the answer when it is no refusal.
    /// - Returns: What `read` makes of it.
    /// - Throws: a failure with its class.
    func run<Value: Sendable>(
        _ read: @escaping @Sendable (HTTPClientResponse) async throws -> Value
    ) async throws(ProviderFailure) -> Value {
        let outcome = await withTaskGroup(of: Result<Value, ProviderFailure>?.self) { group in
            group.addTask { await answer(read) }
            group.addTask {
                await watch.run()
                return nil
            }
            var outcome: Result<Value, ProviderFailure>?
            for await ended in group {
                group.cancelAll()
                outcome = ended ?? outcome
            }
            return outcome
        }
        guard let outcome else { throw failure(CancellationError()) }
        return try outcome.get()
    }

    private func answer<Value: Sendable>(
        _ read: @escaping @Sendable (HTTPClientResponse) async throws -> Value
    ) async -> Result<Value, ProviderFailure> {
        do {
            let response = try await Upstream.client.execute(request, timeout: .hours(24))
            watch.enter(.reading)
            guard (200..<300).contains(response.status.code) else { throw await refusal(response) }
            return .success(try await read(response))
        } catch {
            return .failure(failure(error))
        }
    }

    /// The whole body of an answer.
    static func body(of response: HTTPClientResponse) async throws -> [UInt8] {
        try await body(of: response, limit: largestAnswer)
    }

    private static func body(of response: HTTPClientResponse, limit: Int) async throws -> [UInt8] {
        var body: [UInt8] = []
        for try await part in response.body {
            guard body.count + part.readableBytes <= limit else {
                throw AnswerFault(.broken, "The provider's answer is too large.")
            }
            body.append(contentsOf: part.readableBytesView)
        }
        return body
    }

    private func refusal(_ response: HTTPClientResponse) async -> ProviderFailure {
        let body = try? await Self.body(of: response, limit: Self.largestRefusal)
        let answer = body.flatMap { try? JSONValue.answer($0) }
        let error = answer?["error"]
        let word = error?["code"]?.machineWord ?? error?["type"]?.machineWord
        return .refusal(
            status: Int(response.status.code),
            word: word,
            retryAfter: pause(response.headers)
        )
    }

    private func pause(_ headers: HTTPHeaders) -> Duration? {
        if let text = headers.first(name: "retry-after-ms"), let milliseconds = Int64(text),
            (0...86_400_000).contains(milliseconds)
        {
            return .milliseconds(milliseconds)
        }
        return headers.first(name: "retry-after")
            .flatMap { RetryAfter.parse($0, now: pace.wallSeconds()) }
    }

    /// What an error means: what was sent before it decides.
    private func failure(_ error: any Error) -> ProviderFailure {
        if let failure = error as? ProviderFailure { return failure }
        let stage = watch.stage
        if let expiry = watch.expiry { return ProviderFailure(stage, .timedOut, message: expiry) }
        if let fault = error as? AnswerFault {
            return ProviderFailure(stage, fault.reason, message: fault.message)
        }
        if Task.isCancelled || error is CancellationError {
            return ProviderFailure(stage, .cancelled, message: "The call was given up.")
        }
        // Not its text: it may tell more of the request than a log should hold.
        let kind = (error as? HTTPClientError)?.shortDescription ?? "\(type(of: error))"
        return stage == .notSent
            ? ProviderFailure(stage, .unreachable, message: "No connection was made (\(kind)).")
            : ProviderFailure(stage, .broken, message: "The connection broke (\(kind)).")
    }
}
