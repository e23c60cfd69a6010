package import Domain

/// What an answer came to: its text, its function calls, and what it took.
package struct AnswerTally: Hashable, Sendable {
    package private(set) var text = ""
    package private(set) var toolCalls: [ChatToolCall] = []
    /// Nil while the answer has no end.
    package private(set) var finish: ChatEvent.FinishReason?
    /// The provider's own id of the call.
    package private(set) var providerRequest: String?
    private var reported: TokenUsage?
    /// How much had been written, by our count, when the provider counted last.
    private var writtenAtReport: Int64 = 0
    private var counter = TokenCounter()

    package init() {}

    package mutating func add(_ event: ChatEvent) {
        switch event {
        case .started(let id): providerRequest = id ?? providerRequest
        case .text(let piece):
            text += piece
            counter.add(piece)
        case .toolCall(let index, let id, let name, let arguments):
            while toolCalls.count <= index {
                toolCalls.append(ChatToolCall(id: "", name: "", arguments: ""))
            }
            if let id { toolCalls[index].id = id }
            if let name { toolCalls[index].name = name }
            toolCalls[index].arguments += arguments
            counter.add(name ?? "")
            counter.add(arguments)
        case .usage(let usage):
            reported = usage
            writtenAtReport = counter.tokens
        case .finished(let reason): finish = reason
        }
    }

    /// The tokens that were delivered so far, counted here.
    package var delivered: Int64 { counter.tokens }

    /// What is charged: the provider's count, or ours where it gave none or was cut off.
    ///
    /// A provider that ignores the limit of a call is paid what it reports; what we count ourselves
    /// is never more than was asked for.
    ///
    /// - Parameters:
    ///   - estimatedInput: what the request was estimated at.
    ///   - outputCap: the most that the model was allowed to write.
    /// - Returns: The tokens, and whether any of them are our count.
    package func usage(
        estimatedInput: Int64,
        outputCap: Int64
    ) -> (usage: TokenUsage, isEstimated: Bool) {
        let counted = min(delivered, outputCap)
        guard var usage = reported else {
            return (TokenUsage(input: estimatedInput, output: counted), true)
        }
        // A count that came before the end does not know what was written since.
        guard finish == nil || writtenAtReport < delivered else { return (usage, false) }
        usage.output = max(usage.output, counted - usage.reasoning)
        return (usage, true)
    }
}
