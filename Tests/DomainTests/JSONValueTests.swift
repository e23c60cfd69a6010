import Testing

@testable import Domain

@Suite struct JSONValueTests {
    @Test(arguments: [
        (#"{"b":1,"a":2}"#, #"{"a":2,"b":1}"#),
        (#" { "a" : [ 1 , 2.50 , true , null ] } "#, #"{"a":[1,2.5,true,null]}"#),
        (#"{"x":1.0}"#, #"{"x":1}"#),
        (#"{"x":-0.0}"#, #"{"x":0}"#),
        (#""\u00e9\/""#, #""é/""#),
        (#""\u0001\b\f\n\r\t\"\\""#, #""\u0001\b\f\n\r\t\"\\""#),
        (#"{"é":1,"z":2,"a":3}"#, #"{"a":3,"z":2,"é":1}"#),
        (#""محمد 👻""#, #""محمد 👻""#),
        ("9223372036854775807", "9223372036854775807"),
        ("[]", "[]"),
        ("{}", "{}"),
    ])
    func `a value has one canonical form`(text: String, canonical: String) throws {
        let value = try JSONValue(parsing: text, field: "json")
        #expect(value.canonical == canonical)
        #expect(try JSONValue(parsing: canonical, field: "json").canonical == canonical)
    }

    @Test func `members are ordered by UTF-16 units, not by characters`() throws {
        // U+1F47B is a surrogate pair (D83D…), which sorts before U+FB01.
        let value = JSONValue.object(["\u{FB01}": .integer(1), "\u{1F47B}": .integer(2)])
        #expect(value.canonical == "{\"\u{1F47B}\":2,\"\u{FB01}\":1}")
    }

    @Test(arguments: ["", "{", "{\"a\":}", "[1,,2]", "nul", "{\"a\":1}}", "'a'", "\u{0}"])
    func `text that is not JSON is refused`(text: String) {
        #expect(throws: DomainError.invalid("metadata", "must be valid JSON")) {
            try JSONValue(parsing: text, field: "metadata")
        }
    }

    @Test func `numbers that are not finite become null`() {
        #expect(JSONValue.number(.infinity).canonical == "null")
        #expect(JSONValue.number(.nan).canonical == "null")
    }

    @Test func `members are read by name`() {
        let value = JSONValue.object(["a": .object(["b": .bool(true)])])
        #expect(value["a"]?["b"] == .bool(true))
        #expect(value["x"] == nil)
        #expect(JSONValue.array([])["a"] == nil)
    }

    @Test func `a character is found in keys and at any depth`() {
        #expect(JSONValue.object(["a": .array([.string("x\0")])]).contains("\0"))
        #expect(JSONValue.object(["a\0": .null]).contains("\0"))
        #expect(!JSONValue.object(["a": .string("\\u0000")]).contains("\0"))
    }
}
