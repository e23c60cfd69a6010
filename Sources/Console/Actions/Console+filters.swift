import Domain
import Terminal

// Filters that an operator has given a name, in the operator's own memory file: by screen, then by
// name.

/// What a form wants done with the kept filters of a screen.
enum FilterOrder: Hashable, Sendable {
    case keep(name: String, text: String)
    case apply(text: String)
    case forget(name: String)
}

extension Console {
    /// The kept filters of the shown screen.
    private var keptFilters: [String: String] {
        guard let content = trail.current?.content else { return [:] }
        return surroundings.memory.saved?[content.kind.rawValue] ?? [:]
    }

    var hasKeptFilters: Bool { !keptFilters.isEmpty }

    mutating func askKeepFilter() -> [Effect] {
        guard let text = trail.current?.content.filterText else { return [] }
        return openForm(.keepFilter(text))
    }

    mutating func askKeptFilters() -> [Effect] { openForm(.keptFilters(keptFilters)) }

    mutating func carryOut(_ order: FilterOrder) -> [Effect] {
        guard let content = trail.current?.content else { return [] }
        overlay = nil
        let kind = content.kind.rawValue
        switch order {
        case .apply(let text): return apply(filter: text)
        case .keep(let name, let text):
            surroundings.memory.saved = surroundings.memory.saved ?? [:]
            surroundings.memory.saved?[kind, default: [:]][name] = text
            toast("Kept the filter as \"\(name)\"; \(key("keptfilters")) shows it.", .success)
        case .forget(let name):
            surroundings.memory.saved?[kind]?[name] = nil
            toast("Forgot the filter \"\(name)\".", .hint)
        }
        return [.remember(surroundings.memory)]
    }
}

extension FormOverlay {
    static func keepFilter(_ text: String) -> FormOverlay {
        FormOverlay(
            title: "Keep this filter",
            plan: [SafeText("\"\(text)\" gets a name; a kept one of the same name gives way.")],
            form: Form([Self.text("name", "Name", placeholder: "denied this week", limit: 40)]),
            intent: .local(.keepFilter(text))
        )
    }

    static func keptFilters(_ filters: [String: String]) -> FormOverlay {
        let choices = filters.sorted { $0.key < $1.key }.map { name, text in
            FormField.Choice(name, title: SafeText("\(name): \(text)", limit: 60))
        }
        return FormOverlay(
            title: "Kept filters",
            plan: ["They are kept on this machine, for you."],
            form: Form([
                choice("name", "Filter", of: choices),
                choice(
                    "what",
                    "Do",
                    of: [
                        FormField.Choice("apply", title: "use it"),
                        FormField.Choice("forget", title: "forget it"),
                    ]
                ),
            ]),
            intent: .local(.keptFilters(filters))
        )
    }

    static func keep(_ values: FormValues, _ text: String) throws(DomainError) -> Order {
        let name = try Validation.text(values["name"], field: "name", length: 1...40)
        return .filter(.keep(name: name, text: text))
    }

    static func useKept(
        _ values: FormValues,
        _ filters: [String: String]
    ) throws(DomainError) -> Order {
        let name = values["name"]
        guard let text = filters[name] else { throw .invalid("name", "must be chosen") }
        return .filter(values["what"] == "forget" ? .forget(name: name) : .apply(text: text))
    }
}
