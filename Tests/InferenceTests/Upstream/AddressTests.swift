import Inference
import Testing

@Suite struct AddressTests {
    @Test(arguments: [
        ("https://api.openai.com/v1", "https://api.openai.com/v1"),
        ("https://llm.example.org/v1//", "https://llm.example.org/v1"),
        ("http://127.0.0.1:11434/v1", "http://127.0.0.1:11434/v1"),
        ("http://localhost:8000", "http://localhost:8000"),
        ("http://[::1]:1/v1", "http://[::1]:1/v1"),
        ("http://127.9.9.9/v1", "http://127.9.9.9/v1"),
    ])
    func `TLS elsewhere and anything here is an address`(text: String, base: String) {
        #expect(ProviderAddress(text)?.description == base)
    }

    @Test(arguments: [
        "", "llm.example.org", "http://llm.example.org/v1", "ftp://llm.example.org",
        "https://user:pass@llm.example.org", "https://llm.example.org/v1?key=1",
        "https://llm.example.org/#a", "https:///v1", "https://llm example.org",
        "file:///etc/passwd",
        "http://127.0.0.1.example.org/v1", "http://127.example.org/v1", "https://h/\u{7F}",
        "http://localhost.example.org", "https://llm.example.org/v1?",
    ])
    func `anything else is none`(text: String) {
        #expect(ProviderAddress(text) == nil)
    }

    @Test func `plain HTTP to another machine must be allowed`() {
        let text = "http://llm.internal:8000/v1"
        #expect(ProviderAddress(text, allowsPlain: true)?.description == text)
        #expect(ProviderAddress("ftp://llm.internal", allowsPlain: true) == nil)
    }

    @Test func `a key shows itself to nobody`() throws {
        let key = try #require(ProviderKey(" sk-secret\r\n", label: "env:KEY"))
        var dumped = ""
        dump(key, to: &dumped)
        for text in ["\(key)", String(reflecting: key), dumped] {
            #expect(!text.contains("secret"))
        }
        #expect(key.label == "env:KEY")
    }

    @Test(arguments: ["", " \n", "two words", "line\nbreak", "schlüssel", "nul\0"])
    func `what cannot stand in a header is no key`(text: String) {
        #expect(ProviderKey(text, label: "env:KEY") == nil)
    }

    @Test(arguments: [
        ("0", Duration.seconds(0)), ("120", .seconds(120)), ("1.5", .milliseconds(1_500)),
        ("99999999", .seconds(86_400)), ("Sun, 06 Nov 1994 08:49:38 GMT", .seconds(1)),
        ("Sun, 06 Nov 1994 08:49:37 GMT", .zero), ("Thu, 01 Jan 1970 00:00:00 GMT", .zero),
        ("Tue, 29 Feb 2000 12:00:00 GMT", .seconds(86_400)),
        ("Mon, 07 Nov 1994 08:49:36 GMT", .seconds(86_399)),
    ])
    func `Retry-After is seconds or a date`(text: String, wish: Duration) {
        #expect(RetryAfter.parse(text, now: 784_111_777) == wish)
    }

    @Test(arguments: [
        "", "soon", "-1", "1e5000", "NaN", "Sun, 06 Nov 1994 08:49:37 CET", "Sun, 06 Nov 1994",
        "Sun, 32 Nov 1994 08:49:37 GMT", "Sun, 06 Foo 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 25:49:37 GMT", "Sun, 06 Nov 1994 8:49 GMT", "99999999999999999999999",
    ])
    func `what is neither is nothing`(text: String) {
        #expect(RetryAfter.parse(text, now: 784_111_777) == nil)
    }
}
