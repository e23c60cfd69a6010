import Domain
import Fixtures
import Operations
import Testing

@Suite struct ArtifactSearchTests {
    @Test(arguments: [
        ("محمد", "مُحَمَّد"), ("مُحَمَّد", "محمد"), ("احمد", "أحمد"), ("أحمد", "احمد"), ("زكاه", "زكاة"),
        ("على", "علي"), ("الكتـــاب", "الكتاب"), ("CAFÉ", "café"), ("ﬁle", "file"),
    ])
    func `spellings of one word find each other`(query: String, name: String) async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
            _ = try await fixture.create(name, by: acme.owner)
            _ = try await fixture.create("other", by: acme.owner)
            let filter = try ArtifactFilter(query: query)
            #expect(try await fixture.names(filter, by: acme.owner) == [name])
        }
    }

    @Test(arguments: [
        ("zakat cal", ["Zakat calculator"]), ("zak", ["Zakat calculator", "Zakat guide"]),
        ("zak calculator", []), ("guide zakat", ["Zakat guide"]), ("alms", ["Zakat guide"]),
        ("ramadan", ["Zakat calculator"]), ("zakat missing", []), ("GUIDE", ["Zakat guide"]),
    ])
    func `every word must occur and the last may be a beginning`(
        query: String,
        names: [String]
    )
        async throws
    {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
            _ = try await fixture.create("Zakat guide", description: "On alms.", by: acme.owner)
            _ = try await fixture.create("Zakat calculator", tags: ["Ramadan"], by: acme.owner)
            let filter = try ArtifactFilter(query: query)
            #expect(Set(try await fixture.names(filter, by: acme.owner)) == Set(names))
        }
    }

    @Test(arguments: [
        "' OR 1=1 --", "\"", "a & | ! ( ) : * <->", "'", "\\", "a:*", "!a", "%", "_", "$1",
        "*:*", "((", "a\tb\nc", "\u{202E}", "-", "&|!",
    ])
    func `operators of every kind are only text`(query: String) async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
            _ = try await fixture.create("unrelated", by: acme.owner)
            let filter = try ArtifactFilter(query: query)
            #expect(try await fixture.names(filter, by: acme.owner).isEmpty)
        }
    }

    @Test(arguments: ["' OR 1=1 --", "a & b", "x:y (z)"])
    func `text with operators finds itself`(text: String) async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
            _ = try await fixture.create(text, by: acme.owner)
            let filter = try ArtifactFilter(query: text)
            #expect(try await fixture.names(filter, by: acme.owner) == [text])
        }
    }

    @Test(arguments: ["", "  ", "\n"])
    func `blank words list everything`(query: String) async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
            _ = try await fixture.create("a", by: acme.owner)
            let filter = try ArtifactFilter(query: query)
            #expect(try await fixture.names(filter, by: acme.owner) == ["a"])
        }
    }

    @Test func `a match in the name comes before one in the description`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
            _ = try await fixture.create("waqf", by: acme.owner)
            _ = try await fixture.create("other", tags: ["waqf"], by: acme.owner)
            _ = try await fixture.create("third", description: "waqf", by: acme.owner)
            let filter = try ArtifactFilter(query: "waqf")
            #expect(try await fixture.names(filter, by: acme.owner) == ["waqf", "other", "third"])
        }
    }

    @Test func `tags narrow a search`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
            _ = try await fixture.create("word one", tags: ["a", "b"], by: acme.owner)
            _ = try await fixture.create("word two", tags: ["a"], by: acme.owner)
            let filter = try ArtifactFilter(query: "word", tags: ["B", "a"])
            #expect(try await fixture.names(filter, by: acme.owner) == ["word one"])
        }
    }

    @Test(arguments: [7, 100])
    func `beyond 250 matches the order is by date, without gaps`(limit: Int) async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
            try await fixture.plant(150, name: "other", description: "match", in: acme)
            try await fixture.plant(173, name: "match", from: 151, in: acme)
            let filter = try ArtifactFilter(query: "match")
            let pages = try await fixture.allPages(filter, limit: limit, by: acme.owner)
            let items = pages.flatMap(\.page.items)
            #expect(items.count == 323)
            #expect(Set(items.map(\.id)).count == 323)
            #expect(items.prefix(173).allSatisfy { $0.name.hasPrefix("match") })
            let rest = items.suffix(73).map(\.createdAt)
            #expect(rest == rest.sorted(by: >))
            #expect(items.prefix(250).allSatisfy { $0.createdAt > rest[rest.startIndex] })
            #expect(pages.first?.ranked == true)
            #expect(pages.last?.ranked == false)
        }
    }

    @Test func `words and deleted things do not go together`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
            let filter = try ArtifactFilter(query: "a", deleted: true)
            let error = await #expect(throws: DomainError.self) {
                try await fixture.names(filter, by: acme.owner)
            }
            #expect(error?.code == .validationError)
        }
    }
}
