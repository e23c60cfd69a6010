import FoundationEssentials
import Testing

@testable import Domain

@Suite struct ArtifactDraftTests {
    @Test func `tags are lower case and kept once, in order`() throws {
        let draft = try make(tags: [" Zakat ", "zakat", "RAMADAN", "رمضان", "ramadan"])
        #expect(draft.tags == ["zakat", "ramadan", "رمضان"])
    }

    @Test(arguments: [
        "", "   ", String(repeating: "x", count: 256), String(repeating: "n", count: 300),
        "a\u{0}b", "a\u{1B}[31mred", "a\nb", "a\u{85}x", "a\u{202E}b",
    ])
    func `a bad name is refused`(name: String) {
        #expect(throws: DomainError.self) { try make(name: name) }
    }

    @Test(arguments: ["x", "زكاة الفطر", "👻", "' OR 1=1 --", "  cut  "])
    func `any other text is a name`(name: String) throws {
        #expect(try make(name: name).name == name.trimmed)
    }

    @Test func `the description may have lines but no escape sequences`() throws {
        #expect(try make(description: "a\n\tb\r\n").description == "a\n\tb\r\n")
        #expect(throws: DomainError.self) { try make(description: "\u{1B}[2J") }
        #expect(throws: DomainError.self) {
            try make(description: String(repeating: "a", count: 65_537))
        }
    }

    @Test(arguments: [
        JSONValue.null, .array([]), .string("x"), .integer(1), .object(["a": .string("\0")]),
        .object(["a": .string(String(repeating: "x", count: 65_536))]),
    ])
    func `bad metadata is refused`(metadata: JSONValue) {
        #expect(throws: DomainError.self) { try make(metadata: metadata) }
    }

    @Test func `a backslash before u0000 is text, not a NUL`() throws {
        #expect(try make(metadata: .object(["a": .string("\\u0000")])).metadata["a"] != nil)
    }

    @Test(arguments: [
        (0..<21).map(String.init), [""], [String(repeating: "t", count: 51)], ["a\u{7F}"],
        ["a,b"], [","],
    ])
    func `bad tags are refused`(tags: [String]) {
        #expect(throws: DomainError.self) { try make(tags: tags) }
    }

    @Test func `a tag with a comma is refused in words`() {
        let error = #expect(throws: DomainError.self) { try make(tags: ["board", "A, b"]) }
        guard case .invalid(let problems)? = error?.kind else {
            Issue.record("the error must name the field")
            return
        }
        #expect(problems == [FieldProblem("tags", "must not contain commas; got 'a, b'")])
    }

    @Test func `all wrong fields are named at once`() {
        let error = #expect(throws: DomainError.self) {
            try ArtifactDraft(name: "", description: "\0", tags: [""], metadata: .null)
        }
        guard case .invalid(let problems)? = error?.kind else {
            Issue.record("the error must name fields")
            return
        }
        #expect(problems.map(\.field) == ["name", "description", "tags", "metadata"])
    }

    @Test func `an edit changes only its own fields`() throws {
        let artifact = Artifact.sample
        let draft = try ArtifactEdit(tags: ["New"]).applied(to: artifact)
        #expect(draft.name == artifact.name)
        #expect(draft.tags == ["new"])
        #expect(draft.changes(from: artifact).canonical == #"{"tags":[["old"],["new"]]}"#)
    }

    @Test func `an edit without effect has no changes`() throws {
        let draft = try ArtifactEdit(name: "Sample").applied(to: .sample)
        #expect(draft.changes(from: .sample).isEmpty)
    }

    private func make(
        name: String = "name",
        description: String = "",
        tags: [String] = [],
        metadata: JSONValue = .object([:])
    ) throws -> ArtifactDraft {
        try ArtifactDraft(name: name, description: description, tags: tags, metadata: metadata)
    }
}

@Suite struct ArtifactFilterTests {
    @Test func `a query has at most 32 words and 1000 characters`() throws {
        let words = Array(repeating: "w", count: 32).joined(separator: " ")
        #expect(try ArtifactFilter(query: words).query == words)
        for query in [words + " w", String(repeating: "x", count: 1_001)] {
            let error = #expect(throws: DomainError.self) { try ArtifactFilter(query: query) }
            #expect(error?.code == .queryTooComplex)
        }
    }

    @Test func `a query without text in it is refused when it holds NUL`() {
        #expect(throws: DomainError.self) { try ArtifactFilter(query: "a\0b") }
    }
}

extension Artifact {
    static let sample = Artifact(
        id: ArtifactID(UUID()),
        name: "Sample",
        description: "",
        tags: ["old"],
        metadata: .object([:]),
        createdBy: UserID(UUID()),
        createdAt: Instant(seconds: 0),
        updatedBy: UserID(UUID()),
        updatedAt: Instant(seconds: 0),
        version: 1,
        deletedAt: nil
    )
}

extension String {
    fileprivate var trimmed: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
