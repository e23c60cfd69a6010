import Domain
import Testing

@testable import HTTPAPI

struct `The JSON reader` {
    @Test(arguments: [
        (#"{"a":1}"#, JSONValue.object(["a": .integer(1)])),
        (#" [ true , false , null ] "#, .array([.bool(true), .bool(false), .null])),
        (#"-0.5e3"#, .number(-500)),
        (#""\u00e9\n\ud83d\ude00""#, .string("é\n😀")),
        (#"9223372036854775807"#, .integer(.max)),
        (#"{}"#, .object([:])),
    ])
    func `keeps what it accepts`(text: String, value: JSONValue) throws {
        #expect(try JSONReader.read(Array(text.utf8)) == value)
    }

    @Test(arguments: [
        "", " ", "{", "[1,]", #"{"a":1,}"#, #"{"a" 1}"#, "nul", "01", "1.", ".5", "+1", "--1",
        "1e999", "9223372036854775808", "1 2", #"{"a":1,"a":2}"#, #""\u0000""#, #""\ud800""#,
        #""\udc00\ud800""#, #""\q""#, "\"a\nb\"", #""open"#, "{1:2}", "NaN", "'a'",
        #""\u00g0""#, "[", #"{"a":{"b":[}}"#, "\u{FEFF}{}",
    ])
    func `refuses what is no JSON or cannot be kept`(text: String) {
        #expect(throws: DomainError.self) { try JSONReader.read(Array(text.utf8)) }
    }

    @Test func `refuses text that is not UTF-8`() {
        #expect(throws: DomainError.self) {
            try JSONReader.read([0x22, 0xFF, 0x22])
        }
    }

    @Test func `refuses deep nesting without going deep`() {
        let text = String(repeating: "[", count: 100_000)
        let error = #expect(throws: DomainError.self) { try JSONReader.read(Array(text.utf8)) }
        #expect(error?.message.contains("32 levels") == true)
    }

    @Test func `says where`() {
        let error = #expect(throws: DomainError.self) {
            try JSONReader.read(Array(#"{"a":1,"a":2}"#.utf8))
        }
        #expect(
            error?.message
                == """
                The body is not the JSON that is understood here: the name "a" twice in one \
                object, at byte 7.
                """
        )
    }

    @Test func `what is written can be read`() throws {
        let written: JSON = [
            "text": .string("\"\\\n\u{1}é\u{7F}"), "number": 7, "list": [true, .null],
            "value": .value(.object(["b": .number(1.5), "a": .array([])])),
        ]
        let read = try JSONReader.read(written.bytes)
        #expect(read["text"] == .string("\"\\\n\u{1}é\u{7F}"))
        #expect(read["list"] == .array([.bool(true), .null]))
        #expect(read["value"]?["b"] == .number(1.5))
    }

    @Test(arguments: [
        (0, "0.000000000"), (1, "0.000000001"), (1_500_000_000, "1.500000000"),
        (-25, "-0.000000025"),
    ])
    func `money is written exactly`(nano: Int64, text: String) {
        guard case .string(let written) = JSON(nanoUSD: nano) else {
            Issue.record("no text")
            return
        }
        #expect(written == text)
    }
}
