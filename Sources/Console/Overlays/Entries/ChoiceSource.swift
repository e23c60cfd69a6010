import Domain
import Terminal

/// Where the choices of a field come from when they live in the database.
enum ChoiceSource: Hashable, Sendable {
    /// The people of a tenant, by their ids.
    case members(TenantRef)
    /// The people of the platform, by their mail addresses.
    case accounts
    /// The documents of a tenant, by their ids.
    case artifacts(TenantRef)
    /// The time zones that the database knows, by their names.
    case timeZones

    private static let size = 50

    /// What asks for those that fit what was typed.
    func ask(matching text: String) -> Ask? {
        guard let page = try? PageRequest(limit: Self.size) else { return nil }
        let words = text.nonBlank
        switch self {
        case .members(let tenant):
            return .tenant(.members(.list(MemberFilter(search: words), page)), tenant)
        case .timeZones: return .platform(.people(.zones))
        case .accounts: return .platform(.people(.list(AccountFilter(search: words), page)))
        case .artifacts(let tenant):
            guard let filter = try? ArtifactFilter(query: words) else { return nil }
            return .tenant(.artifacts(.list(filter, page)), tenant)
        }
    }

    /// The choices in an answer, and whether there are no more; nil for another answer.
    func choices(in answer: ConsoleAnswer) -> (choices: [FormField.Choice], isWhole: Bool)? {
        switch (self, answer) {
        case (.members, .members(let page)):
            let choices = page.items.map {
                FormField.Choice(
                    $0.user.description,
                    title: SafeText($0.name, limit: 60),
                    detail: SafeText($0.email, limit: 100)
                )
            }
            return (choices, page.next == nil)
        case (.timeZones, .directory(.zones(let zones))):
            let choices = zones.map {
                FormField.Choice($0.name, detail: SafeText(Zone.distance($0.minutesEast)))
            }
            return (choices, true)
        case (.accounts, .directory(.accounts(let page))):
            let choices = page.items.map {
                FormField.Choice(
                    $0.user.email,
                    title: SafeText($0.user.email, limit: 100),
                    detail: SafeText($0.user.name, limit: 60)
                )
            }
            return (choices, page.next == nil)
        case (.artifacts, .artifacts(let found)):
            let choices = found.page.items.map {
                FormField.Choice(
                    $0.id.description,
                    title: SafeText($0.name, limit: 60),
                    detail: SafeText($0.tags.joined(separator: ", "), limit: 40)
                )
            }
            return (choices, found.page.next == nil)
        default: return nil
        }
    }
}
