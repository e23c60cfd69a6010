import Domain
import Terminal

extension Console {
    mutating func askTransfer() -> [Effect] {
        guard let tenant = shownTenant, let heir = selectedMember else { return [] }
        return openForm(.transfer(tenant, to: heir))
    }

    mutating func askDepart() -> [Effect] {
        guard let tenant = shownTenant else { return [] }
        return ask(.depart(from: tenant))
    }

    /// What follows handing the ownership over: what the screens offered an owner is gone.
    mutating func handedOver(_ tenant: TenantRef, to heir: Member) -> [Effect] {
        var place = tenant
        place.membership = .admin
        forgetPlace(tenant)
        toast("\(heir.name) is an owner now, and you are an admin.", .success)
        return send(.platform(.workspaces), to: .root(.quiet))
            + open(Destination(.members(filter: nil), in: place))
    }

    /// What follows leaving: nothing of the tenant stays on the screens.
    mutating func departed(from tenant: TenantRef) -> [Effect] {
        forgetPlace(tenant)
        standing.people[tenant.id] = nil
        standing.keys[tenant.id] = nil
        toast("You have left \(tenant.name).", .success)
        return open(.workspaces)
    }

    private mutating func forgetPlace(_ tenant: TenantRef) {
        if notices.undo?.tenant?.id == tenant.id { notices.undo = nil }
        trail.forget { $0.tenant?.id == tenant.id }
    }
}

extension FormOverlay {
    /// A form, because it takes a proof that it is the owner who sits here.
    static func transfer(_ tenant: TenantRef, to heir: Member) -> FormOverlay {
        let secret = TextField(options: .init(limit: 1_000, isSecret: true))
        return FormOverlay(
            title: SafeText("Hand \(tenant.name) over", limit: 60),
            plan: [
                SafeText("Changes 2 memberships: \(heir.name) becomes an owner,"),
                "and you become an admin. Undone by: only a new owner.",
            ],
            form: Form([
                text(
                    "email",
                    "Mail",
                    placeholder: SafeText(heir.email, limit: 100),
                    limit: 254,
                    hint: "the new owner's address, typed as a confirmation"
                ),
                FormField(
                    id: "password",
                    label: "Password",
                    content: .text(secret),
                    hint: "your own; or a code, where you have a second factor"
                ),
            ]),
            intent: .member(.transfer(tenant, heir))
        )
    }
}

extension DialogOverlay {
    static func depart(from tenant: TenantRef) -> DialogOverlay {
        DialogOverlay(
            dialog: Dialog(
                title: SafeText("Leave \(tenant.name)", limit: 60),
                lines: [
                    "Ends 1 membership, your own, and frees its seat.",
                    "What you made stays. Undone by: only an invitation.",
                ],
                verb: "Leave",
                isDangerous: true,
                demand: .init(word: tenant.slug)
            ),
            intent: .member(.depart(tenant))
        )
    }
}
