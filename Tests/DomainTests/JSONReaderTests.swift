import Domain
import Testing

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
        #expect(throws: JSONReader.Refusal.self) { try JSONReader.read(Array(text.utf8)) }
    }

    @Test func `refuses text that is not UTF-8`() {
        #expect(throws: JSONReader.Refusal.self) {
            try JSONReader.read([0x22, 0xFF, 0x22])
        }
    }

    @Test func `refuses deep nesting without going deep`() {
        let text = String(repeating: "[", count: 100_000)
        let error = #expect(throws: JSONReader.Refusal.self) {
            try JSONReader.read(Array(text.utf8))
        }
        #expect(error?.rule == "more than 32 levels of nesting")
    }

    @Test func `says where`() {
        let error = #expect(throws: JSONReader.Refusal.self) {
            try JSONReader.read(Array(#"{"a":1,"a":2}"#.utf8))
        }
        #expect(error?.rule == #"the name "a" twice in one object"#)
        #expect(error?.offset == 7)
    }

    @Test(arguments: [
        ("9223372036854775808", JSONValue.number(9_223_372_036_854_775_808)),
        ("1" + String(repeating: "0", count: 300), .number(1e300)),
    ])
    func `takes what the database wrote with all its digits`(text: String, value: JSONValue) throws
    {
        #expect(try JSONReader.read(Array(text.utf8), from: .stored) == value)
    }

    @Test(arguments: [
        (#"{"a":1,"a":2}"#, JSONValue.object(["a": .integer(2)])),
        (#""\u0000\ud800""#, .string("\u{FFFD}\u{FFFD}")),
        (#""\udc00\ud83d\ude00""#, .string("\u{FFFD}\u{1F600}")),
        (#""\ud800\u0041""#, .string("\u{FFFD}A")), (#""\ud83d""#, .string("\u{FFFD}")),
        (#""\ud83d\ud83d\ude00""#, .string("\u{FFFD}\u{1F600}")),
        ("9223372036854775808", .number(9_223_372_036_854_775_808)),
    ])
    func `repairs what model servers write wrongly`(text: String, value: JSONValue) throws {
        #expect(try JSONReader.read(Array(text.utf8), from: .answer) == value)
    }

    @Test(arguments: [
        "{", #""\u00g0""#, #""\ud83d\q""#, "1e999", "nul", "1 2",
        String(repeating: "[", count: 33) + String(repeating: "]", count: 33),
    ])
    func `refuses what is no JSON from model servers, too`(text: String) {
        #expect(throws: JSONReader.Refusal.self) {
            try JSONReader.read(Array(text.utf8), from: .answer)
        }
    }

    @Test func `goes deeper for what is stored around what was accepted`() throws {
        let text = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
        _ = try JSONReader.read(Array(text.utf8), from: .stored)
        #expect(throws: JSONReader.Refusal.self) { try JSONReader.read(Array(text.utf8)) }
    }
}
