import Domain
import Terminal
import Testing

@testable import Console

/// The text file in which artifacts are edited.
struct ArtifactDocumentTests {
    @Test(
        arguments: World.hostileNames.filter { name in
            (try? Validation.text(name, field: "name", length: 1...255)) != nil
        }
    )
    func `what is written is read back the same`(name: String) throws {
        let metadata = JSONValue.object([
            "a": .array([.integer(1), .null, .string("--- \"x\"")]), "b": .number(1.5),
        ])
        let text = ArtifactDocument.text(
            name: name,
            tags: ["one: two", "[x]", "زكاة"],
            metadata: metadata,
            description: "---\nname: no\n\n"
        )
        let draft = try ArtifactDocument.parse(text)
        #expect(draft.name == name.trimmed)
        #expect(draft.tags == ["one: two", "[x]", "زكاة"])
        #expect(draft.metadata == metadata)
        #expect(draft.description == "---\nname: no\n\n")
    }

    @Test func `a name that turns the direction of text is refused at its line`() {
        let text = ArtifactDocument.text(
            name: World.hostileNames[1],
            tags: [],
            metadata: .object([:]),
            description: ""
        )
        let error = #expect(throws: DocumentError.self) { try ArtifactDocument.parse(text) }
        #expect(error?.line == 2 && error?.reason.contains("direction of text") == true)
    }

    @Test func `lists may have dashes and JSON may go over several lines`() throws {
        let draft = try ArtifactDocument.parse(
            "---\r\n# a comment\nname: 'It''s'\ntags:\n  - one\n  - \"two\"\nmetadata: {\n"
                + "  \"a\": 1\n}\n---\nText"
        )
        #expect(draft.name == "It's")
        #expect(draft.tags == ["one", "two"])
        #expect(draft.metadata == .object(["a": .integer(1)]))
        #expect(draft.description == "Text")
    }

    @Test(
        arguments: [
            ("", 1, "the file must begin with a line of three dashes"),
            ("---\nname: x\n", 2, "the front matter must end with a line of three dashes"),
            ("---\nname x\n---\n", 2, "a field must look like 'name: value'"),
            (
                "---\ncolour: red\n---\n", 2,
                "unknown field 'colour'; known are name, tags, metadata"
            ),
            ("---\nname: x\nname: y\n---\n", 3, "the field 'name' occurs twice"),
            ("---\nname: x\ntags: [a\n---\n", 3, "the list of tags must end with ]"),
            ("---\nname: \"x\n---\n", 2, "a text in quotes must be written as in JSON"),
            ("---\nname:\n---\n", 2, "name must have 1 to 255 characters; got 0"),
            ("---\nname: x\nmetadata: [1]\n---\n", 3, "metadata must be a JSON object"),
        ])
    func `an error names its line`(text: String, line: Int, reason: String) {
        let error = #expect(throws: DocumentError.self) { try ArtifactDocument.parse(text) }
        #expect(error == DocumentError(line: line, reason: reason))
    }

    @Test func `a description of 2 MB is refused and not cut`() {
        let text = "---\nname: x\n---\n" + String(repeating: "a", count: 2_000_000)
        let error = #expect(throws: DocumentError.self) { try ArtifactDocument.parse(text) }
        #expect(error?.reason == "description must have at most 65536 bytes; got 2000000")
    }

    @Test func `changed lines are told from unchanged ones`() {
        var changes = Changes()
        changes.note("text", from: .string("one\ntwo\nthree"), to: .string("one\n2\nthree"))
        let lines = ChangesText.lines(changes, width: 40).map(\.string)
        #expect(lines == ["text", "  one", "- two", "+ 2", "  three"])
    }
}
