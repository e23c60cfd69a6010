import Domain
import Terminal

extension Actions {
    /// Single objects for members whose role reaches no further.
    static let grants: [Action] = [
        Action(
            id: "grants",
            keys: ["o"],
            label: "grants",
            help: "Show the single artifacts that the member was given.",
            screens: [.members],
            permission: .memberUpdateRole,
            rank: 20,
            obstacle: { $0.selectedMember == nil ? "No member is selected." : nil },
            run: { $0.openGrants() }
        ),
        Action(
            id: "give",
            keys: ["n"],
            label: "give",
            help: "Give the member an artifact: a guest sees exactly what was given.",
            screens: [.grants],
            permission: .memberUpdateRole,
            writes: true,
            rank: 10,
            run: { $0.askGive() }
        ),
        Action(
            id: "take",
            keys: ["D"],
            label: "take back",
            help: "Take the artifact from the member again.",
            screens: [.grants],
            permission: .memberUpdateRole,
            writes: true,
            rank: 11,
            obstacle: { $0.selectedGrant == nil ? "No grant is selected." : nil },
            run: { $0.askTake() }
        ),
    ]
}

extension Console {
    var selectedGrant: MemberGrant? { (trail.current?.content as? GrantsScreen)?.list.selected }

    mutating func openGrants() -> [Effect] {
        guard let tenant = shownTenant, let member = selectedMember else { return [] }
        return open(Destination(.grants(member), in: tenant))
    }

    mutating func askGive() -> [Effect] {
        guard let screen = trail.current?.content as? GrantsScreen else { return [] }
        return openForm(.give(to: screen.member, in: screen.place))
    }

    mutating func askTake() -> [Effect] {
        guard let screen = trail.current?.content as? GrantsScreen, let grant = selectedGrant
        else { return [] }
        return ask(.take(grant, from: screen.member, in: screen.place))
    }

    /// What follows an artifact that was given.
    mutating func gave(_ grant: MemberGrant, to member: Member) -> [Effect] {
        toast("Gave \(member.name) \(grant.shortName).", .success)
        return reload(isExplicit: true)
    }

    /// What follows an artifact that was taken back: it can be given again.
    mutating func took(
        _ grant: MemberGrant,
        from member: Member,
        in tenant: TenantRef
    ) -> [Effect] {
        offerUndo(
            "Give \(grant.shortName) back",
            .tenant(
                .grants(.give(grant.resource, grant.permissions, to: member.user)),
                tenant
            ),
            in: tenant,
            after: "Took \(grant.shortName) from \(member.name)."
        )
        return reload(isExplicit: true)
    }
}

extension MemberGrant {
    /// The object's name as toasts show it.
    var shortName: String {
        let name = name ?? resource.description
        return name.count > 40 ? String(name.prefix(39)) + "…" : name
    }
}
