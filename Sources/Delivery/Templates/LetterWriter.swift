package import Domain
import Foundation
import Mustache

/// Makes letters of mails: the words of the language, the values, the link.
package struct LetterWriter: Sendable {
    private let linkBase: String

    /// - Parameter linkBase: where the product's pages are, without a slash at the end.
    package init(linkBase: String) {
        self.linkBase = linkBase
    }

    /// The letter of a mail.
    ///
    /// - Throws: When a template is malformed, which a test rules out.
    package func letter(_ mail: Mail) throws -> Letter {
        let page = try page(mail)
        return Letter(
            recipient: mail.recipient,
            subject: page.subject,
            text: page.text,
            html: try page.html()
        )
    }

    private func page(_ mail: Mail) throws -> LetterPage {
        let wording = Wording.of(mail.template, in: mail.language)
        let values = MailValues(mail).shown()
        func filled(_ text: String) throws -> String {
            // As text: the page escapes each paragraph whole when it becomes HTML.
            try MustacheTemplate(string: "{{% CONTENT_TYPE:TEXT}}" + text).render(values)
        }
        var link = values
        link["token"] = values["token"]?
            .addingPercentEncoding(withAllowedCharacters: Self.unreserved)
        return LetterPage(
            language: mail.language,
            subject: try filled(wording.subject),
            opening: try wording.opening.map(filled),
            link: try wording.action.map { action in
                let path = try MustacheTemplate(string: "{{% CONTENT_TYPE:TEXT}}" + action.path)
                return (label: action.label, address: linkBase + path.render(link))
            },
            closing: try wording.closing.map(filled),
            code: try wording.code.map(filled)
        )
    }

    /// RFC 3986, 2.3.
    private static let unreserved = CharacterSet(
        charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
    )
}
