/// What provisioning needs, checked.
package struct NewTenant: Hashable, Sendable {
    package var slug: Slug
    package var name: String
    package var plan: Plan
    package var ownerEmail: EmailAddress
    package var ownerName: String

    /// Checks every field and names all that are wrong at once.
    package init(
        slug: String,
        name: String,
        plan: String,
        ownerEmail: String,
        ownerName: String?
    )
        throws(DomainError)
    {
        var problems = FieldProblems()
        let checkedSlug = problems.collect { () throws(DomainError) in try Slug(slug) }
        let checkedName = problems.collect { () throws(DomainError) in
            try Validation.text(name, field: "name", length: 1...100)
        }
        let checkedPlan = problems.collect { () throws(DomainError) in
            guard let known = Plan(rawValue: plan) else {
                throw .invalid("plan", "must be one of free, pro, enterprise; got \"\(plan)\"")
            }
            return known
        }
        let checkedEmail = problems.collect { () throws(DomainError) in
            do throws(DomainError) {
                return try EmailAddress(ownerEmail)
            } catch {
                throw .invalid("owner_email", "must be a mail address such as ada@example.org")
            }
        }
        let checkedOwner = problems.collect { () throws(DomainError) in
            try Validation.text(
                ownerName ?? String(ownerEmail.prefix { $0 != "@" }),
                field: "owner_name",
                length: 1...200
            )
        }
        guard let checkedSlug, let checkedName, let checkedPlan, let checkedEmail, let checkedOwner
        else { throw .invalid(problems.list) }
        self.slug = checkedSlug
        self.name = checkedName
        self.plan = checkedPlan
        self.ownerEmail = checkedEmail
        self.ownerName = checkedOwner
    }
}

/// Gathers the problems of several fields, so that a form shows all of them together.
package struct FieldProblems: Sendable {
    package private(set) var list: [FieldProblem] = []

    package init() {}

    /// The value of `check`, or nil with its problems kept.
    package mutating func collect<Value>(_ check: () throws(DomainError) -> Value) -> Value? {
        do throws(DomainError) {
            return try check()
        } catch {
            if case .invalid(let problems) = error.kind {
                list += problems
            } else {
                list.append(FieldProblem("input", error.message))
            }
            return nil
        }
    }
}
