import ArgumentParser
import Domain
import Operations

extension AICommand {
    /// `ai usage`.
    struct Usage: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "usage",
            abstract: "Sum requests, tokens and cost by day, model, purpose, member or API key."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var tenant: TenantOptions
        @OptionGroup var output: FormatOptions
        @Option(name: .customLong("by"), help: "day, model, purpose, member or key.")
        var grouping = UsageGrouping.day
        @Option(help: ArgumentHelp("From: \(Moment.help); 30d when not given.", valueName: "time"))
        var from: Moment?
        @Option(help: ArgumentHelp("Before: \(Moment.help).", valueName: "time"))
        var to: Moment?

        func run() async throws {
            let end = to?.instant ?? SystemTime.now
            let start = from?.instant ?? end.advanced(by: .seconds(-30 * 86_400))
            try await TenantWork(global: global, tenant: tenant).read { place in
                let usage = try await ShowUsage(place.environment)(
                    grouping: grouping,
                    from: start,
                    to: end,
                    by: place.caller
                )
                let columns = try await AICommand.headings(grouping, usage, place)
                place.listing(columns + AICommand.sums, output.format).write(usage)
            }
        }
    }

    /// What the sums are about: members by their mail and keys by name and prefix, as far as the
    /// caller may see them; to machines their ids besides.
    private static func headings(
        _ grouping: UsageGrouping,
        _ usage: [UsageSum],
        _ place: TenantWork.Place
    ) async throws -> [Column<UsageSum>] {
        let isNamed = grouping == .member || grouping == .key
        let id = Column<UsageSum>(grouping.rawValue, isShown: !isNamed) {
            Cell($0.key.isEmpty ? nil : $0.key)
        }
        switch grouping {
        case .day, .model, .purpose: return [id]
        case .member:
            let ids = Set(usage.compactMap { UserID($0.key) })
            let people = try await NamePeople(place.environment)(ids, by: place.caller)
            let mail = Column<UsageSum>("mail") { sum in
                Cell(UserID(sum.key).map { people[$0]?.email ?? $0.description })
            }
            return [id, mail]
        case .key:
            let ids = Set(usage.compactMap { APIKeyID($0.key) })
            let keys = try await NameAPIKeys(place.environment)(ids, by: place.caller)
            let key: @Sendable (UsageSum) -> APIKey? = { APIKeyID($0.key).flatMap { keys[$0] } }
            let name = Column<UsageSum>("name") { sum in
                Cell(key(sum)?.name ?? (sum.key.isEmpty ? nil : sum.key))
            }
            return [id, name, Column("prefix") { Cell(identifier: key($0)?.prefix) }]
        }
    }

    private static let sums: [Column<UsageSum>] = [
        Column("requests") { Cell($0.requests) },
        Column("tokens_in") { Cell($0.tokensIn) },
        Column("tokens_out") { Cell($0.tokensOut) },
        Column("cost_nano_usd", isShown: false) { Cell($0.costNano) },
        Column("cost_usd") { .money($0.costNano) },
    ]
}
