import Domain
import Terminal

extension Console {
    /// The person that the shown screen is about or that is selected in it.
    var selectedAccount: Account? {
        switch trail.current?.content {
        case let screen as UsersScreen: screen.list.selected
        case let screen as UserScreen: screen.account
        default: nil
        }
    }

    /// The selected role, while it holds.
    var selectedPlatformGrant: PlatformGrant? {
        guard let screen = trail.current?.content as? OperatorsScreen,
            let grant = screen.list.selected, grant.isLive(at: surroundings.now)
        else { return nil }
        return grant
    }

    /// The selected consent, while it holds.
    var selectedConsent: SupportConsent? {
        guard let screen = trail.current?.content as? ConsentsScreen,
            let consent = screen.list.selected,
            consent.state(at: surroundings.now) == .active
        else { return nil }
        return consent
    }

    /// The selected support session, when it runs and is one's own.
    var selectedVisit: SupportSession? {
        guard let screen = trail.current?.content as? VisitsScreen,
            let visit = screen.list.selected, visit.isLive(at: surroundings.now),
            visit.staff == standing.identity?.user
        else { return nil }
        return visit
    }
}

extension Console {
    mutating func openAttempts() -> [Effect] {
        guard let account = selectedAccount,
            let address = try? EmailAddress(account.user.email)
        else { return [] }
        return open(.attempts(address))
    }

    private mutating func ask(_ dialog: DialogOverlay) -> [Effect] {
        overlay = .dialog(dialog)
        return []
    }

    mutating func askAccountStatus() -> [Effect] {
        selectedAccount.map { ask(.accountStatus($0)) } ?? []
    }

    mutating func askEndSessions() -> [Effect] {
        selectedAccount.map { ask(.endSessions($0)) } ?? []
    }

    mutating func askEditAccount() -> [Effect] {
        selectedAccount.map { openForm(.account($0)) } ?? []
    }

    mutating func askGrant() -> [Effect] {
        openForm(.grant(to: selectedAccount?.user.email))
    }

    mutating func askRevokeGrant() -> [Effect] {
        selectedPlatformGrant.map { ask(.revoke($0)) } ?? []
    }

    mutating func askRename() -> [Effect] {
        chosenTenant.map { openForm(.rename($0.tenant)) } ?? []
    }

    mutating func askGiveConsent() -> [Effect] {
        shownTenant.map { openForm(.giveConsent($0)) } ?? []
    }

    mutating func askRevokeConsent() -> [Effect] {
        guard let tenant = shownTenant, let consent = selectedConsent else { return [] }
        return ask(.revoke(consent, in: tenant))
    }

    mutating func askEndVisit() -> [Effect] {
        selectedVisit.map { ask(.end($0)) } ?? []
    }

    mutating func askStandingConsent() -> [Effect] {
        guard let screen = trail.current?.content as? TenantScreen else { return [] }
        let isOn = screen.detail?.tenant.allowsSupportToWrite ?? false
        return ask(.standingConsent(screen.place, turnOn: !isOn))
    }
}

extension Console {
    /// What follows work on people or consents that was confirmed and carried out.
    mutating func takeDone(
        _ answer: PeopleAnswer,
        takeBack: TakeBack? = nil,
        in place: TenantRef? = nil
    ) -> [Effect] {
        switch answer {
        case .account(let account):
            let sentence = "\(account.user.name) is \(account.status.rawValue) now."
            tell(sentence, takeBack, in: nil)
        case .ended(let count): toast("Ended \(Format.plural(count, "session")).", .success)
        case .grant(let grant):
            tell("\(grant.user.name) is \(grant.role.rawValue) now.", takeBack, in: nil)
        case .given(let given):
            overlay = .dialog(.token(given, until: surroundings.zone, now: surroundings.now))
            return reload(isExplicit: true)
        case .tenant(let tenant):
            let may = tenant.allowsSupportToWrite ? "may" : "may no longer"
            tell("Super-admins \(may) write in \(tenant.name).", takeBack, in: place)
            return settleAfterWrite(.tenant(tenant))
        default: toast("Done.", .success)
        }
        let context = context
        trail.change { $0.note(.directory(answer), context) }
        return reload(isExplicit: true)
    }

    /// Ends a session that was chosen in the list; it may be the one the console is in.
    mutating func ended(_ visit: SupportSession) -> [Effect] {
        toast("Ended the session in \(visit.tenantSlug).", .success)
        var effects: [Effect] = []
        if standing.support?.id == visit.id {
            effects += leaveSupport(telling: "Left \(visit.tenantSlug).")
        }
        return effects + reload(isExplicit: true)
    }
}
