/// Who shall become a member, and as what; checked.
package struct NewMember: Hashable, Sendable {
    package let email: EmailAddress
    package let role: RoleName
    package let name: String

    /// Checks every field and names all that are wrong at once.
    package init(email: String, role: String, name: String?) throws(DomainError) {
        var problems = FieldProblems()
        let checkedEmail = problems.collect { () throws(DomainError) in try EmailAddress(email) }
        let checkedRole = problems.collect { () throws(DomainError) in
            try RoleName(role)
        }
        let checkedName = problems.collect { () throws(DomainError) in
            try Validation.text(
                name ?? String(email.prefix { $0 != "@" }),
                field: "name",
                length: 1...200
            )
        }
        guard let checkedEmail, let checkedRole, let checkedName else {
            throw .invalid(problems.list)
        }
        self.email = checkedEmail
        self.role = checkedRole
        self.name = checkedName
    }
}
