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
        } else if let user = User.only(text, among: Array(context.people.values)) {
            self = .known(user.id)
        } else {
            self = .unknown(text)
        }
    }

    /// The search that finds the person among the members of a tenant.
    static func search(_ text: String, in tenant: TenantRef) -> [SlotAsk] {
        guard let page = try? PageRequest(limit: 10) else { return [] }
        // Somebody who was removed has left traces as well.
        var filter = MemberFilter(search: text)
        filter.statuses.any = MemberStatus.allCases
        let list = MemberRequest.list(filter, page)
        return [SlotAsk(.author, .tenant(.members(list), tenant))]
    }
}

extension Page<Member> {
    /// Those who were found, as people.
    var people: [User] { items.map { User(id: $0.user, email: $0.email, name: $0.name) } }
}

extension ListScreen {
    /// Goes on with the person whom a filter names, or says why nobody is meant.
    mutating func takePerson(
        _ name: FilterText.Value?,
        among people: [User],
        _ goOn: (inout Self, UserID) throws(DomainError) -> [SlotAsk]
    ) -> [SlotAsk] {
        guard let name else { return [] }
        do throws(DomainError) {
            return try goOn(&self, try User.meant(by: name, among: people))
        } catch {
            list.fail(error)
            return []
        }
    }
}
