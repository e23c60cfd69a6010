import ArgumentParser
import Domain
import Operations

/// `ghostworks overview`.
struct OverviewCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "overview",
        abstract: "The platform at a glance: tenants, AI use, requests, connections, alerts."
    )
    @OptionGroup var global: GlobalOptions
    @OptionGroup var output: FormatOptions

    func run() async throws {
        try await UserWork(global: global).run { session, settings in
            let overview = try await ShowOverview(session.environment)(by: session.caller)
            Listing(
                columns: Self.columns,
                format: output.format,
                zone: settings.view.timeZone
            ).write(one: overview)
        }
    }

    private static let columns: [Column<PlatformOverview>] = [
        Column("tenants_active") { Cell($0.activeTenants) },
        Column("tenants_suspended") { Cell($0.suspendedTenants) },
        Column("members") { Cell($0.members) },
        Column("artifacts") { Cell($0.artifacts) },
        Column("ai_tokens_today") { Cell($0.today.tokens) },
        Column("counted_at") { Cell($0.refreshedAt) },
        Column("processes") { Cell($0.health?.present.count ?? 0) },
        Column("requests_last_minute") { Cell($0.health?.requests) },
        Column("errors_last_minute") { Cell($0.health?.errors) },
        Column("p50_us") { Cell($0.health?.median.map(Self.microseconds)) },
        Column("p99_us") { Cell($0.health?.slowest.map(Self.microseconds)) },
        Column("connections_in_use") { Cell($0.health?.pool.inUse) },
        Column("connections") { Cell($0.health?.pool.size) },
        Column("waiting") { Cell($0.health?.pool.waiting) },
        Column("measured_at") { Cell($0.health?.measuredAt) },
        Column("mails_waiting") { Cell($0.mails?.waiting) },
        Column("mails_given_up") { Cell($0.mails?.failed) },
        Column("copies_waiting") { Cell($0.copies?.waiting) },
        Column("copies_given_up") { Cell($0.copies?.failed) },
        Column("alerts") { overview in
            .list(overview.alerts.filter { $0.mark == nil }.map(\.sentence))
        },
        Column("alerts_seen_to") { overview in
            .list(overview.alerts.filter { $0.mark != nil }.map(\.sentence))
        },
    ]

    private static func microseconds(_ duration: Duration) -> Int64 {
        Int64(duration / .microseconds(1))
    }
}
