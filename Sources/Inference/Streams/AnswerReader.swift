package import Domain

// DESIGN
//
// Between a provider's bytes and whoever pays for them. Whatever the bytes are:
//
// 1. The first event is `started`, and there is one of it.
// 2. Behind `finished`, of which there is one at most, stands nothing but `usage`.
// 3. No text is empty. The events are the same wherever the bytes were split, but for the pieces
//    that a text comes in.
// 4. What came before a fault is still handed out: it may have been billed.

/// Turns the bytes of an answer into events.
package struct AnswerReader: Sendable {
    private var lines: ServerSentEvents
    private var decoder: any AnswerDecoder
    private var hasStarted = false
    private var hasFinished = false
    /// Whether content came; from then on nobody else may be asked.
    package private(set) var hasContent = false

    /// - Parameters:
    ///   - dialect: how the provider writes.
    ///   - limit: the most bytes of one event of a stream.
    package init(_ dialect: AnswerDialect, limit: Int = ServerSentEvents.largest) {
        decoder = dialect.decoder
        lines = ServerSentEvents(limit: limit)
    }

    /// Whether the provider has said that nothing follows.
    package var isComplete: Bool { decoder.isComplete }

    /// The provider's head came; an id in it is better than one in the answer.
    package mutating func begin(providerRequest: String?, into events: inout [ChatEvent]) {
        guard let providerRequest else { return }
        accept([.started(providerRequest: providerRequest)], into: &events)
    }

    /// Takes the next bytes of a stream.
    ///
    /// - Parameters:
    ///   - bytes: the next piece.
    ///   - events: gets what they hold, also when this throws.
    /// - Throws: a fault, after which nothing more can be read.
    package mutating func feed(
        _ bytes: [UInt8],
        into events: inout [ChatEvent]
    ) throws(AnswerFault) {
        var found: [ServerSentEvents.Event] = []
        var overflows = false
        do throws(ServerSentEvents.Overflow) {
            try lines.feed(bytes, into: &found)
        } catch {
            overflows = true
        }
        for event in found where !decoder.isComplete {
            try decode(into: &events) { (decoder, decoded) throws(AnswerFault) in
                try decoder.read(event, into: &decoded)
            }
        }
        guard !overflows || decoder.isComplete else {
            throw AnswerFault(.broken, "The provider sent an event that is too large.")
        }
    }

    /// Takes an answer that came in one piece.
    package mutating func feed(
        whole body: [UInt8],
        into events: inout [ChatEvent]
    ) throws(AnswerFault) {
        let text = String(decoding: body, as: UTF8.self)
        let answer = try JSONValue.answer(Array(text.utf8))
        try decode(into: &events) { (decoder, decoded) throws(AnswerFault) in
            try decoder.read(whole: answer, into: &decoded)
        }
    }

    /// The connection ended.
    ///
    /// - Throws: a fault when the answer had not.
    package mutating func end(into events: inout [ChatEvent]) throws(AnswerFault) {
        if hasFinished { return }
        guard decoder.isComplete, hasContent else {
            throw AnswerFault(.broken, "The provider's answer ended before its end.")
        }
        accept([.finished(.stop)], into: &events)
    }

    private mutating func decode(
        into events: inout [ChatEvent],
        _ body: (inout any AnswerDecoder, inout [ChatEvent]) throws(AnswerFault) -> Void
    ) throws(AnswerFault) {
        var decoded: [ChatEvent] = []
        do throws(AnswerFault) {
            try body(&decoder, &decoded)
        } catch {
            accept(decoded, into: &events)
            throw error
        }
        accept(decoded, into: &events)
    }

    private mutating func accept(_ decoded: [ChatEvent], into events: inout [ChatEvent]) {
        for event in decoded {
            if !hasStarted {
                hasStarted = true
                if case .started = event {} else { events.append(.started(providerRequest: nil)) }
                if case .started = event { events.append(event) }
            }
            switch event {
            case .started: continue
            case .usage: break
            case .text(let text):
                if text.isEmpty || hasFinished { continue }
                hasContent = true
            case .toolCall:
                if hasFinished { continue }
                hasContent = true
            case .finished:
                if hasFinished { continue }
                hasFinished = true
            }
            events.append(event)
        }
    }
}
