import Domain
import HTTPTypes
import Hummingbird
import NIOCore
import Operations

// DESIGN
//
// 1. A stream ends with `done` or `error`, and with nothing else, as long as there is a client.
// 2. While there is nothing to say a comment is written every few seconds: proxies see that the
//    connection lives, and we see when it does not.
// 3. A client that has gone makes the writing fail, and closes its side of the connection before
//    that; the reply is then left, and the call with it.

/// Server-sent events (WHATWG HTML, section 9.2).
enum EventStream {
    static let mediaType = "text/event-stream"

    /// How long nothing is written at most.
    static let pause = Duration.seconds(5)

    static let comment = Array(": waiting\n\n".utf8)

    /// One event.
    static func event(_ name: String, _ data: JSON) -> [UInt8] {
        Array("event: \(name)\n".utf8) + self.data(data)
    }

    /// An event without a name; JSON has no line breaks.
    static func data(_ data: JSON) -> [UInt8] {
        Array("data: ".utf8) + data.bytes + Array("\n\n".utf8)
    }

    /// An answer as a stream.
    ///
    /// - Parameters:
    ///   - reply: what comes.
    ///   - headers: what goes before it.
    ///   - presence: whether the client is still there.
    ///   - waiting: what says that the call goes on.
    ///   - render: the bytes of a part.
    /// - Returns: The answer, whose body is written as the client takes it.
    static func answer(
        _ reply: ChatReply,
        headers: HTTPFields,
        presence: ClientPresence?,
        waiting: [UInt8] = comment,
        render: @escaping @Sendable (ChatPart) -> [UInt8]
    ) -> Answer {
        let body = ResponseBody { writer in
            let beats = Task {
                while (try? await Task.sleep(for: pause)) != nil { reply.beat() }
            }
            let number = presence?.whenGone { reply.leave() }
            defer {
                beats.cancel()
                if let number { presence?.forget(number) }
                reply.leave()
            }
            var parts = reply.makeAsyncIterator()
            while let batch = await parts.batch() {
                let bytes = batch.flatMap { $0 == .waiting ? waiting : render($0) }
                try await writer.write(ByteBuffer(bytes: bytes))
            }
            try await writer.finish(nil)
        }
        var headers = headers
        headers[.cacheControl] = "no-store"
        // Proxies that collect answers would make one block of the stream.
        headers[.accelBuffering] = "no"
        return Answer(content: .stream(body, type: mediaType), headers: headers)
    }
}

extension Exchange {
    /// Asks a model, and answers whole or as events, as the body wants it.
    ///
    /// The call is ended when the client goes before its answer is there.
    ///
    /// - Parameters:
    ///   - waiting: what says in a stream that the call goes on.
    ///   - whole: the answer in one piece.
    ///   - events: what renders the parts of a stream.
    ///   - ask: the question.
    /// - Returns: The answer.
    /// - Throws: Why there is none.
    func answer(
        waiting: [UInt8] = EventStream.comment,
        whole: @escaping @Sendable (ChatAnswer) -> JSON,
        events: (ChatReply) throws -> @Sendable (ChatPart) -> [UInt8],
        _ ask: @escaping @Sendable () async throws -> ChatReply
    ) async throws -> Answer {
        guard body.boolean("stream") == true else {
            return try await whileClientStays {
                let reply = try await ask()
                let answer = try await reply.answer()
                return Answer(content: .json(whole(answer)), headers: HTTPFields(reply))
            }
        }
        let reply = try await whileClientStays(ask)
        return EventStream.answer(
            reply,
            headers: HTTPFields(reply),
            presence: await context.presence(),
            waiting: waiting,
            render: try events(reply)
        )
    }
}

extension HTTPField.Name {
    static let accelBuffering = named("X-Accel-Buffering")
    static let modelCall = named("X-AI-Request-Id")
    static let modelCache = named("X-AI-Cache")
    static let replayed = named("Idempotent-Replayed")
    static let visitor = named("X-Visitor-Token")
}

extension HTTPFields {
    /// What a client may want to know of an answer besides the answer.
    init(_ reply: ChatReply) {
        self = [.modelCache: reply.origin == .cache ? "hit" : "miss"]
        // An answer that was given again is a line of the log of use, and no call.
        if reply.origin != .cache { self[.modelCall] = reply.id.description }
        if reply.origin == .repetition { self[.replayed] = "true" }
    }
}
