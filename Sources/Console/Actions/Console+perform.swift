import Domain
import Terminal

extension Console {
    mutating func openForm(_ form: FormOverlay) -> [Effect] {
        overlay = .form(form)
        return []
    }

    mutating func ask(_ dialog: DialogOverlay?) -> [Effect] {
        if let dialog { overlay = .dialog(dialog) }
        return []
    }
}

extension Console {
    /// Opens what is selected on the shown screen.
    mutating func openSelected() -> [Effect] {
        switch trail.current?.content {
        case let screen as OverviewScreen: return open(screen.chosen)
        case let screen as TenantsScreen:
            return screen.list.selected.map { open(Destination(.summary, in: TenantRef($0))) } ?? []
        case let screen as WorkspacesScreen:
            return screen.list.selected.map { open(Destination(.summary, in: TenantRef($0))) } ?? []
        case let screen as ArtifactsScreen:
            return screen.list.selected.map { open(.artifact($0, screen.place)) } ?? []
        case let screen as AuditScreen:
            return screen.list.selected.map { open(.event($0, screen.place)) } ?? []
        case let screen as TenantScreen:
            return screen.recent.selected.map { open(.event($0, .tenant(screen.place))) } ?? []
        case let screen as CallsScreen:
            return screen.list.selected.map { open(.call($0, screen.place)) } ?? []
        case let screen as JobsScreen:
            return screen.list.selected.map { open(.job($0)) } ?? []
        case let screen as UsersScreen:
            return screen.list.selected.map { open(.user($0)) } ?? []
        case let screen as OperatorsScreen:
            return screen.list.selected.map { open(.users(filter: $0.user.email)) } ?? []
        case let screen as VisitsScreen:
            return screen.list.selected.map { visit in
                let slug = visit.tenantSlug
                return show(TenantScreen(TenantRef(id: visit.tenant, slug: slug, name: slug)))
            } ?? []
        default: return []
        }
    }

    mutating func inspectSelected() -> [Effect] {
        guard let chosen = chosenTenant else { return [] }
        return show(TenantScreen(chosen.tenant))
    }

    mutating func openFilter() -> [Effect] {
        guard let content = trail.current?.content, let text = content.filterText else { return [] }
        overlay = .filter(FilterLine(text, of: content.kind))
        return []
    }
}

extension Console {
    mutating func askSuspend() -> [Effect] {
        ask(chosenTenant.map { .suspend($0.tenant, members: $0.members) })
    }

    mutating func askResume() -> [Effect] { ask(chosenTenant.map { .resume($0.tenant) }) }

    mutating func askPlan() -> [Effect] {
        chosenTenant.map { openForm(.plan($0.tenant, current: $0.plan)) } ?? []
    }

    mutating func askQuota() -> [Effect] {
        chosenTenant.map { openForm(.quota($0.tenant, quotas: $0.quotas)) } ?? []
    }

    mutating func askSupport() -> [Effect] {
        chosenTenant.map {
            askForSupport(in: $0.tenant, then: Destination(.summary, in: $0.tenant))
        }
            ?? []
    }

    /// The roles that the person at the console may give.
    private var grantableRoles: [FormField.Choice] {
        let own = shownTenant?.membership
        let rank = own?.rank ?? Domain.Role.admin.rank
        let custom = knownRoles.filter { !$0.isSystem }.map(\.role)
        return (Domain.Role.allCases.map(MemberRole.system) + custom)
            .filter { own == .owner || $0.rank < rank }
            .map { FormField.Choice(RoleName($0).text, title: SafeText($0.name, limit: 50)) }
    }

    /// The roles that the shown screen knows of.
    private var knownRoles: [TenantRole] {
        switch trail.current?.content {
        case let screen as MembersScreen: screen.roles
        case let screen as InvitationsScreen: screen.roles
        default: []
        }
    }

    mutating func askInvite() -> [Effect] {
        shownTenant.map { openForm(.invite($0, roles: grantableRoles)) } ?? []
    }

    mutating func askResend() -> [Effect] {
        guard let tenant = shownTenant, let invitation = selectedInvitation else { return [] }
        return ask(.resend(invitation, in: tenant))
    }

    mutating func askRevoke() -> [Effect] {
        guard let tenant = shownTenant, let invitation = selectedInvitation else { return [] }
        return ask(.revoke(invitation, in: tenant))
    }

    mutating func askNewRole() -> [Effect] { shownTenant.map { openForm(.newRole($0)) } ?? [] }

    mutating func askEditRole() -> [Effect] {
        guard let tenant = shownTenant, let role = selectedRole else { return [] }
        return openForm(.editRole(role, in: tenant))
    }

    mutating func askDeleteRole() -> [Effect] {
        guard let tenant = shownTenant, case .custom(let role) = selectedRole?.role else {
            return []
        }
        return ask(.delete(role, in: tenant))
    }

    mutating func askAddMember() -> [Effect] {
        shownTenant.map { openForm(.addMember($0, roles: grantableRoles)) } ?? []
    }

    mutating func askRole() -> [Effect] {
        guard let tenant = shownTenant, let member = selectedMember else { return [] }
        return openForm(.role(of: member, in: tenant, roles: grantableRoles))
    }

    mutating func askMemberStatus() -> [Effect] {
        guard let tenant = shownTenant, let member = selectedMember else { return [] }
        return ask(.memberStatus(member, in: tenant))
    }

    mutating func askRemoveMember() -> [Effect] {
        guard let tenant = shownTenant, let member = selectedMember else { return [] }
        return ask(.remove(member, from: tenant))
    }

    mutating func askEndSession() -> [Effect] {
        ask(selectedSession.map { .end($0) })
    }

    mutating func askEndOtherSessions() -> [Effect] { ask(.endOtherSessions()) }

    mutating func askDeleteArtifact() -> [Effect] {
        guard let tenant = shownTenant, let artifact = selectedArtifact else { return [] }
        return ask(.delete(artifact, in: tenant))
    }

    mutating func askRestoreArtifact() -> [Effect] {
        guard let tenant = shownTenant, let artifact = selectedArtifact else { return [] }
        return ask(.restore(artifact, in: tenant))
    }
}

extension Console {
    mutating func toggleDeleted() -> [Effect] {
        guard let visit = trail.current, var screen = visit.content as? ArtifactsScreen else {
            return []
        }
        let asks = screen.toggleDeleted(context)
        trail.set(screen, of: visit.id)
        return send(asks, from: visit.id) + remember()
    }

    mutating func followActor() -> [Effect] {
        guard let person = selectedPerson else { return [] }
        let filter = "actor:\(person)"
        guard let tenant = shownTenant else { return open(.trail(filter: filter)) }
        return open(Destination(.audit(filter: filter), in: tenant))
    }

    mutating func scrollText() -> [Effect] {
        let rows = max(1, Chrome(size: size).content.height / 2)
        _ = trail.edit(ArtifactScreen.self) { $0.scroll(by: rows) }
        return []
    }

    mutating func verifyChain() -> [Effect] {
        guard let visit = trail.current, var screen = visit.content as? AuditScreen else {
            return []
        }
        let asks = screen.startVerifying()
        trail.set(screen, of: visit.id)
        return send(asks, from: visit.id)
    }
}
