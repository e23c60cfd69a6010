extension User {
    /// The one person whose name or mail address is or begins with a text; nil when it is unclear.
    package static func only(_ text: String, among people: [User]) -> User? {
        let wanted = text.lowercased()
        let exact = people.filter { user in
            user.name.lowercased() == wanted || user.email.lowercased() == wanted
        }
        if exact.count == 1 { return exact[0] }
        let near = people.filter { user in
            let words =
                user.name.lowercased().split(separator: " ") + [user.email.lowercased()[...]]
            return words.contains { $0.hasPrefix(wanted) }
        }
        return near.count == 1 ? near[0] : nil
    }

    /// The person whom a filter means, among those that a search found.
    package static func meant(
        by value: FilterText.Value,
        among people: [User]
    ) throws(DomainError) -> UserID {
        if people.count == 1 { return people[0].id }
        if let only = only(value.text, among: people) { return only.id }
        let name = Validation.quotable(value.text)
        throw .filter(
            people.isEmpty
                ? "Nobody here is called \"\(name)\"." : "Several people fit \"\(name)\".",
            at: value.column,
            hint: "Write the whole mail address, or an id."
        )
    }
}
