import Domain

extension Console {
    /// Opens what a card of the overview is about.
    mutating func open(_ topic: OverviewScreen.Topic) -> [Effect] {
        switch topic {
        case .tenants: return open(.tenants(filter: nil))
        case .spend: return open(.prices, orSay: .platformAiManage)
        case .people: return open(.users(filter: nil), orSay: .platformUsersManage)
        case .service, .connections: return open(.processes)
        case .queue: return open(.jobs(filter: nil), orSay: .platformHealthRead)
        }
    }

    private mutating func open(
        _ destination: Destination,
        orSay permission: Permission
    ) -> [Effect] {
        if let reason = refusal(permission, writes: false) {
            toast(reason, .hint)
            return []
        }
        return open(destination)
    }
}
