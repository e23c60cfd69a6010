package import Domain
import Foundation

/// A letter with everything that the way asks for: the bytes that a mail server gets.
///
/// RFC 5322 for the headers, RFC 2046 for the two forms of the text, RFC 3834 for the word that
/// keeps holiday answers away.
package struct MailMessage: Sendable {
    package let letter: Letter
    package let sender: Mailbox
    /// The same at every try, so that a mail that arrives twice can be told by its Message-ID.
    package let id: String
    package let date: Instant

    package init(_ letter: Letter, from sender: Mailbox, id: String, date: Instant) {
        self.letter = letter
        self.sender = sender
        self.id = id
        self.date = date
    }

    /// The whole message; lines end with CR LF.
    ///
    /// - Throws: A permanent failure for text that no header may hold.
    package func bytes() throws(DeliveryFailure) -> [UInt8] {
        let boundary = "=_gw_\(id)"
        let lines =
            try headers(boundary) + [""]
            + part(letter.text, "text/plain", boundary) + part(letter.html, "text/html", boundary)
            + ["--\(boundary)--", ""]
        return Array(lines.joined(separator: "\r\n").utf8)
    }

    private func headers(_ boundary: String) throws(DeliveryFailure) -> [String] {
        [
            "Date: \(date.mailDate)",
            "From: \(try sender.header())",
            "To: \(try HeaderText.address(letter.recipient))",
            "Message-ID: <\(id)@\(sender.domain)>",
            "Subject: \(try HeaderText.encode(letter.subject, after: 9))",
            "Auto-Submitted: auto-generated",
            "MIME-Version: 1.0",
            "Content-Type: multipart/alternative;\r\n boundary=\"\(boundary)\"",
        ]
    }

    private func part(_ text: String, _ type: String, _ boundary: String) -> [String] {
        // As one line break, whatever it was: a lone CR or LF is not allowed on the way.
        let plain = text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
        let lines = plain.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let isPlain =
            plain.utf8.allSatisfy { $0 == 10 || (32..<127).contains($0) }
            && lines.allSatisfy { $0.utf8.count <= 78 }
        return [
            "--\(boundary)",
            "Content-Type: \(type); charset=utf-8",
            "Content-Transfer-Encoding: \(isPlain ? "7bit" : "base64")",
            "",
        ] + (isPlain ? lines : Self.base64(lines.joined(separator: "\r\n")))
    }

    private static func base64(_ text: String) -> [String] {
        Data(text.utf8)
            .base64EncodedString(options: [.lineLength76Characters, .endLineWithLineFeed])
            .split(separator: "\n").map(String.init)
    }
}

extension Instant {
    private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// RFC 5322, 3.3, in UTC: `Mon, 02 Mar 2026 10:14:00 +0000`.
    var mailDate: String {
        let date = date
        let second = Int(seconds) - date.daysSinceEpoch * 86_400
        // 1970-01-01 was a Thursday.
        let weekday = ((date.daysSinceEpoch + 4) % 7 + 7) % 7
        let time = [second / 3_600, second / 60 % 60, second % 60].map(Self.twoDigits)
        return "\(Self.weekdays[weekday]), \(Self.twoDigits(date.day)) "
            + "\(Self.months[date.month - 1]) \(date.year) \(time.joined(separator: ":")) +0000"
    }

    static func twoDigits(_ number: Int) -> String {
        number < 10 ? "0\(number)" : "\(number)"
    }
}
