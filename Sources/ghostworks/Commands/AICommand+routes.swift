import ArgumentParser
import Domain
import Operations
import Terminal

extension AICommand {
    /// `ai routes`.
    struct Routes: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the ways to models.")
        @OptionGroup var global: GlobalOptions
        @OptionGroup var tenant: TenantOptions
        @OptionGroup var output: FormatOptions

        func run() async throws {
            try await TenantWork(global: global, tenant: tenant).read { place in
                let routes = try await ListRoutes(place.environment)(by: place.caller)
                place.listing(AICommand.routeColumns, output.format).write(routes)
            }
        }
    }

    /// `ai set-route`.
    struct SetRoute: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "set-route",
            abstract: "Make a route, or give one another plan."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var tenant: TenantOptions
        @OptionGroup var output: FormatOptions
        @Argument(help: "The route's name.") var name: String
        @Option(
            name: .customLong("target"),
            help: ArgumentHelp("A model; repeat it in order.", valueName: "id")
        )
        var targets: [String]
        @Option(name: .customLong("channel"), help: "A door that may name it; all unless told.")
        var channels: [AICall.Channel] = []
        @Option(help: ArgumentHelp("1 to 3.", valueName: "number")) var maxAttempts = 3
        @Flag(help: "Try a call again that may have been billed.") var ambiguousRetry = false
        @Option(help: "Who gets the same answer again.") var cache = ModelRoutePlan.Cache.Scope.off
        @Option(help: ArgumentHelp("How long answers are kept.", valueName: "seconds"))
        var cacheSeconds = 0
        @Option(help: ArgumentHelp("Warmer calls are not kept: thousandths.", valueName: "number"))
        var cacheMaxTemperatureMilli = 0
        @Option(help: "What becomes of a call whose client went away.")
        var onDisconnect = ModelRoutePlan.Disconnect.cancel
        @Option(help: ArgumentHelp("For calls that name no limit.", valueName: "tokens"))
        var defaultMaxTokens: Int64?

        func run() async throws {
            let plan = try ModelRoutePlan(
                targets: targets,
                channels: channels,
                retry: .init(maxAttempts: maxAttempts, allowsAmbiguous: ambiguousRetry),
                cache: .init(
                    scope: cache,
                    seconds: cacheSeconds,
                    maxTemperatureMilli: cacheMaxTemperatureMilli
                ),
                onDisconnect: onDisconnect,
                defaultMaxTokens: defaultMaxTokens
            )
            try await TenantWork(global: global, tenant: tenant).write { place in
                let put = PutRoute(place.environment)
                let stored = try await put(name, plan, by: place.caller)
                place.listing(AICommand.routeColumns, output.format).write(one: stored.route)
            }
        }
    }

    /// `ai delete-route`.
    struct DeleteRoute: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "delete-route",
            abstract: "Take a route away."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var tenant: TenantOptions
        @Argument(help: "The route's name.") var name: String

        func run() async throws {
            try await TenantWork(global: global, tenant: tenant).write { place in
                try await Operations.DeleteRoute(place.environment)(name, by: place.caller)
                StandardStream.output.line("The route \(SafeText(name).string) is gone.")
            }
        }
    }

    static let routeColumns: [Column<ModelRoute>] = [
        Column("name") { Cell($0.name) },
        Column("targets") { .list($0.plan.targets) },
        Column("max_attempts") { Cell($0.plan.retry.maxAttempts) },
        Column("cache_scope") { Cell($0.plan.cache.scope.rawValue) },
        Column("cache_seconds") { Cell($0.plan.cache.seconds) },
        Column("on_disconnect") { Cell($0.plan.onDisconnect.rawValue) },
        Column("default_max_tokens") { Cell($0.plan.defaultMaxTokens) },
        Column("channels", isShown: false) { .list($0.plan.channels.map(\.rawValue)) },
        Column("allow_ambiguous_retry", isShown: false) { .flag($0.plan.retry.allowsAmbiguous) },
        Column("version", isShown: false) { Cell($0.version) },
    ]
}
