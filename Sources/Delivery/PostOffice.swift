package import Domain

/// Everything between a mail and the way out: words, sender, transport.
package struct PostOffice: Sendable {
    private let writer: LetterWriter
    private let sender: Mailbox
    package let transport: MailTransport

    package init(writer: LetterWriter, sender: Mailbox, transport: MailTransport) {
        self.writer = writer
        self.sender = sender
        self.transport = transport
    }

    /// Hands one mail over.
    ///
    /// - Parameters:
    ///   - mail: what to say, and to whom.
    ///   - id: the mail's own, the same at every try.
    ///   - date: when it was queued.
    /// - Throws: A ``DeliveryFailure``.
    package func send(_ mail: Mail, id: String, date: Instant) async throws {
        let letter: Letter
        do {
            letter = try writer.letter(mail)
        } catch {
            throw DeliveryFailure(.permanent, "the template cannot be rendered")
        }
        try await transport.send(MailMessage(letter, from: sender, id: id, date: date))
    }
}
