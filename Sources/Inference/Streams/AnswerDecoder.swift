package import Domain

/// What is wrong with an answer; the call it belongs to knows what that means for the bill.
package struct AnswerFault: Error, Hashable, Sendable {
    package var reason: ProviderFailure.Reason
    /// One sentence for operators.
    package var message: String

    package init(_ reason: ProviderFailure.Reason, _ message: String) {
        self.reason = reason
        self.message = message
    }
}

/// Reads the answers of one kind of provider; pure, so that it can be fed with anything.
protocol AnswerDecoder: Sendable {
    /// The provider has said that nothing follows.
    var isComplete: Bool { get }

    /// Takes one event of a stream.
    mutating func read(
        _ event: ServerSentEvents.Event,
        into events: inout [ChatEvent]
    ) throws(AnswerFault)

    /// Takes an answer that came in one piece.
    mutating func read(whole answer: JSONValue, into events: inout [ChatEvent]) throws(AnswerFault)
}

/// The kinds of answers that are understood.
package enum AnswerDialect: String, CaseIterable, Sendable {
    case openAI
    case anthropic

    var decoder: any AnswerDecoder {
        switch self {
        case .openAI: OpenAIAnswer()
        case .anthropic: AnthropicAnswer()
        }
    }
}

extension AnswerFault {
    /// What a provider says went wrong, by the machine word it gives; its prose is not repeated.
    init(error: JSONValue) {
        let words = [error["type"], error["code"]].compactMap { $0?.machineWord }
        let text = words.first.map { " (\($0))" } ?? ""
        if words.contains(where: { $0.contains("rate_limit") }) {
            self.init(.rateLimited, "The provider's rate limit was reached\(text).")
        } else if words.contains(where: { $0.contains("context_length") }) {
            self.init(.tooLong, "The request is too long for the model\(text).")
        } else if words.contains(where: { $0.hasPrefix("invalid_request") }) {
            self.init(.badRequest, "The provider found fault with the request\(text).")
        } else {
            self.init(.broken, "The provider failed while it answered\(text).")
        }
    }
}

extension JSONValue {
    var text: String? {
        if case .string(let text) = self { text } else { nil }
    }

    var items: [JSONValue] {
        if case .array(let items) = self { items } else { [] }
    }

    var isObject: Bool {
        if case .object = self { true } else { false }
    }

    /// A count of tokens that can be believed; nil for anything else.
    var tokens: Int64? {
        let count: Int64?
        switch self {
        case .integer(let value): count = value
        case .number(let value): count = Int64(exactly: value)
        default: count = nil
        }
        return count.flatMap { (0...TokenUsage.most).contains($0) ? $0 : nil }
    }

    /// The same of a count that may be left out, which is none.
    static func tokens(_ value: JSONValue?) -> Int64? {
        guard let value, value != .null else { return 0 }
        return value.tokens
    }

    /// A short word of a machine, fit for a log; numbers count as words.
    var machineWord: String? {
        if case .integer(let number) = self { return String(number) }
        guard let text, (1...64).contains(text.utf8.count),
            text.utf8.allSatisfy({ byte in
                byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
                    || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            })
        else { return nil }
        return text
    }

    /// An answer's JSON: forgiving where servers are known to slip.
    static func answer(_ bytes: [UInt8]) throws(AnswerFault) -> JSONValue {
        do {
            let value = try JSONReader.read(bytes, from: .answer)
            if value.isObject { return value }
        } catch {}
        throw AnswerFault(.broken, "The provider sent something that is no JSON object.")
    }
}
