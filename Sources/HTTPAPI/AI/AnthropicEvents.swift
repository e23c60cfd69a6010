import Domain
import Operations
import Synchronization

// DESIGN
//
//     message_start  (content_block_start  content_block_delta…  content_block_stop)…
//     message_delta  message_stop
//
// 1. A block is over before the next one begins. Providers may mix the pieces of several calls of
//    tools, so these are sent when all of them are whole: none is lost, none is torn.
// 2. Tokens are known at the end: `message_start` says none, `message_delta` says all of them.
// 3. `ping` may come at any time; `error` is the last event of a stream that has no `message_stop`.

/// The events of one streamed answer, in the form of Anthropic's.
struct AnthropicStream: Sendable {
    let id: AICallID
    /// As the client named it.
    let model: String
    let requestID: String
    private var stage = Stage.silent

    private enum Stage {
        case silent
        case begun
        /// The block of text is open.
        case text
    }

    static let ping = event("ping", [])

    init(id: AICallID, model: String, requestID: String) {
        self.id = id
        self.model = model
        self.requestID = requestID
    }

    mutating func events(_ part: ChatPart) -> [UInt8] {
        switch part {
        case .waiting: return Self.ping
        case .text(let text): return text.isEmpty ? [] : begin() + delta(text)
        case .toolCall: return begin()
        case .finished(let answer): return begin() + ending(answer)
        case .failed(let error, _):
            let status = ProblemShape.anthropic.status(
                of: error.code,
                own: Problem.status(of: error)
            )
            return EventStream.event(
                "error",
                AnthropicJSON.error(error, status: status, requestID: requestID)
            )
        }
    }

    private mutating func begin() -> [UInt8] {
        guard stage == .silent else { return [] }
        stage = .begun
        return Self.event(
            "message_start",
            [("message", AnthropicJSON.beginning(id, model: model))]
        )
    }

    private mutating func delta(_ text: String) -> [UInt8] {
        let start = stage == .text ? [] : Self.start(0, AnthropicJSON.text(""))
        stage = .text
        return start
            + Self.delta(0, ["type": "text_delta", "text": .string(text)])
    }

    private func ending(_ answer: ChatAnswer) -> [UInt8] {
        var bytes = stage == .text ? Self.stop(0) : []
        for (index, call) in answer.toolCalls.enumerated() {
            let place = Int64(index) + (stage == .text ? 1 : 0)
            let input = AnthropicJSON.inputText(call)
            bytes += Self.start(place, AnthropicJSON.call(call, input: [:]))
            bytes += Self.delta(
                place,
                ["type": "input_json_delta", "partial_json": .string(input)]
            )
            bytes += Self.stop(place)
        }
        let reason = AnthropicJSON.reason(answer.finish)
        bytes += Self.event(
            "message_delta",
            [
                ("delta", ["stop_reason": .string(reason), "stop_sequence": .null]),
                ("usage", AnthropicJSON.usage(answer.use)),
            ]
        )
        return bytes + Self.event("message_stop", [])
    }

    private static func start(_ index: Int64, _ block: JSON) -> [UInt8] {
        event("content_block_start", [("index", .integer(index)), ("content_block", block)])
    }

    private static func delta(_ index: Int64, _ delta: JSON) -> [UInt8] {
        event("content_block_delta", [("index", .integer(index)), ("delta", delta)])
    }

    private static func stop(_ index: Int64) -> [UInt8] {
        event("content_block_stop", [("index", .integer(index))])
    }

    /// An event says its name twice.
    private static func event(_ name: String, _ members: [(String, JSON)]) -> [UInt8] {
        EventStream.event(name, .object([("type", .string(name))] + members))
    }
}

/// The stream of one answer, for the one who writes it.
final class AnthropicEvents: Sendable {
    private let stream: Mutex<AnthropicStream>

    init(_ stream: AnthropicStream) { self.stream = Mutex(stream) }

    func callAsFunction(_ part: ChatPart) -> [UInt8] {
        stream.withLock { $0.events(part) }
    }
}
