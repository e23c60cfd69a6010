import Domain

/// A tenant that actions are about, with what is known of it.
struct ChosenTenant: Hashable, Sendable {
    var tenant: TenantRef
    var status: TenantStatus?
    var plan: Plan?
    var members: Int?
    var quotas: [Quota]
}

extension Console {
    /// A key under which sending one form twice provisions one tenant.
    var formKey: String { "\(requestName(requests.nextID))-form" }

    /// The tenant that the shown screen is about or that is selected in it.
    var chosenTenant: ChosenTenant? {
        switch trail.current?.content {
        case let screen as TenantsScreen:
            screen.list.selected.map { summary in
                ChosenTenant(
                    tenant: TenantRef(summary),
                    status: summary.status,
                    plan: summary.plan,
                    members: summary.figures?.members,
                    quotas: []
                )
            }
        case let screen as TenantScreen:
            ChosenTenant(
                tenant: screen.place,
                status: screen.detail?.tenant.status,
                plan: screen.detail?.tenant.plan,
                members: screen.detail?.figures?.members,
                quotas: screen.detail?.quotas ?? []
            )
        default: nil
        }
    }

    var selectedMember: Member? {
        (trail.current?.content as? MembersScreen)?.list.selected
    }

    var selectedSession: LiveSession? {
        (trail.current?.content as? SessionsScreen)?.list.selected
    }

    var selectedRole: TenantRole? { (trail.current?.content as? RolesScreen)?.list.selected }

    var selectedInvitation: Invitation? {
        (trail.current?.content as? InvitationsScreen)?.list.selected
    }

    var selectedArtifact: Artifact? {
        switch trail.current?.content {
        case let screen as ArtifactsScreen: screen.list.selected
        case let screen as ArtifactScreen: screen.artifact
        default: nil
        }
    }

    var selectedEvent: AuditEvent? {
        switch trail.current?.content {
        case let screen as AuditScreen: screen.list.selected
        case let screen as AuditEventScreen: screen.event
        default: nil
        }
    }

    /// The person behind the selected row.
    var selectedPerson: UserID? { selectedMember?.user ?? selectedEvent?.actor.id }

    var shownTenant: TenantRef? { trail.current?.content.tenant }
}
