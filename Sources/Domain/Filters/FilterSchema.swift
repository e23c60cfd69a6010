/// What may be filtered in one list: the keys and the kinds of their values.
package struct FilterSchema: Sendable {
    package let keys: [FilterKey]
    /// What plain words look for; nil where they look for nothing.
    package let words: String?

    /// The key of a name or of one of its other names.
    package func key(_ name: String) -> FilterKey? {
        keys.first { $0.name == name || $0.others.contains(name) }
    }

    /// The grammar in one line, for the field in which it is typed.
    package var hint: String {
        let examples = (words == nil ? [] : ["words"]) + keys.map { "\($0.name):\($0.example)" }
        return examples.joined(separator: "  ")
    }
}

/// One key of a filter.
package struct FilterKey: Sendable {
    package let name: String
    /// Other names of the same.
    package var others: [String] = []
    package let kind: Kind
    package let help: String
    package let example: String
    package var count = Count.once

    package enum Kind: Hashable, Sendable {
        case text
        /// A text, or the beginning of one with a star behind it.
        case pattern
        case choice([String])
        case yesOrNo
        case time
        /// `me`, a mail address, a part of a name, or an id.
        case person
        /// A kind of object, or one object as `kind:id`.
        case object
        /// The key of a role, or the id or name of one of the tenant's.
        case role
    }

    /// How often it may stand in a filter.
    package enum Count: Hashable, Sendable {
        /// Once, with one value.
        case once
        /// Several times, and all of them hold.
        case every
        /// With alternatives, several times, and with a minus for what is not wanted.
        case any
    }

    /// The values that are known beforehand.
    package var values: [String] {
        switch kind {
        case .choice(let values): values
        case .yesOrNo: ["yes", "no"]
        case .time: ["today", "yesterday", "1h", "24h", "7d", "30d"]
        case .person: ["me"]
        case .role: Role.allCases.map(\.rawValue)
        case .text, .pattern, .object: suggestions
        }
    }

    /// Some values of many.
    package var suggestions: [String] = []
}

extension FilterKey {
    /// What it does, its values when they are few, and its other names.
    package var sentence: String {
        var text = help.prefix(1).uppercased() + help.dropFirst()
        if case .choice(let values) = kind { text += ": \(values.joined(separator: ", "))" }
        if kind == .yesOrNo { text += ": yes, no" }
        text += "."
        if !others.isEmpty {
            text += " Also \(others.map { "\($0):" }.joined(separator: ", "))."
        }
        switch count {
        case .once: break
        case .every: text += " Several times: all of them."
        case .any: text += " Several with commas; not with a minus."
        }
        return text
    }
}
