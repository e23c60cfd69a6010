package import Domain

/// A mail address with the name that stands before it.
package struct Mailbox: Hashable, Sendable {
    package let name: String?
    package let address: EmailAddress

    package init(name: String?, address: EmailAddress) {
        self.name = name
        self.address = address
    }

    /// Reads `ada@example.org` or `Ada Ghost <ada@example.org>`.
    package init(parsing text: String) throws(DomainError) {
        var name = ""
        var inner = text
        if text.hasSuffix(">"), let open = text.lastIndex(of: "<") {
            name = String(text[..<open])
            while name.last == " " { name.removeLast() }
            inner = String(text[text.index(after: open)...].dropLast())
        }
        self.init(name: name.isEmpty ? nil : name, address: try EmailAddress(inner))
        guard (try? header()) != nil else {
            throw .invalid("sender", "must be a mail address that needs no quoting")
        }
    }

    /// The part behind the at sign.
    package var domain: String {
        String(address.description.split(separator: "@").last ?? "")
    }

    /// The header's value (RFC 5322, 3.4).
    func header() throws(DeliveryFailure) -> String {
        let address = try HeaderText.address(self.address)
        guard let name else { return address }
        let word = try HeaderText.encode(name, after: 6)
        // A plain name is quoted, so that a comma or a dot in it means nothing.
        guard word == name else { return "\(word) <\(address)>" }
        let quoted = name.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        return "\"\(quoted)\" <\(address)>"
    }
}
