package import Domain

/// Counts tokens where no provider has: a bound for a hold, an estimate for a bill.
///
/// Without a model's own tokenizer: a token for three bytes of ASCII, or for two of other text,
/// which tokenizers cut finer. English prose has about four bytes a token.
package enum TokenEstimator {
    /// What the framing of one message takes beside its words.
    private static let framing: Int64 = 4

    /// The tokens of a text; 0 for an empty one only.
    package static func count(_ text: String) -> Int64 {
        var counter = TokenCounter()
        counter.add(text)
        return counter.tokens
    }

    /// What a request will be read as, a tenth added, because a hold must not be too small.
    package static func estimate(_ request: ChatRequest) -> Int64 {
        var sum = framing
        for message in request.messages {
            sum += framing + count(message.content) + count(message.toolCallID ?? "")
            for call in message.toolCalls {
                sum += framing + count(call.id) + count(call.name) + count(call.arguments)
            }
        }
        for tool in request.tools {
            sum += 2 * framing + count(tool.name) + count(tool.description) + count(tool.schema)
        }
        return withMargin(sum)
    }

    /// The same of texts to embed.
    package static func estimate(_ texts: [String]) -> Int64 {
        withMargin(max(1, texts.reduce(0) { $0 + count($1) }))
    }

    private static func withMargin(_ tokens: Int64) -> Int64 {
        (tokens * 11 + 9) / 10
    }
}

/// Counts the tokens of a text that comes in pieces; where it was cut changes nothing.
package struct TokenCounter: Hashable, Sendable {
    private var plain: Int64 = 0
    private var other: Int64 = 0

    package init() {}

    package mutating func add(_ piece: String) {
        for byte in piece.utf8 {
            if byte < 0x80 { plain += 1 } else { other += 1 }
        }
    }

    /// Rounded up.
    package var tokens: Int64 { (plain * 2 + other * 3 + 5) / 6 }
}
