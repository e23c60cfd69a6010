import Domain

/// Whose trail is looked at: a tenant's, or the platform's own.
enum AuditPlace: Hashable, Sendable {
    case platform
    case tenant(TenantRef)

    var tenant: TenantRef? {
        switch self {
        case .platform: nil
        case .tenant(let tenant): tenant
        }
    }

    /// Asks the trail that is looked at.
    func ask(_ request: AuditRequest) -> Ask {
        switch self {
        case .platform: .platform(.audit(request))
        case .tenant(let tenant): .tenant(.audit(request), tenant)
        }
    }

    /// The search that finds a person whom a filter names: among the members of the tenant, or among
    /// all people.
    func search(
        _ name: FilterText.Value,
        _ context: ScreenContext
    ) throws(DomainError) -> [SlotAsk] {
        if case .tenant(let tenant) = self { return PersonName.search(name.text, in: tenant) }
        guard context.mayFindPeople else {
            throw .filter(
                "Your role may not search the platform's people.",
                at: name.column,
                hint: "Write actor:me, or an id."
            )
        }
        guard let page = try? PageRequest(limit: 10) else { return [] }
        var filter = AccountFilter()
        filter.search = name.text
        return [SlotAsk(.author, .platform(.people(.list(filter, page))))]
    }
}
