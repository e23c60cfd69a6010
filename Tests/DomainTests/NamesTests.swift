import FoundationEssentials
import Testing

@testable import Domain

@Suite struct SlugTests {
    @Test(arguments: [
        "abc", "acme-charity", "a1b", "123", String(repeating: "a", count: 63), "a-b-c",
    ])
    func `a slug is letters, digits and single hyphens`(text: String) throws {
        #expect(try Slug(text).description == text)
    }

    @Test(arguments: [
        "", "ab", String(repeating: "a", count: 64), "Acme", "a--b", "-abc", "abc-", "a_b", "a.b",
        "a b", "abc\n", "ábc", "محمد", "../etc", "abc\0",
    ])
    func `anything else is refused`(text: String) {
        #expect(throws: DomainError.self) { try Slug(text) }
    }

    @Test func `a slug does not look like an id`() {
        #expect(throws: DomainError.invalid("slug", "must not look like an id")) {
            try Slug("00000000-0000-0000-0000-000000000000")
        }
    }

    @Test(arguments: Slug.reserved)
    func `a reserved word is refused`(word: String) {
        #expect(throws: DomainError.invalid("slug", "must not be the reserved word \(word)")) {
            try Slug(word)
        }
    }
}

@Suite struct EmailAddressTests {
    @Test func `two spellings of an address are the same`() throws {
        let address = try EmailAddress("Ada.Lovelace@Example.ORG")
        #expect(address.description == "Ada.Lovelace@Example.ORG")
        #expect(address.normalized == "ada.lovelace@example.org")
    }

    /// One letter as one sign and as two; a capital that is two signs and a small letter that is one.
    @Test(arguments: [
        ("Jos\u{E9}@Caf\u{E9}.org", "Jose\u{301}@Cafe\u{301}.org", "jos\u{E9}@caf\u{E9}.org"),
        ("\u{C5}sa@b.org", "\u{212B}sa@b.org", "\u{E5}sa@b.org"),
        ("J\u{30C}@b.org", "\u{1F0}@b.org", "\u{1F0}@b.org"),
        ("a\u{323}\u{307}@b.org", "a\u{307}\u{323}@b.org", "\u{1EA1}\u{307}@b.org"),
        ("\u{1112}\u{1161}\u{11AB}@b.org", "\u{D55C}@b.org", "\u{D55C}@b.org"),
        ("\u{623}@b.org", "\u{627}\u{654}@b.org", "\u{623}@b.org"),
    ])
    func `an address is the same however its letters are composed`(
        one: String,
        other: String,
        normalized: String
    ) throws {
        for text in [one, other] {
            let address = try EmailAddress(text)
            // Strings that are composed differently are equal: the bytes decide in the database.
            #expect(Array(address.normalized.utf8) == Array(normalized.utf8))
            let again = try EmailAddress(address.description)
            #expect(Array(again.description.utf8) == Array(address.description.utf8))
            #expect(Array(again.normalized.utf8) == Array(normalized.utf8))
        }
    }

    @Test(arguments: ["a@b.co", "a+b@example.org", "محمد@مثال.مصر", "o'hara@example.org"])
    func `an address has a name and a domain of labels`(text: String) throws {
        #expect(try EmailAddress(text).description == text)
    }

    @Test(arguments: [
        "", "a", "@b.co", "a@", "a@b", "a@b@c.org", "a b@c.org", "a@b..org", "a@.org", "a@b.org.",
        "a@-b.org", "a@b-.org", "a\0@b.org", "a@b.org\n", "a\u{1B}@b.org", "a\u{85}@b.org",
        String(repeating: "x", count: 65) + "@b.org",
        "a@" + String(repeating: "b.", count: 130) + "org",
        "a@" + String(repeating: "b", count: 64) + ".org", "a\u{202E}b@c.org", "<a@b.org>",
        "\"a\"@b.org", "a,b@c.org", "a;b@c.org", "a\u{200B}@b.org", "a\u{00A0}b@c.org",
        "a\u{2066}@b.org", "a(b)@c.org", "a@b\u{202E}.org", "a\u{FEFF}@b.org", "a\\b@c.org",
        "\u{212A}@b.org", "a@ban\u{212A}.org", "\u{1FEF}@b.org", "a\u{37E}@b.org",
        "a@b\u{37E}.org", "a@\u{301}b.org",
        String(repeating: "e\u{301}", count: 33) + "@b.org",
        String(repeating: "a\u{301}", count: 2_000) + "@b.org",
    ])
    func `anything else is refused`(text: String) {
        #expect(throws: DomainError.self) { try EmailAddress(text) }
    }
}

