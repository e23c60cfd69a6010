import Domain

/// A person as a filter names them: an id, `me`, or a part of a name or a mail address.
enum PersonName: Hashable, Sendable {
    case known(UserID)
    /// Nobody on the screen has it: members have to be searched.
    case unknown(String)

    init(_ text: String, _ context: ScreenContext) {
        if let id = UserID(text) {
            self = .known(id)
        } else if text.lowercased() == "me", let viewer = context.viewer {
            self = .known(viewer)
        } else if let user = Self.only(text, among: Array(context.people.values)) {
            self = .known(user.id)
        } else {
            self = .unknown(text)
        }
    }

    /// The one person whose name or mail address is or begins with a text; nil when it is unclear.
    static func only(_ text: String, among people: [User]) -> User? {
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

    /// The search that finds the person among the members of a tenant.
    static func search(_ text: String, in tenant: TenantRef) -> [SlotAsk] {
        guard let page = try? PageRequest(limit: 10) else { return [] }
        let list = MemberRequest.list(MemberFilter(search: text), page)
        return [SlotAsk(.author, .tenant(.members(list), tenant))]
    }

    /// The person among found members.
    static func found(_ text: String, in page: Page<Member>) throws(DomainError) -> UserID {
        if page.items.count == 1 { return page.items[0].user }
        let people = page.items.map { User(id: $0.user, email: $0.email, name: $0.name) }
        if let only = only(text, among: people) { return only.id }
        throw .filter(
            page.items.isEmpty
                ? "Nobody here is called \"\(text)\"." : "Several people fit \"\(text)\".",
            hint: "Write the whole mail address, or an id."
        )
    }
}
