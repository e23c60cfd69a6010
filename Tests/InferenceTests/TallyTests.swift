import Domain
import Inference
import Testing

@Suite struct TallyTests {
    private func tally(_ events: ChatEvent...) -> AnswerTally {
        var tally = AnswerTally()
        for event in events { tally.add(event) }
        return tally
    }

    @Test func `pieces become one answer`() {
        let whole = tally(
            .started(providerRequest: "c1"),
            .text("Hello"),
            .text(" there"),
            .toolCall(index: 1, id: "b", name: "see", arguments: "{"),
            .toolCall(index: 1, id: nil, name: nil, arguments: "}"),
            .finished(.toolCalls)
        )
        #expect(whole.text == "Hello there")
        #expect(whole.providerRequest == "c1")
        #expect(whole.finish == .toolCalls)
        #expect(whole.toolCalls.last == ChatToolCall(id: "b", name: "see", arguments: "{}"))
    }

    @Test func `the provider's last count counts`() {
        let whole = tally(
            .usage(TokenUsage(input: 1)),
            .text("Hello"),
            .finished(.stop),
            .usage(TokenUsage(input: 7, output: 2))
        )
        let (usage, isEstimated) = whole.usage(estimatedInput: 99, outputCap: 500)
        #expect(usage == TokenUsage(input: 7, output: 2))
        #expect(!isEstimated)
    }

    @Test func `without a count ours does`() {
        let (usage, isEstimated) = tally(.text("abcdef"), .finished(.stop)).usage(
            estimatedInput: 9,
            outputCap: 500
        )
        #expect(usage == TokenUsage(input: 9, output: 2))
        #expect(isEstimated)
    }

    @Test func `our own count is never more than was asked for`() {
        let text = String(repeating: "abc", count: 1_000)
        let uncounted = tally(.text(text)).usage(estimatedInput: 9, outputCap: 10)
        #expect(uncounted.usage == TokenUsage(input: 9, output: 10))
        let early = tally(.usage(TokenUsage(input: 7, output: 1, reasoning: 4)), .text(text))
        #expect(
            early.usage(estimatedInput: 9, outputCap: 10).usage
                == TokenUsage(input: 7, output: 6, reasoning: 4)
        )
        // What the provider reports stays.
        let whole = tally(.text(text), .finished(.stop), .usage(TokenUsage(input: 7, output: 999)))
        #expect(whole.usage(estimatedInput: 9, outputCap: 10).usage.output == 999)
    }

    @Test func `a count from before the text is put right, though the answer came to its end`() {
        let whole = tally(
            .usage(TokenUsage(input: 7, output: 1)),
            .text("abcdefghi"),
            .finished(.stop)
        )
        let (usage, isEstimated) = whole.usage(estimatedInput: 99, outputCap: 500)
        #expect(usage == TokenUsage(input: 7, output: 3))
        #expect(isEstimated)
    }

    @Test func `a count from before an answer broke off is put right`() {
        let broken = tally(.usage(TokenUsage(input: 7, output: 1, cached: 3)), .text("abcdefghi"))
        let (usage, isEstimated) = broken.usage(estimatedInput: 99, outputCap: 500)
        #expect(usage == TokenUsage(input: 7, output: 3, cached: 3))
        #expect(isEstimated)
    }
}
