import Delivery
import Domain

/// Letters and senders of tests.
enum Samples {
    static let sender = Result { () throws(DomainError) in
        try Mailbox(parsing: "Ghostworks <ghost@example.org>")
    }

    static func message(
        to recipient: String = "ada@example.org",
        subject: String = "Hello",
        text: String = "Hello\nAda\n",
        html: String = "<p>Hello</p>",
        id: String = "0199-test"
    ) throws -> MailMessage {
        MailMessage(
            Letter(
                recipient: try EmailAddress(recipient),
                subject: subject,
                text: text,
                html: html
            ),
            from: try sender.get(),
            id: id,
            date: Instant(seconds: 1_772_446_440)
        )
    }
}
