import ArgumentParser
import Domain
import Operations

/// `ghostworks tenant`: what operators do with tenants.
struct TenantCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tenant",
        abstract: "Tenants: list, show, create, rename, suspend, close, plan, quotas, consent.",
        subcommands: [
            List.self, Show.self, Create.self, Suspend.self, Resume.self, ChangePlan.self,
            ChangeQuota.self, Rename.self, Close.self, Restore.self, ConsentCommand.self,
        ]
    )

    /// `tenant list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "List tenants."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var output: ListingOptions
        @OptionGroup var text: FilterOption
        @Option(help: ArgumentHelp("A part of slug or name.", valueName: "text"))
        var search: String?
        @Option(help: "Only tenants in this state.") var status: TenantStatus?
        @Option(help: "Only tenants with this plan.") var plan: Plan?
        @Option(help: "newest first, by name, or the most of a figure first.")
        var order = TenantFilter.Order.newest
        @Flag(help: "The other way round: the oldest, the last name, the least first.")
        var reverse = false

        func run() async throws {
            let reading = try text.reading(
                .tenants,
                beside: [
                    ("search", search != nil), ("status", status != nil), ("plan", plan != nil),
                ]
            )
            let settings = try await global.settings()
            var filter =
                try reading.map { try TenantFilter($0, settings.filterClock, order: order) }
                ?? TenantFilter(search: search, status: status, plan: plan, order: order)
            filter.isReversed = reverse
            let wanted = filter
            try await ShellSession.with(settings) { session in
                let list = ListTenants(session.environment)
                try await Listing(
                    columns: TenantColumns.summary,
                    format: output.format,
                    zone: settings.view.timeZone
                ).write(limit: output.limit) {
                    try await list(wanted, page: $0, by: session.caller)
                }
            }
        }
    }

    /// `tenant show`.
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show",
            abstract: "Show a tenant with its quotas and counts."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var output: FormatOptions
        @Argument(help: "Slug or id.") var slug: String

        func run() async throws {
            try await TenantAction(global: global, output: output, slug: slug).show {
                try await FindTenant($0.environment)($1, by: $0.caller)
            }
        }
    }

    /// `tenant create`.
    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "create",
            abstract: "Provision a tenant with its owner and its plan's quotas."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var output: FormatOptions
        @Argument(help: "The name in addresses, such as acme-charity.") var slug: String
        @Option(help: ArgumentHelp("Full name.", valueName: "name")) var name: String
        @Option(help: "free, pro or enterprise.") var plan = Plan.free
        @Option(help: ArgumentHelp("The owner's mail.", valueName: "address"))
        var ownerEmail: String
        @Option(help: ArgumentHelp("The owner's name.", valueName: "name")) var ownerName: String?
        @Option(help: ArgumentHelp("Makes a repetition harmless.", valueName: "key"))
        var idempotencyKey: String?

        func run() async throws {
            let settings = try await global.settings()
            try await ShellSession.with(settings) { session in
                let new = try NewTenant(
                    slug: slug,
                    name: name,
                    plan: plan.rawValue,
                    ownerEmail: ownerEmail,
                    ownerName: ownerName
                )
                let tenant = try await ProvisionTenant(session.environment)(
                    new,
                    idempotencyKey: idempotencyKey,
                    by: session.caller
                )
                TenantColumns.write(tenant, output, settings)
            }
        }
    }

    /// `tenant rename`.
    struct Rename: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "rename",
            abstract: "Give a tenant another name; its slug stays."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var output: FormatOptions
        @Argument(help: "Slug or id.") var slug: String
        @Argument(help: "The new name.") var name: String

        func run() async throws {
            try await TenantAction(global: global, output: output, slug: slug).change {
                try await UpdateTenant($0.environment)($1, name: name, version: nil, by: $0.caller)
            }
        }
    }

    /// `tenant suspend`.
    struct Suspend: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "suspend",
            abstract: "Suspend a tenant: its people are kept out, its data stays."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var output: FormatOptions
        @Argument(help: "Slug or id.") var slug: String
        @Option(help: ArgumentHelp("Why; it goes into both trails.", valueName: "text"))
        var reason: String

        func run() async throws {
            try await TenantAction(global: global, output: output, slug: slug).change {
                try await SuspendTenant($0.environment)($1, reason: reason, by: $0.caller)
            }
        }
    }

    /// `tenant resume`.
    struct Resume: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "resume",
            abstract: "Let a suspended tenant in again."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var output: FormatOptions
        @Argument(help: "Slug or id.") var slug: String
        @Option(help: ArgumentHelp("Why; it goes into both trails.", valueName: "text"))
        var reason: String

        func run() async throws {
            try await TenantAction(global: global, output: output, slug: slug).change {
                try await ResumeTenant($0.environment)($1, reason: reason, by: $0.caller)
            }
        }
    }

    /// `tenant plan`.
    struct ChangePlan: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "plan",
            abstract: "Give a tenant another plan; its quotas follow, nothing is deleted."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var output: FormatOptions
        @Argument(help: "Slug or id.") var slug: String
        @Argument(help: "free, pro or enterprise.") var plan: Plan

        func run() async throws {
            try await TenantAction(global: global, output: output, slug: slug).show {
                try await Operations.ChangePlan($0.environment)($1, to: plan, by: $0.caller)
            }
        }
    }

    /// `tenant quota`.
    struct ChangeQuota: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "quota",
            abstract: "Change one limit of a tenant."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var output: FormatOptions
        @Argument(help: "Slug or id.") var slug: String
        @Argument(help: "What is limited.") var resource: Resource
        @Option(help: ArgumentHelp("Not beyond this.", valueName: "amount")) var hard: Int64
        @Option(help: ArgumentHelp("Warn from here.", valueName: "amount")) var soft: Int64?

        func run() async throws {
            try await TenantAction(global: global, output: output, slug: slug).show {
                try await Operations.ChangeQuota($0.environment)(
                    $1,
                    resource: resource,
                    soft: soft,
                    hard: hard,
                    by: $0.caller
                )
            }
        }
    }
}
