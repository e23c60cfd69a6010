import ArgumentParser
import Domain
import Operations

extension AICommand {
    /// `ai prices`.
    struct Prices: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "prices",
            abstract: "List versions of prices, those of the future too, the newest first."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var output: ListingOptions
        @Option(help: ArgumentHelp("Only this model's.", valueName: "id")) var model: String?

        func run() async throws {
            try await UserWork(global: global).run { session, settings in
                if let model { try await ModelNames(session: session).require(model) }
                let list = ListPrices(session.environment)
                try await Listing(
                    columns: AICommand.priceColumns,
                    format: output.format,
                    zone: settings.view.timeZone
                ).write(limit: output.limit) {
                    try await list(of: model, page: $0, by: session.caller)
                }
            }
        }
    }

    /// `ai set-price`.
    struct SetPrice: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "set-price",
            abstract: "Give a model its next price; a change of more than ten times waits.",
            discussion: "Prices name their unit: --input '$0.15/M' is USD for a million tokens. "
                + "Who proposed a price cannot approve it: see ai price-proposals."
        )
        @OptionGroup var global: GlobalOptions
        @Argument(help: "The model's id.") var model: String
        @Option(help: ArgumentHelp("What the model reads.", valueName: "price")) var input: String
        @Option(help: ArgumentHelp("What it writes.", valueName: "price")) var output: String
        @Option(help: ArgumentHelp("Read from the cache; as --input.", valueName: "price"))
        var cached: String?
        @Option(help: ArgumentHelp("Written to the cache; as --input.", valueName: "price"))
        var cacheWrite: String?
        @Option(help: ArgumentHelp("Thoughts; as --output.", valueName: "price"))
        var reasoning: String?
        @Option(help: ArgumentHelp("Each request besides, such as $0.01.", valueName: "amount"))
        var request: String?
        @Option(
            help: ArgumentHelp(
                "Above so many tokens read: 200000:$6/M:$22.50/M; may be repeated.",
                valueName: "tier"
            )
        )
        var tier: [String] = []
        @Option(help: ArgumentHelp("From when: \(Deadline.help); now.", valueName: "time"))
        var from: Deadline?

        func run() async throws {
            let amounts = try PriceAmounts(
                input: TokenPrice.pico(input, field: "input"),
                output: TokenPrice.pico(output, field: "output"),
                cached: cached.map { try TokenPrice.pico($0, field: "cached") },
                cacheWrite: cacheWrite.map { try TokenPrice.pico($0, field: "cache-write") },
                reasoning: reasoning.map { try TokenPrice.pico($0, field: "reasoning") },
                request: request.map { try TokenPrice.nano($0, field: "request") } ?? 0,
                tiers: tier.map { try PriceTier(parsing: $0) }
            )
            try await UserWork(global: global).run { session, settings in
                let outcome = try await ModelNames(session: session).naming(model) {
                    try await Operations.SetPrice(session.environment)(
                        model,
                        amounts,
                        from: from?.instant,
                        by: session.caller
                    )
                }
                let zone = settings.view.timeZone
                switch outcome {
                case .published(let version):
                    let since = version.price.effectiveFrom.shown(in: zone)
                    StandardStream.output.line("The price holds from \(since) on.")
                case .proposed(let proposal):
                    let leap = try await AICommand.leap(of: proposal, session)
                    StandardStream.output.line(leap)
                    StandardStream.output.line(
                        "It waits for a second operator; until then the price of now holds."
                    )
                    StandardStream.output.line("ghostworks ai decide-price \(proposal.id) approved")
                }
            }
        }
    }

    /// `ai price-proposals`.
    struct PriceProposals: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "price-proposals",
            abstract: "List prices that wait for a second operator."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var output: ListingOptions
        @Flag(help: "Also those that were decided.") var all = false

        func run() async throws {
            try await UserWork(global: global).run { session, settings in
                let list = ListPriceProposals(session.environment)
                let now = try await AICommand.pricesOfNow(session)
                try await Listing(
                    columns: AICommand.proposalColumns(output.format),
                    format: output.format,
                    zone: settings.view.timeZone,
                    isBlocks: true
                ).write(limit: output.limit) {
                    try await list(decidedToo: all, page: $0, by: session.caller)
                        .map { ProposedPrice(proposal: $0, now: now[$0.model]) }
                }
            }
        }
    }

    /// What an operator says of a price.
    enum Decision: String, CaseIterable, ExpressibleByArgument {
        case approved
        case rejected
    }

    /// `ai decide-price`.
    struct DecidePrice: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "decide-price",
            abstract: "Approve or reject a price that another operator proposed."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var output: FormatOptions
        @Argument(help: "The proposal's id.") var id: PriceProposalID
        @Argument(help: "approved or rejected.") var decision: Decision

        func run() async throws {
            try await UserWork(global: global).run { session, settings in
                let now = try await AICommand.pricesOfNow(session)
                let proposal = try await Operations.DecidePrice(session.environment)(
                    id,
                    approves: decision == .approved,
                    by: session.caller
                )
                Listing(
                    columns: AICommand.proposalColumns(output.format),
                    format: output.format,
                    zone: settings.view.timeZone
                ).write(one: ProposedPrice(proposal: proposal, now: now[proposal.model]))
            }
        }
    }
}
