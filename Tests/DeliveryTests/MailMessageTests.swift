import Domain
import Foundation
import Testing

@testable import Delivery

@Suite struct MailMessageTests {
    private func lines(_ message: MailMessage) throws -> [String] {
        String(decoding: try message.bytes(), as: UTF8.self).components(separatedBy: "\r\n")
    }

    @Test func `a plain message, to the letter`() throws {
        #expect(
            try lines(Samples.message()) == [
                "Date: Mon, 02 Mar 2026 10:14:00 +0000",
                "From: \"Ghostworks\" <ghost@example.org>",
                "To: ada@example.org",
                "Message-ID: <0199-test@example.org>",
                "Subject: Hello",
                "Auto-Submitted: auto-generated",
                "MIME-Version: 1.0",
                "Content-Type: multipart/alternative;", " boundary=\"=_gw_0199-test\"",
                "",
                "--=_gw_0199-test",
                "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: 7bit", "",
                "Hello", "Ada", "",
                "--=_gw_0199-test",
                "Content-Type: text/html; charset=utf-8", "Content-Transfer-Encoding: 7bit", "",
                "<p>Hello</p>",
                "--=_gw_0199-test--", "",
            ]
        )
    }

    @Test(arguments: ["a\r\nBcc: eve@x.test", "a\nb", "a\rb", "a\u{0}b", "a\u{85}b", "a\u{2028}b"])
    func `a subject with a line break is refused for good`(subject: String) throws {
        let message = try Samples.message(subject: subject)
        let failure = DeliveryFailure(.permanent, "a header field holds control characters")
        #expect(throws: failure) { try message.bytes() }
    }

    @Test(arguments: [
        "a>,<b@example.org", "a,b@example.org", "\"a\"@example.org", "a(b)@example.org",
        ".a@example.org", "a..b@example.org", "a@exa<mple.org", "a@[127.0.0.1].x",
    ])
    func `an address that could mean something else is refused for good`(
        address: String
    ) throws {
        let failure = DeliveryFailure(.permanent, "the address cannot be written in a mail")
        let error = #expect(throws: (any Error).self) {
            try Samples.message(to: address).bytes()
        }
        // Most are no mail address here at all; the others get no further than this.
        #expect(error is DomainError || error as? DeliveryFailure == failure)
    }

    @Test(arguments: [
        "دعوة إلى مساحة العمل الخيرية في الكويت وما حولها من البلدان البعيدة والقريبة جدا",
        "=?utf-8?q?disguised?=",
        String(repeating: "long ", count: 60),
        "👩‍👩‍👧‍👦 family 👩‍👩‍👧‍👦 family 👩‍👩‍👧‍👦 family",
    ])
    func `other subjects become encoded words of bearable length`(subject: String) throws {
        let header = try #require(
            try lines(Samples.message(subject: subject)).joined(separator: "\r\n")
                .split(separator: "\r\nSubject: ").last?.split(separator: "\r\nAuto-").first
        )
        let words = header.components(separatedBy: "\r\n ")
        #expect(words.allSatisfy { $0.utf8.count <= 75 })
        let decoded = words.map { word in
            Base64.decode(String(word.dropFirst("=?UTF-8?B?".count).dropLast(2)))
        }
        // Each word is whole text by itself.
        #expect(decoded.allSatisfy { String(validating: $0, as: UTF8.self) != nil })
        #expect(String(decoding: decoded.flatMap { $0 }, as: UTF8.self) == subject)
    }

    @Test func `a sender's name with a comma or a quote is one name`() throws {
        let box = try Mailbox(parsing: "Ghost, \"Works\" <ghost@example.org>")
        #expect(try box.header() == "\"Ghost, \\\"Works\\\"\" <ghost@example.org>")
        let arabic = try Mailbox(parsing: "شبح <ghost@example.org>")
        #expect(try arabic.header() == "=?UTF-8?B?2LTYqNit?= <ghost@example.org>")
    }

    @Test(arguments: ["ghost", "<ghost@example.org", "a <b>", "", "a <x@y.z> b"])
    func `a sender that is no address is refused`(text: String) {
        #expect(throws: DomainError.self) { try Mailbox(parsing: text) }
    }

    @Test func `long or foreign text is base64 in short lines, and arrives whole`() throws {
        let text = String(repeating: "مرحبًا ", count: 100) + "\r\nend\rand"
        let all = try lines(Samples.message(text: text))
        #expect(all.allSatisfy { $0.utf8.count <= 78 })
        let start = try #require(all.firstIndex(of: "Content-Transfer-Encoding: base64"))
        let body = all[(start + 2)...].prefix { !$0.hasPrefix("--") }.joined()
        let arrived = String(decoding: Base64.decode(body), as: UTF8.self)
        #expect(arrived == String(repeating: "مرحبًا ", count: 100) + "\r\nend\r\nand")
    }
}
