import Domain
import Terminal

/// A form over the screen: what sending it will do, the fields, and what it is for.
struct FormOverlay: Hashable, Sendable {
    let title: SafeText
    /// Rows affected, who is affected, what can be undone.
    let plan: [SafeText]
    var form: Form
    let intent: Intent
    /// What is open over the fields.
    var aside = Aside.nothing
    /// Whether what is shown above the fields is that the database was gone.
    private(set) var tellsLoss = false

    enum Aside: Hashable, Sendable {
        case nothing
        /// The help of the field with the focus, in the place of the plan.
        case help
        /// Whether to throw away what was typed.
        case leaving
    }

    /// One case for each area; each says itself what its values ask for and what follows.
    enum Intent: Hashable, Sendable {
        case tenant(TenantEntry)
        case support(TenantRef, then: Destination)
        case elevation
        case member(MemberEntry)
        case key(KeyEntry)
        case role(RoleEntry)
        case person(PersonEntry)
        case consent(ConsentEntry)
        case ai(AIEntry)
        case job(JobEntry)
        case privacy(PrivacyEntry)
        case tags(TagEntry)
        case period(PeriodEntry)
        case local(LocalEntry)
    }

    /// What a filled-in form asks for.
    enum Order: Hashable, Sendable {
        case ask(Ask)
        case elevate(minutes: Int, reason: String)
        /// Asks once more, before anything is sent.
        case confirm(DialogOverlay)
        /// The same for several rows.
        case confirmAll(BulkOverlay)
        case export(String, ExportFormat)
        case filter(FilterOrder)
    }

    /// Shows why it could not be done: at the fields that are named, and above them.
    mutating func show(_ error: DomainError, requestID: String?) {
        tellsLoss = error.kind == .unavailable
        var fields: [String: SafeText] = [:]
        if case .invalid(let problems) = error.kind {
            // The owner's name follows from the mail address when it is left out.
            for problem in problems
            where problem.field != "owner_name" || form.values["owner_name"]?.nonBlank != nil {
                fields[problem.field] = SafeText(problem.problem)
            }
        }
        let known = Set(form.fields.map(\.id))
        let suffix = requestID.map { " (\($0))" } ?? ""
        let isNamed = !fields.isEmpty && Set(fields.keys).isSubset(of: known)
        form.show(errors: fields, overall: isNamed ? nil : SafeText("\(error)\(suffix)"))
    }

    /// Takes back that the database was gone: it is there again.
    mutating func forgetLoss() {
        guard tellsLoss else { return }
        tellsLoss = false
        form.show(errors: [:])
    }
}

/// The values of a form, read with the rules of their fields.
struct FormValues {
    private let values: [String: String]

    init(_ form: Form) { values = form.values }

    subscript(id: String) -> String { values[id] ?? "" }

    /// A whole number that may be written with separators.
    func amount(_ id: String) throws(DomainError) -> Int64 {
        let digits = self[id].trimmed.filter { $0 != "," && $0 != "_" && $0 != " " }
        guard let number = Int64(digits), number >= 0 else {
            throw .invalid(id, "must be a whole number of 0 or more")
        }
        return number
    }

    func minutesAndReason(atMost limit: Int) throws(DomainError) -> (Int, String) {
        var problems = FieldProblems()
        let reason = problems.collect { () throws(DomainError) in
            try Validation.text(self["reason"], field: "reason", length: 3...500)
        }
        let minutes = problems.collect { () throws(DomainError) in
            guard let minutes = Int(self["minutes"].trimmed), (1...limit).contains(minutes) else {
                throw .invalid("minutes", "must be 1 to \(limit)")
            }
            return minutes
        }
        guard let reason, let minutes else { throw .invalid(problems.list) }
        return (minutes, reason)
    }
}
