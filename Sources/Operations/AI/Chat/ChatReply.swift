package import Domain

/// The answer to a call, as it comes: the door pulls its parts one by one.
///
/// The last part is `finished` or `failed`. A door that stops reading drops the reply, or is
/// cancelled while it waits; either way the call learns at once that nobody reads on.
package struct ChatReply: AsyncSequence, Sendable {
    package let id: AICallID
    package let origin: Origin
    /// The first parts, which were waited for before anything was promised to the client.
    private let first: [ChatPart]
    private let reader: Reader

    /// Where an answer comes from.
    package enum Origin: String, Hashable, Sendable {
        case model
        /// Given before to the same question.
        case cache
        /// The one of an earlier request with the same idempotency key.
        case repetition
    }

    /// Leaves the line when the last holder is gone.
    fileprivate final class Reader: Sendable {
        let line: ReplyLine

        init(_ line: ReplyLine) { self.line = line }

        deinit { line.leave() }
    }

    init(id: AICallID, first: [ChatPart], line: ReplyLine) {
        self.id = id
        origin = .model
        self.first = first
        reader = Reader(line)
    }

    /// An answer that is whole already, read like one that comes in pieces.
    init(_ answer: ChatAnswer, origin: Origin) {
        id = answer.id
        self.origin = origin
        first = answer.parts
        reader = Reader(ReplyLine([]))
    }

    /// Has a reader that waits get `waiting`, so that it can find out whether its client is there.
    package func beat() { reader.line.beat() }

    /// Says that nobody will read on.
    package func leave() { reader.line.leave() }

    /// Reads to the end.
    ///
    /// - Returns: The whole answer, or what came of it until a budget was used up.
    /// - Throws: Why there is none.
    package func answer() async throws -> ChatAnswer {
        for await part in self {
            switch part {
            case .text, .toolCall, .waiting: continue
            case .finished(let answer): return answer
            case .failed(let error, let partial):
                if let partial, error.code == .aiBudgetExhausted, !partial.text.isEmpty {
                    return partial
                }
                throw error.withoutText(isCharged: partial != nil)
            }
        }
        throw CancellationError()
    }

    package func makeAsyncIterator() -> Iterator {
        Iterator(first: first, reader: reader)
    }

    package struct Iterator: AsyncIteratorProtocol {
        private var waiting: ArraySlice<ChatPart>
        private let reader: Reader
        private var isOver = false

        fileprivate init(first: [ChatPart], reader: Reader) {
            waiting = first[...]
            self.reader = reader
        }

        package mutating func next() async -> ChatPart? {
            if waiting.isEmpty { await fill() }
            return waiting.popFirst()
        }

        /// All parts that are there, or the next ones; nil behind the last one.
        package mutating func batch() async -> ArraySlice<ChatPart>? {
            if waiting.isEmpty { await fill() }
            defer { waiting = [] }
            return waiting.isEmpty ? nil : waiting
        }

        private mutating func fill() async {
            guard !isOver else { return }
            waiting = await reader.line.take()[...]
            isOver = waiting.last?.isLast ?? true
        }
    }
}

extension ChatAnswer {
    /// The parts in which the answer would have come; never none.
    fileprivate var parts: [ChatPart] {
        var parts: [ChatPart] = text.isEmpty ? [] : [.text(text)]
        for (index, call) in toolCalls.enumerated() {
            parts.append(
                .toolCall(index: index, id: call.id, name: call.name, arguments: call.arguments)
            )
        }
        return parts + [.finished(self)]
    }
}
