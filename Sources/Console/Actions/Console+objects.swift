import Domain
import Terminal

/// An object as the trail names it.
struct AuditObject: Hashable, Sendable {
    var type: String
    var id: String

    init<Entity>(_ type: String, _ id: Identifier<Entity>) {
        self.type = type
        self.id = id.description
    }

    /// The words that ask for its events.
    var filter: String { "resource:\(type):\(id)" }
}

extension Console {
    /// What the shown screen is about or has selected, as the trail names it.
    var selectedObject: AuditObject? {
        switch trail.current?.content {
        case let screen as MembersScreen:
            screen.list.selected.map { AuditObject("member", $0.user) }
        case let screen as GrantsScreen: AuditObject("member", screen.member.user)
        case let screen as TenantScreen: AuditObject("tenant", screen.place.id)
        case let screen as APIKeysScreen:
            screen.list.selected.map { AuditObject("api_key", $0.id) }
        case let screen as RolesScreen:
            if case .custom(let role)? = screen.list.selected?.role {
                AuditObject("role", role.id)
            } else {
                nil
            }
        case let screen as InvitationsScreen:
            screen.list.selected.map { AuditObject("invitation", $0.id) }
        case let screen as ConsentsScreen:
            screen.list.selected.map { AuditObject("support_consent", $0.id) }
        case let screen as StaysScreen:
            screen.list.selected.map { AuditObject("support_session", $0.id) }
        default: selectedArtifact.map { AuditObject("artifact", $0.id) }
        }
    }

    mutating func showEventsOfObject() -> [Effect] {
        guard let tenant = shownTenant, let object = selectedObject else { return [] }
        return open(Destination(.audit(filter: object.filter), in: tenant))
    }

    /// Goes from an event to the object it is about.
    mutating func openObjectOfEvent() -> [Effect] {
        guard let entry = selectedEvent?.entry else { return [] }
        guard let tenant = shownTenant else { return openPlatformObject(of: entry) }
        if entry.resourceType == "artifact", let id = entry.resourceID.flatMap({ ArtifactID($0) }) {
            return show(ArtifactScreen(id: id, in: tenant))
        }
        guard let section = Self.section(of: entry.resourceType) else {
            toast("There is no screen for \(entry.resourceType).", .hint)
            return []
        }
        return open(Destination(section, in: tenant))
    }

    /// The events of what is selected on the platform, or all of its trail.
    mutating func showPlatformTrail() -> [Effect] {
        let object =
            chosenTenant.map { AuditObject("tenant", $0.tenant.id) }
            ?? selectedAccount.map { AuditObject("user", $0.id) }
        return open(.trail(filter: object?.filter))
    }

    private mutating func openPlatformObject(of entry: AuditEntry) -> [Effect] {
        switch (entry.resourceType, entry.resourceID) {
        case ("tenant", let id?):
            return send(.platform(.resolve(id)), to: .root(.resolve(.summary)))
        case ("user", let id?): return open(.users(filter: id))
        case ("platform_role", _): return open(.operators(filter: nil))
        case ("support_session", _): return open(.visits(filter: nil))
        case ("job", _): return open(.jobs(filter: nil))
        case ("audit", _): return open(.trail(filter: "action:audit."))
        default:
            toast("There is no screen for \(entry.resourceType).", .hint)
            return []
        }
    }

    private static func section(of type: String) -> Destination.Section? {
        switch type {
        case "member", "membership", "user": .members(filter: nil)
        case "tenant", "workspace": .summary
        case "api_key": .keys
        case "role": .roles
        case "invitation": .invitations(filter: nil)
        case "support_session": .stays(filter: nil)
        case "support_consent": .consents
        case "data_request": .requests
        case "legal_hold": .holds
        case "ai_budget": .ai
        case "ai_request": .calls
        case "audit": .audit(filter: "action:audit.")
        default: nil
        }
    }
}
