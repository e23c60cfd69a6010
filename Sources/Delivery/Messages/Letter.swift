package import Domain

/// A mail as it goes out: both forms of the text, in one language.
package struct Letter: Hashable, Sendable {
    package var recipient: EmailAddress
    package var subject: String
    /// Plain text, lines ended by a line feed.
    package var text: String
    package var html: String

    package init(recipient: EmailAddress, subject: String, text: String, html: String) {
        self.recipient = recipient
        self.subject = subject
        self.text = text
        self.html = html
    }
}
