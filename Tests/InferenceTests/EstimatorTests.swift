import Domain
import Inference
import Testing

@Suite struct EstimatorTests {
    @Test(arguments: [
        ("", Int64(0)), ("a", 1), ("abc", 1), ("abcd", 2), ("مرحبا", 5), ("😀", 2),
    ])
    func `a text is counted by its bytes and never as nothing`(text: String, tokens: Int64) {
        #expect(TokenEstimator.count(text) == tokens)
    }

    @Test func `where a text was cut changes nothing`() {
        var counter = TokenCounter()
        for character in "one two thr😀e مرحبا" { counter.add(String(character)) }
        #expect(counter.tokens == TokenEstimator.count("one two thr😀e مرحبا"))
    }

    @Test func `a request is estimated a tenth above its count and never as nothing`() {
        #expect(TokenEstimator.estimate(ChatRequest(messages: [], maxOutputTokens: 1)) == 5)
        let text = String(repeating: "abc", count: 100)
        let request = ChatRequest(messages: [ChatMessage(.user, text)], maxOutputTokens: 1)
        #expect(TokenEstimator.estimate(request) == 119)
        #expect(TokenEstimator.estimate([""]) == 2)
    }

    @Test func `tools are read too`() {
        let tool = ChatTool(name: "look", description: "Looks.", schema: "{}")
        let plain = ChatRequest(messages: [], maxOutputTokens: 1)
        let tooled = ChatRequest(messages: [], maxOutputTokens: 1, tools: [tool])
        #expect(TokenEstimator.estimate(tooled) > TokenEstimator.estimate(plain))
    }
}
