import Domain

extension Console {
    /// The marked rows of the shown list.
    func marked<Screen: ListScreen>(_: Screen.Type) -> [(id: Screen.ItemID, item: Screen.Item)] {
        (trail.current?.content as? Screen)?.list.marked ?? []
    }

    func bulkOfTenants(to status: TenantStatus) -> Bulk {
        let isSuspension = status == .suspended
        let needed: TenantStatus = isSuspension ? .active : .suspended
        let bulk = Bulk(
            isSuspension ? "Suspend" : "Resume",
            "tenant",
            of: marked(TenantsScreen.self),
            name: \.name,
            obstacle: { $0.status == needed ? nil : "is \($0.status.rawValue)" },
            question: { .tenant(isSuspension ? .suspend(TenantRef($0)) : .resume(TenantRef($0))) }
        )
        return isSuspension
            ? bulk.with(
                "Locks out their members and every API key at once. Nothing is deleted.",
                "Undone by: undo right after, or resume.",
                isDangerous: true,
                needsReason: true
            )
            : bulk.with(
                "Lets their members and API keys in again.",
                "Undone by: undo right after, or suspend.",
                needsReason: true
            )
    }

    /// Suspends those who are active; when nobody is, lets the suspended in again.
    func bulkOfMemberStatus() -> Bulk? {
        guard let tenant = shownTenant else { return nil }
        let rows = marked(MembersScreen.self)
        let isSuspension = rows.contains { $0.item.status == .active }
        let needed: MemberStatus = isSuspension ? .active : .suspended
        let bulk = Bulk(
            isSuspension ? "Suspend" : "Reactivate",
            "member",
            of: rows,
            name: \.name,
            obstacle: { member in
                guard member.status == needed else { return "is \(member.status.rawValue)" }
                return isSuspension ? obstacle(toLosing: member, among: rows.map(\.item)) : nil
            },
            question: { .member(.status(tenant, $0, isSuspension ? .suspended : .active)) }
        )
        return bulk.with(
            isSuspension
                ? "Locks them out of \(tenant.name)." : "They get into \(tenant.name) again.",
            "Undone by: undo right after, or the same key once more.",
            in: tenant,
            isDangerous: isSuspension,
            needsReason: isSuspension
        )
    }

    func bulkOfRemovals() -> Bulk? {
        guard let tenant = shownTenant else { return nil }
        let rows = marked(MembersScreen.self)
        return Bulk(
            "Remove",
            "member",
            of: rows,
            name: \.name,
            obstacle: { obstacle(toLosing: $0, among: rows.map(\.item)) },
            question: { .member(.remove(tenant, $0)) }
        ).with(
            "Ends their memberships of \(tenant.name) and frees their seats. What they made stays.",
            "Undone by: adding them again.",
            in: tenant,
            isDangerous: true,
            needsReason: true
        )
    }

    /// Why a member cannot be shut out along with others.
    private func obstacle(toLosing member: Member, among marked: [Member]) -> String? {
        if member.user == standing.identity?.user { return "that is you" }
        if let own = shownTenant?.membership, own != .owner, member.role.rank >= own.rank {
            return "stands at or above your own role"
        }
        guard member.role == .owner, member.status == .active,
            let list = (trail.current?.content as? MembersScreen)?.list
        else { return nil }
        let staying = list.ordered.contains { other in
            other.role == .owner && other.status == .active
                && !marked.contains { $0.user == other.user }
        }
        return staying ? nil : "no other owner would be left"
    }

    func bulkOfAccounts() -> Bulk {
        let rows = marked(UsersScreen.self)
        let isDisabling = rows.contains { $0.item.status == .active }
        let needed: AccountStatus = isDisabling ? .active : .disabled
        return Bulk(
            isDisabling ? "Disable" : "Enable",
            "user",
            of: rows,
            name: \.user.name,
            obstacle: { account in
                if account.status != needed { return "is \(account.status.rawValue)" }
                return account.id == standing.identity?.user ? "that is you" : nil
            },
            question: { .person(.status($0)) }
        ).with(
            isDisabling
                ? "Every session of theirs ends, and nobody signs in as them."
                : "They may sign in again. Old sessions stay ended.",
            "Undone by: undo right after, or the same key once more.",
            isDangerous: isDisabling,
            needsReason: true
        )
    }

    func bulkOfSessionsOfPeople() -> Bulk {
        Bulk(
            "End the sessions of",
            "user",
            of: marked(UsersScreen.self),
            name: \.user.name,
            obstacle: { $0.id == standing.identity?.user ? "that is you" : nil },
            question: { .person(.endSessions($0)) }
        ).with(
            "They may sign in anew. It cannot be undone.",
            isDangerous: true,
            needsReason: true
        )
    }

    func bulkOfSessions() -> Bulk {
        Bulk(
            "End",
            "session",
            of: marked(SessionsScreen.self),
            name: \.device,
            obstacle: { live in
                live.id == standing.identity?.session ? "is this console's own" : nil
            },
            question: { .session(.end($0)) }
        ).with(
            "Whoever uses them is out with the next request.",
            "Undone by: signing in there again.",
            isDangerous: true
        )
    }
}
