import Domain
import Testing

@Suite struct PromptTemplateTests {
    @Test func `holes are filled with values as they are`() throws {
        let text = try PromptText(
            system: "You help {{name}}.",
            user: "{{ question }} {{name}} {x} }} {"
        )
        #expect(text.variables == ["name", "question"])
        let filled = try text.rendered(["name": "{{question}}", "question": "Why?\n${7*7}"])
        #expect(filled.system == "You help {{question}}.")
        #expect(filled.user == "Why?\n${7*7} {{question}} {x} }} {")
    }

    @Test(arguments: [
        ("{{", "user has {{ without }}"), ("a {{b", "user has {{ without }}"),
        (
            "{{}}",
            "user has {{}}, which is no name: a letter, then lower-case letters, digits and _"
        ),
        (
            "{{7*7}}",
            "user has {{7*7}}, which is no name: a letter, then lower-case letters, digits and _"
        ),
        (
            "{{#if x}}",
            "user has {{#if x}}, which is no name: a letter, then lower-case letters, digits and _"
        ),
        ("", "user is required where there is no system"),
        ("\u{0}", "user must not contain control characters"),
    ])
    func `a template that is broken gets a sentence`(text: String, sentence: String) {
        let error = #expect(throws: DomainError.self) { try PromptText(system: "", user: text) }
        #expect(error?.message == "Invalid input: \(sentence).")
    }

    @Test func `a variable that is missing or unknown is named`() throws {
        let text = try PromptText(system: "", user: "{{a}} {{b}}")
        let error = #expect(throws: DomainError.self) { try text.rendered(["a": "1", "c": "2"]) }
        #expect(
            error?.message == "Invalid input: variables.b is required by the prompt; "
                + "variables.c is not known; the prompt has a, b."
        )
        let plain = try PromptText(system: "", user: "no holes")
        let none = #expect(throws: DomainError.self) { try plain.rendered(["c": "2"]) }
        #expect(none?.message.contains("the prompt has no variables") == true)
    }

    @Test func `texts and values have an end`() throws {
        let long = String(repeating: "a", count: PromptTemplate.longest + 1)
        #expect(throws: DomainError.self) { try PromptText(system: long, user: "") }
        let many = (0...PromptText.mostVariables).map { "{{v\($0)}}" }.joined()
        #expect(throws: DomainError.self) { try PromptText(system: "", user: many) }
        let text = try PromptText(system: "", user: "{{a}}")
        let value = String(repeating: "b", count: PromptText.longestValues + 1)
        #expect(throws: DomainError.self) { try text.rendered(["a": value]) }
    }

    @Test func `values in many holes are counted before they are put in`() throws {
        let holes = String(repeating: "{{a}}", count: PromptTemplate.longest / 5)
        let value = String(repeating: "b", count: PromptText.longestValues)
        let text = try PromptText(system: holes, user: holes)
        let error = #expect(throws: DomainError.self) { try text.rendered(["a": value]) }
        #expect(
            error?.message
                == "Invalid input: variables make the prompt longer than 1048576 bytes."
        )
        #expect(error?.code == .validationError)
        let half = String(repeating: "{{a}}{{b}}", count: 2)
        let most = try PromptText(system: half, user: half)
        let part = String(repeating: "é", count: PromptText.longestValues / 2 - 1)
        let filled = try most.rendered(["a": part, "b": "ab"])
        #expect(filled.system.utf8.count + filled.user.utf8.count == PromptText.longestRendering)
        let more = try PromptText(system: half, user: half + "c")
        #expect(throws: DomainError.self) { try more.rendered(["a": part, "b": "ab"]) }
    }

    @Test(arguments: ["latest", "3", "production", "a-b_2"])
    func `a version is named by number or label`(text: String) throws {
        _ = try PromptChoice(text)
    }

    @Test(arguments: ["0", "-1", "Production", "", "a b", "2a"])
    func `what names no version is refused`(text: String) {
        #expect(throws: DomainError.self) { try PromptChoice(text) }
    }

    @Test(arguments: [
        "", "x", "0190a000-0000-7000-8000-000000000001",
        "0190a000-0000-7000-8000-000000000001.1.", "0190a000-0000-7000-8000-000000000001.-1.80",
        "0190a000-0000-7000-8000-000000000001.1.101",
        "0190a000-0000-7000-8000-000000000001.99999999999999999.80",
    ])
    func `an alert's id is read whole or not at all`(text: String) {
        #expect(ListedAlert.ID(text) == nil)
    }
}
