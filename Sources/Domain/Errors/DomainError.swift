/// What went wrong, for the doors to render: a status over HTTP, a toast in the console, an exit
/// message in the shell.
package struct DomainError: Error, Hashable, Sendable {
    package var kind: Kind
    /// The stable machine code, listed in docs/errors.md.
    package var code: Code
    /// One sentence for people: what, and which.
    package var message: String
    /// What would help, when that can be known.
    package var hint: String?
    /// The limit of the plan that was reached, when that is what went wrong.
    package var limit: ReachedLimit?
    /// The call to a model that it ended: it stands in the books.
    package var call: AICallID?
    /// How long what is unavailable stays so, when that is known.
    package var wait: Duration?

    package init(_ kind: Kind, _ code: Code, _ message: String, hint: String? = nil) {
        self.kind = kind
        self.code = code
        self.message = message
        self.hint = hint
    }

    /// The closed list of kinds; each has one HTTP status.
    package enum Kind: Hashable, Sendable {
        case notFound
        case gone
        case conflict
        case precondition
        case preconditionRequired
        case malformed
        case invalid([FieldProblem])
        case tooLarge
        case forbidden
        case unauthenticated
        case paymentRequired
        case limited(retryAfter: Duration?)
        case unavailable
        /// Somebody else's server, which the answer depends on, failed.
        case upstream
        case timeout
        case `internal`
    }
}

/// One field of an input and why it was refused.
package struct FieldProblem: Hashable, Sendable {
    /// The field's name as the input calls it.
    package var field: String
    /// A lower-case phrase that states the rule.
    package var problem: String
    /// The character of the field that it is about, counted from 1.
    package var column: Int?
    /// The rule of budgets that an amount breaks: a door may have its own words for it.
    package var amountRule: BudgetAmount.Rule?

    package init(_ field: String, _ problem: String, column: Int? = nil) {
        self.field = field
        self.problem = problem
        self.column = column
    }
}

extension DomainError: CustomStringConvertible {
    package var description: String {
        hint.map { "\(message) \($0)" } ?? message
    }
}

extension DomainError {
    /// The same as the end of a call.
    package func of(_ call: AICallID) -> DomainError {
        var error = self
        error.call = call
        return error
    }

    /// A validation failure of one field.
    package static func invalid(_ field: String, _ problem: String) -> DomainError {
        .invalid([FieldProblem(field, problem)])
    }

    /// A validation failure that names every field at once.
    package static func invalid(_ problems: [FieldProblem]) -> DomainError {
        let list = problems.map { "\($0.field) \($0.problem)" }.joined(separator: "; ")
        return DomainError(.invalid(problems), .validationError, "Invalid input: \(list).")
    }

    /// An object that does not exist, or not for this tenant: the two look the same.
    package static func notFound(_ noun: String, _ name: String) -> DomainError {
        DomainError(.notFound, .notFound, "No \(noun) \"\(name)\" exists.")
    }

    /// A permission that the caller lacks.
    package static func forbidden(
        _ code: Code = .permissionDenied,
        _ message: String
    )
        -> DomainError
    {
        DomainError(.forbidden, code, message)
    }
}
