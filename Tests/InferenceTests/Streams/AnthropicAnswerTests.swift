import Domain
import Inference
import Testing

@Suite struct AnthropicAnswerTests {
    private func read(_ events: String...) -> Reading {
        let text = events.map { "event: x\ndata: \($0)\n\n" }.joined()
        return Reading(Array(text.utf8), .anthropic)
    }

    private static let start =
        #"{"type":"message_start","message":{"id":"m1","usage":{"input_tokens":9,"#
        + #""cache_read_input_tokens":4,"cache_creation_input_tokens":2,"output_tokens":1}}}"#
    private static let stop = #"{"type":"message_stop"}"#

    @Test func `a stream becomes events, its counts put together`() {
        let reading = read(
            Self.start,
            #"{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}"#,
            #"{"type":"ping"}"#,
            #"{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hi"}}"#,
            #"{"type":"content_block_stop","index":0}"#,
            #"{"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":5}}"#,
            Self.stop
        )
        let first = TokenUsage(input: 9, output: 1, cached: 4, cacheWrite: 2)
        let last = TokenUsage(input: 9, output: 5, cached: 4, cacheWrite: 2)
        #expect(
            reading.events == [
                .started(providerRequest: "m1"), .usage(first), .text("Hi"), .usage(last),
                .finished(.stop),
            ]
        )
        #expect(reading.fault == nil)
    }

    @Test func `function calls are numbered among themselves, and thoughts are not shown`() {
        let reading = read(
            Self.start,
            #"{"type":"content_block_start","index":0,"content_block":{"type":"thinking"}}"#,
            #"{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","#
                + #""thinking":"hm"}}"#,
            #"{"type":"content_block_start","index":1,"content_block":{"type":"tool_use","#
                + #""id":"t1","name":"look","input":{}}}"#,
            #"{"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","#
                + #""partial_json":"{\"q\":"}}"#,
            #"{"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","#
                + #""partial_json":"1}"}}"#,
            #"{"type":"message_delta","delta":{"stop_reason":"tool_use"}}"#,
            Self.stop
        )
        #expect(
            reading.events.suffix(2) == [
                .toolCall(index: 0, id: "t1", name: "look", arguments: #"{"q":1}"#),
                .finished(.toolCalls),
            ]
        )
    }

    @Test func `a count that cannot be believed leaves those before it`() {
        let reading = read(
            Self.start,
            #"{"type":"message_delta","delta":{"stop_reason":"end_turn"},"#
                + #""usage":{"input_tokens":7,"output_tokens":1000000000000000}}"#,
            Self.stop
        )
        let first = TokenUsage(input: 9, output: 1, cached: 4, cacheWrite: 2)
        #expect(
            reading.events == [.started(providerRequest: "m1"), .usage(first), .finished(.stop)]
        )
        #expect(reading.fault == nil)
    }

    @Test(arguments: [
        ("max_tokens", ChatEvent.FinishReason.length), ("refusal", .contentFilter),
        ("stop_sequence", .stop), ("something_new", .stop),
    ])
    func `every reason to end has its word`(word: String, reason: ChatEvent.FinishReason) {
        let reading = read(
            Self.start,
            #"{"type":"message_delta","delta":{"stop_reason":"\#(word)"}}"#,
            Self.stop
        )
        #expect(reading.events.last == .finished(reason))
    }

    @Test(arguments: [
        (#"{"type":"error","error":{"type":"overloaded_error"}}"#, ProviderFailure.Reason.broken),
        (#"{"type":"error","error":{"type":"rate_limit_error"}}"#, .rateLimited),
        (#"{"type":"error","error":{"type":"invalid_request_error"}}"#, .badRequest),
        (#"{"type":"content_block_delta"}"#, .broken),
        (#"{"type":"content_block_start","index":-3}"#, .broken),
        ("no JSON", .broken), (#"{"type":"message_stop"}"#, .broken),
    ])
    func `what is no answer is a fault`(event: String, reason: ProviderFailure.Reason) {
        #expect(read(Self.start, event).fault?.reason == reason)
    }

    @Test func `an answer in one piece becomes the same events`() {
        let text = #"""
            {"id":"m2","type":"message","content":[{"type":"text","text":"Hi"},
            {"type":"tool_use","id":"t1","name":"look","input":{"b":1,"a":[2]}}],
            "stop_reason":"tool_use","usage":{"input_tokens":3,"output_tokens":2}}
            """#
        #expect(
            Reading(whole: text, .anthropic).events == [
                .started(providerRequest: "m2"), .text("Hi"),
                .toolCall(index: 0, id: "t1", name: "look", arguments: #"{"a":[2],"b":1}"#),
                .usage(TokenUsage(input: 3, output: 2)), .finished(.toolCalls),
            ]
        )
        #expect(Reading(whole: "{}", .anthropic).fault?.reason == .broken)
    }
}
