import Domain
import Inference
import Testing

@Suite struct OpenAIAnswerTests {
    private func read(_ chunks: String...) -> Reading {
        let text = chunks.map { "data: \($0)\n\n" }.joined()
        return Reading(Array(text.utf8), .openAI)
    }

    private static let hello = #"{"id":"c1","choices":[{"index":0,"delta":{"content":"Hello"}}]}"#
    private static let stop =
        #"{"id":"c1","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}"#

    @Test func `a stream becomes events, and the last count counts`() {
        let reading = read(
            Self.hello,
            #"{"id":"c1","choices":[{"index":0,"delta":{"content":""}}],"usage":null}"#,
            #"{"choices":[{"index":0,"delta":{"content":" there"}}],"usage":{"prompt_tokens":7,"#
                + #""completion_tokens":1}}"#,
            Self.stop,
            #"{"choices":[],"usage":{"prompt_tokens":7,"completion_tokens":4}}"#,
            "[DONE]"
        )
        #expect(
            reading.events == [
                .started(providerRequest: "c1"), .text("Hello there"),
                .usage(TokenUsage(input: 7, output: 1)), .finished(.stop),
                .usage(TokenUsage(input: 7, output: 4)),
            ]
        )
        #expect(reading.fault == nil)
    }

    @Test func `function calls keep their places`() {
        let reading = read(
            #"{"choices":[{"delta":{"tool_calls":[{"index":0,"id":"a","function":{"name":"look","#
                + #""arguments":""}},{"index":1,"id":"b","function":{"name":"see","#
                + #""arguments":"{}"}}]}}]}"#,
            #"{"choices":[{"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\"q\":"}}]}}]}"#,
            #"{"choices":[{"delta":{"tool_calls":[{"index":0,"function":{"arguments":"1}"}}]}}]}"#,
            #"{"choices":[{"delta":{},"finish_reason":"tool_calls"}]}"#
        )
        #expect(
            reading.events == [
                .started(providerRequest: nil),
                .toolCall(index: 0, id: "a", name: "look", arguments: ""),
                .toolCall(index: 1, id: "b", name: "see", arguments: "{}"),
                .toolCall(index: 0, id: nil, name: nil, arguments: #"{"q":1}"#),
                .finished(.toolCalls),
            ]
        )
    }

    @Test func `each kind of token is counted once`() {
        let details =
            #""prompt_tokens_details":{"cached_tokens":6},"#
            + #""completion_tokens_details":{"reasoning_tokens":3}"#
        let within = read(
            Self.stop,
            #"{"choices":[],"usage":{"prompt_tokens":10,"completion_tokens":5,"#
                + #""total_tokens":15,\#(details)}}"#
        )
        let expected = TokenUsage(input: 4, output: 2, cached: 6, reasoning: 3)
        #expect(within.events.last == .usage(expected))
        let beside = read(
            Self.stop,
            #"{"choices":[],"usage":{"prompt_tokens":10,"completion_tokens":2,"#
                + #""total_tokens":15,\#(details)}}"#
        )
        #expect(beside.events.last == .usage(expected))
    }

    @Test(arguments: [
        #"{"prompt_tokens":-1,"completion_tokens":5}"#,
        #"{"prompt_tokens":0,"completion_tokens":0}"#,
        #"{"prompt_tokens":10,"completion_tokens":1000000000000000}"#,
        #"{"prompt_tokens":10,"completion_tokens":100000001}"#,
        #"{"prompt_tokens":10,"completion_tokens":9,"completion_tokens_details":{"reasoning_tokens":1e15}}"#,
        #"{"prompt_tokens":"7"}"#, #"{"prompt_tokens":1e300}"#, "[]", #"{"prompt_tokens":1.5}"#,
    ])
    func `a count that cannot be believed is none`(usage: String) {
        let reading = read(Self.stop, #"{"choices":[],"usage":\#(usage)}"#)
        #expect(reading.events == [.started(providerRequest: "c1"), .finished(.stop)])
        #expect(reading.fault == nil)
    }

    @Test func `behind the end stands nothing but a count`() {
        let reading = read(Self.hello, Self.stop, Self.hello, Self.stop)
        #expect(
            reading.events == [
                .started(providerRequest: "c1"), .text("Hello"), .finished(.stop),
            ]
        )
    }

    @Test func `an answer that was not asked for is not read`() {
        let other = #"{"choices":[{"index":1,"delta":{"content":"other"}}]}"#
        #expect(read(Self.hello, other, Self.stop).events.contains(.text("Hello")))
        #expect(!read(other, Self.stop).events.contains(.text("other")))
    }

    @Test(arguments: [
        (["[DONE]"], ProviderFailure.Reason.broken), ([], .broken), ([hello], .broken),
        ([hello, "{"], .broken), (["[]"], .broken), (["7"], .broken),
        ([#"{"error":{"message":"x","type":"server_error"}}"#], .broken),
        ([#"{"error":{"code":"rate_limit_exceeded"}}"#], .rateLimited),
        ([#"{"error":{"type":"invalid_request_error"}}"#], .badRequest),
        ([#"{"error":{"code":"context_length_exceeded"}}"#], .tooLong),
        ([#"{"error":"words"}"#], .broken),
        ([#"{"choices":[{"delta":{"tool_calls":[{"index":-1}]}}]}"#], .broken),
        ([#"{"choices":[{"delta":{"tool_calls":[{"index":900}]}}]}"#], .broken),
    ])
    func `what is no answer is a fault`(chunks: [String], reason: ProviderFailure.Reason) {
        let text = chunks.map { "data: \($0)\n\n" }.joined()
        #expect(Reading(Array(text.utf8), .openAI).fault?.reason == reason)
    }

    @Test func `a fault tells nothing of the provider's prose`() {
        let reading = read(#"{"error":{"message":"key sk-123 of Ada","type":"Words, of Ada"}}"#)
        #expect(reading.fault?.message == "The provider failed while it answered.")
    }

    @Test func `a stream without an end but with its mark is at its end`() {
        #expect(read(Self.hello, "[DONE]").events.last == .finished(.stop))
    }

    @Test func `texts that servers write wrongly are repaired`() {
        let reading = read(
            #"{"choices":[{"delta":{"content":"a\ud83d b\u0000","content":"a\ud83d b\u0000"}}]}"#,
            Self.stop
        )
        #expect(reading.events.contains(.text("a\u{FFFD} b\u{FFFD}")))
    }

    @Test func `an answer in one piece becomes the same events`() {
        let text = #"""
            {"id":"c2","choices":[{"index":0,"message":{"role":"assistant","content":"Hi","tool_calls":
            [{"id":"a","type":"function","function":{"name":"look","arguments":"{}"}}]},
            "finish_reason":"length"}],"usage":{"prompt_tokens":3,"completion_tokens":2}}
            """#
        #expect(
            Reading(whole: text, .openAI).events == [
                .started(providerRequest: "c2"), .text("Hi"),
                .toolCall(index: 0, id: "a", name: "look", arguments: "{}"),
                .usage(TokenUsage(input: 3, output: 2)), .finished(.length),
            ]
        )
        #expect(Reading(whole: "{}", .openAI).fault?.reason == .broken)
        #expect(Reading(whole: "<html>", .openAI).fault?.reason == .broken)
    }
}
