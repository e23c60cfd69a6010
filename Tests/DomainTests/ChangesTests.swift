import Testing

@testable import Domain

@Suite struct ChangesTests {
    @Test func `only what differs is noted`() {
        var changes = Changes()
        changes.note("name", from: .string("a"), to: .string("a"))
        #expect(changes.isEmpty)
        changes.note("name", from: .string("a"), to: .string("b"))
        #expect(changes.canonical == #"{"name":["a","b"]}"#)
    }

    @Test func `the stored form reads back`() throws {
        var changes = Changes()
        changes.note("tags", from: .null, to: .array([.string("x")]))
        changes.note("name", from: .string("a"), to: .null)
        #expect(try Changes(canonical: changes.canonical) == changes)
    }

    @Test(arguments: ["[]", "1", "x", ""])
    func `a stored form that is no object is refused`(text: String) {
        #expect(throws: DomainError.self) { try Changes(canonical: text) }
    }

    @Test(arguments: [1, 40, 400])
    func `what is stored never exceeds the limit`(fields: Int) {
        var changes = Changes()
        for index in 0..<fields {
            changes.note(
                "field\(index)",
                from: .null,
                to: .string(String(repeating: "م", count: 3_000))
            )
        }
        let limit = fields == 400 ? 400 * 24 : Changes.byteLimit
        #expect(changes.canonical.utf8.count <= limit)
        #expect(changes.fields.count == fields)
    }

    @Test func `the fields of an artifact always fit`() throws {
        let draft = try ArtifactDraft(
            name: String(repeating: "👻", count: 255),
            description: String(repeating: "👻", count: 16_384),
            tags: (0..<20).map { String(repeating: "\u{10000}", count: 40) + "\($0)" },
            metadata: .object(["a": .string(String(repeating: "\u{1}", count: 9_000))])
        )
        #expect(draft.changes(from: nil).canonical.utf8.count <= Changes.byteLimit)
    }
}
