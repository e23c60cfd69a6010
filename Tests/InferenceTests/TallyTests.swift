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
        let (usage, isEstimated) = whole.usage(estimatedInput: 99)
        #expect(usage == TokenUsage(input: 7, output: 2))
        #expect(!isEstimated)
    }

    @Test func `without a count ours does`() {
        let (usage, isEstimated) = tally(.text("abcdef"), .finished(.stop)).usage(estimatedInput: 9)
        #expect(usage == TokenUsage(input: 9, output: 2))
        #expect(isEstimated)
    }

    @Test func `a count from before the text is put right, though the answer came to its end`() {
        let whole = tally(
            .usage(TokenUsage(input: 7, output: 1)),
            .text("abcdefghi"),
            .finished(.stop)
        )
        let (usage, isEstimated) = whole.usage(estimatedInput: 99)
        #expect(usage == TokenUsage(input: 7, output: 3))
        #expect(isEstimated)
    }

    @Test func `a count from before an answer broke off is put right`() {
        let broken = tally(.usage(TokenUsage(input: 7, output: 1, cached: 3)), .text("abcdefghi"))
        let (usage, isEstimated) = broken.usage(estimatedInput: 99)
        #expect(usage == TokenUsage(input: 7, output: 3, cached: 3))
        #expect(isEstimated)
    }
}
