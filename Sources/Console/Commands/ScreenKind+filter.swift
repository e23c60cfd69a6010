import Domain

extension ScreenKind {
    /// What may be filtered on the screen; nil for nothing.
    var filterSchema: FilterSchema? {
        switch self {
        case .tenants: .tenants
        case .members: .members
        case .invitations: .invitations
        case .artifacts: .artifacts
        case .users: .users
        case .operators: .operators
        case .visits, .stays: .visits
        case .audit, .trail: .audit
        case .calls: .calls
        case .jobs: .jobs
        default: nil
        }
    }

    /// What may be filtered behind the screen's command; the calls are filtered where they are.
    var commandSchema: FilterSchema? { self == .calls ? nil : filterSchema }

    /// What may be typed after `/`.
    var filterHint: String { filterSchema?.hint ?? "" }
}
