/// A prompt that a tenant keeps in versions.
package struct TenantPrompt: Hashable, Sendable {
    package let id: PromptID
    package let name: String
    package let description: String
    /// Whether answers to it may be shared by the whole workspace's cache.
    package let shareable: Bool
    /// The number of the newest version; 0 before the first.
    package let latest: Int
    package let labels: [PromptLabel]
    package let createdBy: UserID
    package let createdAt: Instant
    package let version: Int64

    package init(
        id: PromptID,
        name: String,
        description: String,
        shareable: Bool,
        latest: Int,
        labels: [PromptLabel],
        createdBy: UserID,
        createdAt: Instant,
        version: Int64
    ) {
        self.id = id
        self.name = name
        self.description = description
        self.shareable = shareable
        self.latest = latest
        self.labels = labels
        self.createdBy = createdBy
        self.createdAt = createdAt
        self.version = version
    }
}

/// A name that points at one version of a prompt and may be moved to another.
package struct PromptLabel: Hashable, Sendable {
    package let label: String
    package let version: Int
    /// Counts the moves.
    package let labelVersion: Int64

    package init(label: String, version: Int, labelVersion: Int64) {
        self.label = label
        self.version = version
        self.labelVersion = labelVersion
    }

    package static func checked(_ text: String) throws(DomainError) -> String {
        let name = try CatalogueName.check(text, field: "label", more: "_-", length: 1...50)
        guard name.first?.isLetter == true else {
            throw .invalid("label", "must begin with a letter: a digit begins a version")
        }
        return name
    }
}

/// What a prompt says in one version; it never changes.
package struct PromptVersion: Hashable, Sendable {
    package let number: Int
    package let text: PromptText
    package let createdBy: UserID
    package let createdAt: Instant

    package init(number: Int, text: PromptText, createdBy: UserID, createdAt: Instant) {
        self.number = number
        self.text = text
        self.createdBy = createdBy
        self.createdAt = createdAt
    }
}

/// The templates of one version; checked.
package struct PromptText: Hashable, Sendable {
    package let system: PromptTemplate
    package let user: PromptTemplate

    package static let mostVariables = 50
    /// The most bytes that all values of one rendering have together.
    package static let longestValues = 262_144
    /// The most bytes that a rendering has, system and user together: a value may stand in many
    /// holes.
    package static let longestRendering = 1_048_576

    package init(system: String, user: String) throws(DomainError) {
        var problems = FieldProblems()
        let checkedSystem = problems.collect { () throws(DomainError) in
            try PromptTemplate(system, field: "system")
        }
        let checkedUser = problems.collect { () throws(DomainError) in
            try PromptTemplate(user, field: "user")
        }
        guard let checkedSystem, let checkedUser else { throw .invalid(problems.list) }
        guard !(system.isEmpty && user.isEmpty) else {
            throw .invalid("user", "is required where there is no system")
        }
        self.system = checkedSystem
        self.user = checkedUser
        guard variables.count <= Self.mostVariables else {
            throw .invalid("user", "has more than \(Self.mostVariables) variables")
        }
    }

    /// The names that a rendering needs.
    package var variables: [String] {
        let first = system.variables
        return first + user.variables.filter { !first.contains($0) }
    }

    /// The texts with the values in their places.
    ///
    /// - Throws: A validation error that names every variable that is missing or unknown, or says
    ///   that the texts would be too long; nothing is joined before that is known.
    package func rendered(_ values: [String: String]) throws(DomainError) -> RenderedPrompt {
        let known = variables
        var problems = known.filter { values[$0] == nil }.map {
            FieldProblem("variables.\($0)", "is required by the prompt")
        }
        problems += values.keys.filter { !known.contains($0) }.sorted().map {
            FieldProblem(
                "variables.\(Validation.quotable($0))",
                known.isEmpty
                    ? "is not known: the prompt has no variables"
                    : "is not known; the prompt has \(known.joined(separator: ", "))"
            )
        }
        guard problems.isEmpty else { throw .invalid(problems) }
        guard values.values.reduce(0, { $0 + $1.utf8.count }) <= Self.longestValues else {
            throw .invalid("variables", "must have at most \(Self.longestValues) bytes together")
        }
        guard system.size(filled: values) + user.size(filled: values) <= Self.longestRendering
        else {
            throw .invalid(
                "variables",
                "make the prompt longer than \(Self.longestRendering) bytes"
            )
        }
        return RenderedPrompt(system: system.filled(values), user: user.filled(values))
    }
}

/// A prompt's texts as a model would get them.
package struct RenderedPrompt: Hashable, Sendable {
    package let system: String
    package let user: String

    package init(system: String, user: String) {
        self.system = system
        self.user = user
    }
}

/// A prompt that shall be made; checked.
package struct NewPrompt: Hashable, Sendable {
    package let name: String
    package let description: String
    package let shareable: Bool
    package let text: PromptText

    package init(
        name: String,
        description: String,
        shareable: Bool,
        system: String,
        user: String
    ) throws(DomainError) {
        var problems = FieldProblems()
        let checkedName = problems.collect { () throws(DomainError) in
            try Validation.text(name, field: "name", length: 1...100)
        }
        let checkedNote = problems.collect { () throws(DomainError) in
            try Validation.text(description, field: "description", length: 0...500)
        }
        let checkedText = problems.collect { () throws(DomainError) in
            try PromptText(system: system, user: user)
        }
        guard let checkedName, let checkedNote, let checkedText else {
            throw .invalid(problems.list)
        }
        self.name = checkedName
        self.description = checkedNote
        self.shareable = shareable
        text = checkedText
    }
}

/// Which version of a prompt is meant.
package enum PromptChoice: Hashable, Sendable {
    case latest
    case number(Int)
    case label(String)

    /// Reads `latest`, a number or a label.
    package init(_ text: String) throws(DomainError) {
        if text == "latest" {
            self = .latest
        } else if let number = Int(text) {
            guard number > 0 else { throw .invalid("version", "must be 1 or more") }
            self = .number(number)
        } else {
            self = .label(try PromptLabel.checked(text))
        }
    }
}
