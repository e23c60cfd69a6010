import AsyncHTTPClient
import Domain
import NIOCore
import NIOHTTP1

extension Upstream {
    /// Asks for an answer; returns when the provider has begun to give it.
    func chat(
        _ path: String,
        _ body: JSONValue,
        dialect: AnswerDialect,
        deadline: ContinuousClock.Instant
    ) async throws(ProviderFailure) -> ChatStream {
        let watch = Watch(patience: configuration.patience, deadline: deadline, pace: pace)
        let isStreamed = configuration.streams
        let exchange = Exchange(
            request: request(path, body, isStreamed: isStreamed, watch: watch),
            pace: pace,
            watch: watch
        )
        let mailbox = Mailbox()
        let reading = Task {
            do throws(ProviderFailure) {
                try await exchange.run { response in
                    let answer = Answer(response: response, mailbox: mailbox, watch: watch)
                    try await answer.read(AnswerReader(dialect), isStreamed: isStreamed)
                }
                mailbox.end()
            } catch {
                mailbox.end(error)
            }
        }
        let pull: ChatStream.Pull = { () async throws(ProviderFailure) in
            let taken = await withTaskCancellationHandler {
                await mailbox.take()
            } onCancel: {
                reading.cancel()
            }
            return try taken.get()
        }
        let head = try await pull()
        return ChatStream(
            after: head ?? [],
            // Behind the end the connection is left to the next call.
            drop: { if !mailbox.hasEnded { reading.cancel() } },
            pull: pull
        )
    }
}

/// An answer that has begun, on its way into a mailbox.
private struct Answer: Sendable {
    let response: HTTPClientResponse
    let mailbox: Mailbox
    let watch: Watch

    func read(_ reader: AnswerReader, isStreamed: Bool) async throws {
        var reader = reader
        var events: [ChatEvent] = []
        let id = ["x-request-id", "request-id"].lazy.compactMap { response.headers.first(name: $0) }
        reader.begin(providerRequest: id.first.map { String($0.prefix(200)) }, into: &events)
        await hand(events)
        let type = response.headers.first(name: "content-type")?.lowercased() ?? ""
        if isStreamed, type.isEmpty || type.hasPrefix("text/event-stream") {
            try await stream(&reader)
        } else if !isStreamed || type.hasPrefix("application/json") {
            try await whole(&reader)
        } else {
            throw AnswerFault(.broken, "The provider's answer is neither a stream nor JSON.")
        }
    }

    private func stream(_ reader: inout AnswerReader) async throws {
        for try await part in response.body where !mailbox.hasEnded {
            try await take(from: &reader) { (reader, events) throws(AnswerFault) in
                try reader.feed(Array(part.readableBytesView), into: &events)
                if reader.isComplete { try reader.end(into: &events) }
            }
            if reader.isComplete {
                mailbox.end()
                watch.enter(.leaving)
            }
        }
        if mailbox.hasEnded { return }
        try await take(from: &reader) { (reader, events) throws(AnswerFault) in
            try reader.end(into: &events)
        }
    }

    private func whole(_ reader: inout AnswerReader) async throws {
        let body = try await Exchange.body(of: response)
        try await take(from: &reader) { (reader, events) throws(AnswerFault) in
            try reader.feed(whole: body, into: &events)
            try reader.end(into: &events)
        }
    }

    /// Hands out what a step of reading gave, also when it failed.
    private func take(
        from reader: inout AnswerReader,
        _ step: (inout AnswerReader, inout [ChatEvent]) throws(AnswerFault) -> Void
    ) async throws {
        var events: [ChatEvent] = []
        var fault: AnswerFault?
        do throws(AnswerFault) {
            try step(&reader, &events)
        } catch {
            fault = error
        }
        if reader.hasContent { watch.noteContent() }
        if !events.isEmpty { await hand(events) }
        if let fault { throw fault }
    }

    private func hand(_ events: [ChatEvent]) async {
        watch.enter(.handing)
        await mailbox.put(events)
        watch.enter(.reading)
    }
}
