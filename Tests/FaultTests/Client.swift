import Foundation
import Support

/// A signed-in client; each request has a connection of its own.
struct Client: Sendable {
    let port: Int
    var token: String?

    func ask(
        _ method: String,
        _ path: String,
        headers: [String: String] = [:],
        body: String? = nil
    ) -> HTTPAsk {
        var headers = headers
        headers["Authorization"] = token.map { "Bearer \($0)" }
        return HTTPAsk(method, path, headers: headers, body: body)
    }

    /// A request to make an artifact under a key.
    func creation(_ name: String, key: String, description: String = "") -> HTTPAsk {
        ask(
            "POST",
            "/api/v1/artifacts",
            headers: ["Idempotency-Key": key],
            body: #"{"name":"\#(name)","description":"\#(description)"}"#
        )
    }

    func connect() -> HTTPConnection? {
        HTTPConnection(port: port)
    }

    func outcome(_ request: HTTPAsk) async -> HTTPOutcome {
        await onThread { HTTPConnection(port: port)?.ask(request) ?? .refused }
    }

    func send(_ request: HTTPAsk) async throws -> HTTPReply {
        let outcome = await outcome(request)
        guard case .reply(let reply) = outcome else { throw NoReply(outcome: outcome) }
        return reply
    }

    func get(_ path: String) async throws -> HTTPReply {
        try await send(ask("GET", path))
    }

    struct NoReply: Error {
        let outcome: HTTPOutcome
    }
}

/// Runs blocking work on a thread of its own, so that it takes none from the server under test.
func onThread<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value {
    await withCheckedContinuation { continuation in
        Thread { continuation.resume(returning: work()) }.start()
    }
}

/// Waits until something is so.
///
/// - Throws: `NeverHappened` with the place of the call.
func eventually(
    within limit: Duration = .seconds(60),
    file: String = #fileID,
    line: Int = #line,
    _ condition: () async throws -> Bool
) async throws {
    let deadline = ContinuousClock.now + limit
    while try await !condition() {
        guard ContinuousClock.now < deadline else {
            throw NeverHappened(what: "what is awaited at \(file):\(line), within \(limit)")
        }
        try await Task.sleep(for: .milliseconds(5))
    }
}

struct NeverHappened: Error, CustomStringConvertible {
    let what: String

    var description: String { "it never came to this: \(what)" }
}
