import Domain
import Testing

@testable import Delivery

@Suite struct LetterTests {
    /// A quote with a combining mark is one character and not `"`: it must be escaped all the same.
    private static let hostile = #"<b>&'"# + "\"\u{301} onload=x\u{202E}\r\nBcc: eve@x.test\u{0} أ"

    private func mail(_ template: Mail.Template, _ language: Mail.Language) throws -> Mail {
        var values: [String: String] = [:]
        for name in template.valueNames { values[name] = Self.hostile }
        return Mail(template, to: try EmailAddress("ada@example.org"), in: language, values: values)
    }

    @Test(arguments: Mail.Template.allCases, Mail.Language.allCases)
    func `every template bears hostile values in every language`(
        template: Mail.Template,
        language: Mail.Language
    ) throws {
        let writer = LetterWriter(linkBase: "https://app.example.org")
        let letter = try writer.letter(mail(template, language))
        for text in [letter.subject, letter.text, letter.html] {
            #expect(!text.contains("{{") && !text.contains("}}"))
            #expect(!text.unicodeScalars.contains { $0 == "\u{202E}" || $0 == "\u{0}" })
            #expect(!text.contains("\r"))
        }
        #expect(!letter.subject.contains("\n"))
        #expect(!letter.html.contains("<b>"))
        #expect(!Array(letter.html.unicodeScalars).contains(["\"", "\u{301}"]))
        let direction = language == .arabic ? "lang=\"ar\" dir=\"rtl\"" : "lang=\"en\" dir=\"ltr\""
        #expect(letter.html.contains(direction))
        // The message is one that a mail server takes.
        _ = try MailMessage(
            letter,
            from: try Samples.sender.get(),
            id: "1",
            date: Instant(seconds: 0)
        ).bytes()
    }

    @Test(arguments: Mail.Template.allCases, Mail.Language.allCases)
    func `the words name only values that the template has`(
        template: Mail.Template,
        language: Mail.Language
    ) {
        for text in Wording.of(template, in: language).texts {
            let tags = text.matches(of: /\{\{[#\/]?([a-z_.]+)\}\}/).map { String($0.output.1) }
            #expect(Set(tags).subtracting(["."]).isSubset(of: template.valueNames), "\(text)")
        }
    }

    @Test(arguments: Mail.Template.allCases)
    func `the two languages name the same values`(template: Mail.Template) {
        func tags(_ language: Mail.Language) -> [String] {
            Wording.of(template, in: language).texts.flatMap { text in
                text.matches(of: /\{\{([a-z_]+)\}\}/).map { String($0.output.1) }
            }.sorted()
        }
        #expect(tags(.english) == tags(.arabic))
    }

    @Test(arguments: [("80", "has reached 80 % of its limit"), (nil, "has reached its soft limit")])
    func `an alert of a budget says of which and how far`(
        percent: String?,
        words: String
    ) throws {
        var values = [
            "name": "Ada", "workspace": "Acme Charity", "budget_scope": "tenant",
            "budget_metric": "tokens", "used": "80000", "hard": "100000",
            "since": "2026-03-01T00:00:00.000000Z",
        ]
        values["percent"] = percent
        let letter = try LetterWriter(linkBase: "https://app.example.org").letter(
            Mail(.budgetAlert, to: try EmailAddress("ada@example.org"), values: values)
        )
        #expect(letter.subject.hasPrefix("AI budget of Acme Charity: "))
        #expect(letter.text.contains("for tokens of the whole workspace in the workspace"))
        #expect(letter.text.contains(words))
        #expect(letter.text.contains("80000 of 100000 since 1 March 2026, 00:00 UTC"))
    }

    @Test func `an invitation in English`() throws {
        let letter = try LetterWriter(linkBase: "https://app.example.org").letter(
            Mail(
                .invitation,
                to: try EmailAddress("ada@example.org"),
                values: [
                    "name": "Ada", "workspace": "Acme Charity", "inviter": "Omar", "role": "admin",
                    "token": "abc/def+1", "expires_at": "2026-03-02T10:14:00.000000Z",
                ]
            )
        )
        #expect(letter.subject == "Invitation to Acme Charity")
        #expect(
            letter.text == """
                Hello Ada,

                Omar invites you to the workspace Acme Charity on Ghostworks, as administrator.

                https://app.example.org/invitations#abc%2Fdef%2B1

                The invitation is for this mail address only and holds until 2 March 2026, 10:14 UTC.

                If you do not know the sender, do nothing.

                If the link cannot be opened, use this code:

                abc/def+1

                """
        )
        #expect(
            letter.html.contains("<a href=\"https://app.example.org/invitations#abc%2Fdef%2B1\">")
        )
    }

    @Test func `a person without a name is greeted without one`() throws {
        let letter = try LetterWriter(linkBase: "https://a.example").letter(
            Mail(.passwordChanged, to: try EmailAddress("ada@example.org"), values: ["name": ""])
        )
        #expect(letter.text.hasPrefix("Hello,\n"))
    }

    @Test func `times and roles are Arabic in Arabic, and names are isolated`() throws {
        let letter = try LetterWriter(linkBase: "https://a.example").letter(
            Mail(
                .invitation,
                to: try EmailAddress("ada@example.org"),
                in: .arabic,
                values: [
                    "workspace": "Acme", "inviter": "Omar", "role": "admin", "token": "t",
                    "expires_at": "2026-03-02T10:14:00Z",
                ]
            )
        )
        #expect(letter.subject == "دعوة إلى \u{2068}Acme\u{2069}")
        #expect(letter.text.contains("بدور \u{2068}مشرف\u{2069}"))
        #expect(letter.text.contains("2 مارس 2026، 10:14 بالتوقيت العالمي"))
    }
}
