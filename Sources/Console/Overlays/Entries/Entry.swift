import Domain
import Terminal

/// What a form is about: what its values ask for, and what follows.
protocol Entry: Hashable, Sendable {
    /// The tenant whose own data sending the form changes.
    ///
    /// It takes a right to be in there. Nil for what operators do to a tenant from outside.
    var tenant: TenantRef? { get }

    /// What the values ask for.
    ///
    /// - Throws: A validation error that names every wrong field.
    func order(
        _ values: FormValues,
        of form: FormOverlay,
        now: Instant
    ) throws(DomainError) -> FormOverlay.Order
    /// What follows when it was sent and accepted.
    func done(
        _ answer: ConsoleAnswer,
        _ values: FormValues,
        in console: inout Console
    ) -> [Effect]
    /// Where a field's choices come from, when they live in the database.
    func source(of field: String) -> ChoiceSource?
}

extension Entry {
    func source(of _: String) -> ChoiceSource? { nil }
}

extension FormOverlay.Intent {
    /// The same as the entry of its area.
    var entry: any Entry {
        switch self {
        case .tenant(let entry): entry
        case .support(let tenant, let destination):
            SupportEntry(place: tenant, destination: destination)
        case .elevation: ElevationEntry()
        case .member(let entry): entry
        case .key(let entry): entry
        case .role(let entry): entry
        case .person(let entry): entry
        case .consent(let entry): entry
        case .ai(let entry): entry
        case .job(let entry): entry
        case .privacy(let entry): entry
        case .tags(let entry): entry
        case .period(let entry): entry
        case .local(let entry): entry
        }
    }
}

extension FormOverlay {
    /// What the values ask for.
    ///
    /// - Throws: A validation error that names every wrong field.
    func order(now: Instant) throws(DomainError) -> Order {
        try intent.entry.order(FormValues(form), of: self, now: now)
    }

    /// Says what is wrong with the fields that were filled in, while they are.
    mutating func check(now: Instant) {
        var problems: [String: SafeText] = [:]
        do throws(DomainError) {
            _ = try order(now: now)
        } catch {
            if case .invalid(let found) = error.kind {
                for problem in found where problems[problem.field] == nil {
                    problems[problem.field] = SafeText(problem.problem)
                }
            }
        }
        form.remark(problems)
    }
}
