import Domain
import Testing

@testable import HTTPAPI

struct `JSON that is written` {
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