@Suite struct DisplayNameTests {
    @Test(arguments: [
        "\u{200B}", "\u{200B}\u{200D}\u{FEFF}", "\u{2060}", "\u{3164}", "\u{2800}", "\u{00AD}",
        "\u{200E}\u{200F}", "\u{E0041}", "\u{0301}",
    ])
    func `a name that nobody can see is refused`(name: String) {
        #expect(throws: DomainError.invalid("name", "must contain something that can be seen")) {
            try Validation.text(name, field: "name", length: 1...200)
        }
    }

    @Test(arguments: ["a\u{202E}gpj.exe", "\u{202A}a", "a\u{2066}b\u{2069}", "x\u{202D}y"])
    func `a name that turns the direction of text is refused`(name: String) {
        let sentence = "must not contain characters that turn the direction of text"
        #expect(throws: DomainError.invalid("name", sentence)) {
            try Validation.text(name, field: "name", length: 1...200)
        }
    }

    @Test(arguments: [
        "Ada", "هدى الشريف", "日本語", "👨‍👩‍👧‍👦", "O'Hara", "می\u{200C}خواهم", "e\u{0301}", "א\u{200F}!",
    ])
    func `names of any script are taken`(name: String) throws {
        #expect(try Validation.text(name, field: "name", length: 1...200) == name)
    }
}

@Suite struct IdentifierTests {
    @Test func `an id prints in lower case and reads in both`() throws {
        let text = "0190A6E0-0000-7000-8000-0000000000AB"
        let id = try #require(TenantID(text))
        #expect(id.description == text.lowercased())
        #expect(TenantID(text.lowercased()) == id)
        for _ in 0..<500 {
            let id = TenantID(UUID())
            #expect(id.description == id.uuid.uuidString.lowercased())
        }
    }

    @Test(arguments: ["", "x", "0190a6e0", "0190a6e0-0000-7000-8000-0000000000a", "' OR 1=1"])
    func `text that is no UUID is no id`(text: String) {
        #expect(TenantID(text) == nil)
    }
}

@Suite struct NewTenantTests {
    @Test func `the owner's name comes from the address when there is none`() throws {
        let tenant = try NewTenant(
            slug: "acme",
            name: " Acme ",
            plan: "free",
            ownerEmail: "ada@example.org",
            ownerName: nil
        )
        #expect(tenant.ownerName == "ada")
        #expect(tenant.name == "Acme")
    }

    @Test func `all wrong fields are named at once`() {
        let error = #expect(throws: DomainError.self) {
            try NewTenant(slug: "A", name: "", plan: "gold", ownerEmail: "x", ownerName: "\0")
        }
        guard case .invalid(let problems)? = error?.kind else {
            Issue.record("the error must name fields")
            return
        }
        #expect(problems.map(\.field) == ["slug", "name", "plan", "owner_email", "owner_name"])
    }
}

@Suite struct ValidationTests {
    @Test func `spaces around a text are cut and its characters counted`() throws {
        #expect(try Validation.text(" ab\u{301} ", field: "x", length: 1...3) == "ab\u{301}")
        #expect(throws: DomainError.invalid("x", "must have 1 to 2 characters; got 3")) {
            try Validation.text("abc", field: "x", length: 1...2)
        }
    }

    @Test(arguments: ["a\tb", "a\nb", "\u{7F}", "a\u{9F}b", "a\u{1B}c"])
    func `a short text has no control characters`(text: String) {
        #expect(throws: DomainError.invalid("x", "must not contain control characters")) {
            try Validation.text(text, field: "x", length: 1...10)
        }
    }

    @Test func `a body is measured in bytes`() throws {
        #expect(try Validation.body("é", field: "x", bytes: 2) == "é")
        #expect(throws: DomainError.invalid("x", "must have at most 1 bytes; got 2")) {
            try Validation.body("é", field: "x", bytes: 1)
        }
    }
}
