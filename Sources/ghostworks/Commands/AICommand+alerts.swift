import ArgumentParser
import Domain
import Operations
import Terminal

extension AICommand {
    /// `ai alerts`.
    struct Alerts: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "alerts",
            abstract: "List budgets that reached a share of their limit, the newest first."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var tenant: TenantOptions
        @OptionGroup var output: ListingOptions
        @Flag(help: "Also those that somebody has seen to.") var all = false

        func run() async throws {
            try await TenantWork(global: global, tenant: tenant).read { place in
                let list = ListAlerts(place.environment)
                try await place.listing(AICommand.alertColumns, output.format)
                    .write(limit: output.limit) {
                        try await list(acknowledgedToo: all, page: $0, by: place.caller)
                    }
            }
        }
    }

    /// `ai acknowledge`.
    struct Acknowledge: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "acknowledge",
            abstract: "Note that somebody saw to an alert."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var tenant: TenantOptions
        @OptionGroup var output: FormatOptions
        @Argument(help: "The alert's id, as `ai alerts` shows it.") var id: String

        func run() async throws {
            guard let alert = ListedAlert.ID(id) else {
                throw DomainError.invalid("id", "must be the id of an alert, as ai alerts shows it")
            }
            try await TenantWork(global: global, tenant: tenant).write { place in
                let seen = try await AcknowledgeAlert(place.environment)(alert, by: place.caller)
                place.listing(AICommand.alertColumns, output.format).write(one: seen)
            }
        }
    }

    static let alertColumns: [Column<ListedAlert>] = [
        Column("scope") { Cell($0.scope.rawValue) },
        Column("scope_id") { Cell($0.scopeID.isEmpty ? nil : $0.scopeID) },
        Column("unit") { Cell($0.metric.unit) },
        Column("threshold") { Cell($0.id.threshold) },
        Column("used") { Cell($0.used, $0.metric) },
        Column("hard") { Cell($0.hard, $0.metric) },
        Column("raised_at") { Cell($0.raisedAt) },
        Column("acknowledged_at") { Cell($0.acknowledgedAt) },
        Column("id") { .identifier($0.id.description) },
    ]
}
