import Domain

/// A place to go to.
enum Destination: Hashable, Sendable {
    case overview
    case tenants(filter: String?)
    case workspaces
    case sessions
    case section(Section, TenantRef)
    case artifact(Artifact, TenantRef)
    case call(AICallRecord, TenantRef)
    case event(AuditEvent, AuditPlace)
    /// The platform's own trail.
    case trail(filter: String?)
    case users(filter: String?)
    case user(Account)
    case copies(Account)
    case operators(filter: String?)
    case visits(filter: String?)
    case attempts(EmailAddress)
    case prices
    case processes
    case jobs(filter: String?)
    case job(Job)

    /// A part of a tenant.
    enum Section: Hashable, Sendable {
        case summary
        case members(filter: String?)
        case roles
        case invitations(filter: String?)
        case grants(Member)
        case artifacts(filter: String?)
        case ai
        case calls
        case alerts
        case audit(filter: String?)
        case keys
        case stays(filter: String?)
        case consents
        case requests
        case holds

        var kind: ScreenKind {
            switch self {
            case .summary: .tenant
            case .members: .members
            case .roles: .roles
            case .invitations: .invitations
            case .grants: .grants
            case .artifacts: .artifacts
            case .ai: .ai
            case .calls: .calls
            case .alerts: .alerts
            case .audit: .audit
            case .keys: .keys
            case .stays: .stays
            case .consents: .consents
            case .requests: .requests
            case .holds: .holds
            }
        }

        /// The action that shows it, with the permission that it needs.
        var action: String {
            switch self {
            case .summary: "summary"
            case .roles: "allroles"
            case .invitations: "invited"
            default: kind.rawValue
            }
        }
    }

    init(_ section: Section, in tenant: TenantRef) {
        self = .section(section, tenant)
    }

    var tenant: TenantRef? {
        switch self {
        case .overview, .tenants, .workspaces, .sessions, .users, .user, .operators, .visits,
            .attempts, .copies, .prices, .processes, .jobs, .job, .trail:
            nil
        case .section(_, let tenant), .artifact(_, let tenant), .call(_, let tenant): tenant
        case .event(_, let place): place.tenant
        }
    }
}

extension Destination {
    /// Whether it is the summary of a closed tenant, for which no support session is opened.
    var isOfClosed: Bool {
        guard case .section(.summary, let tenant) = self else { return false }
        return tenant.isClosed
    }
}
