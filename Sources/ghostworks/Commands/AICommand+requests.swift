import ArgumentParser
import Domain
import Operations
import Terminal

extension AICommand {
    /// `ai requests`.
    struct Requests: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "requests",
            abstract: "List calls to models, the newest first."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var tenant: TenantOptions
        @OptionGroup var output: ListingOptions
        @OptionGroup var text: FilterOption
        @Option(help: "Only calls in this state.") var state: AICall.State?
        @Option(help: ArgumentHelp("Only calls to this model.", valueName: "id"))
        var model: String?
        @Option(help: ArgumentHelp("Only this member's: mail or id.", valueName: "member"))
        var member: String?
        @Option(help: "Only calls through this door.") var channel: AICall.Channel?
        @Option(help: ArgumentHelp("Only with this purpose.", valueName: "text"))
        var purpose: String?
        @Option(help: ArgumentHelp("From: \(Moment.help).", valueName: "time")) var from: Moment?
        @Option(help: ArgumentHelp("Before: \(Moment.help).", valueName: "time")) var to: Moment?

        func run() async throws {
            let reading = try text.reading(.calls, beside: others)
            try await TenantWork(global: global, tenant: tenant).read { place in
                let wanted = try await filter(reading, in: place)
                let list = ListCalls(place.environment)
                try await place.listing(AICommand.callColumns, output.format)
                    .write(limit: output.limit) {
                        try await list(wanted, page: $0, by: place.caller)
                    }
            }
        }

        private func filter(
            _ reading: FilterReading?,
            in place: TenantWork.Place
        ) async throws -> AICallFilter {
            if let reading {
                return try await text.pointing {
                    let people = try await place.people(of: reading)
                    return try AICallFilter(reading, place.settings.filterClock, people: people)
                }
            }
            var filter = AICallFilter(
                state: state,
                model: model,
                channel: channel,
                purpose: purpose,
                from: from?.instant,
                to: to?.instant
            )
            if let member {
                filter.user = try await MemberNames(place: place).resolve(member)
            }
            return filter
        }

        private var others: [(name: String, isGiven: Bool)] {
            [
                ("state", state != nil), ("model", model != nil), ("member", member != nil),
                ("channel", channel != nil), ("purpose", purpose != nil), ("from", from != nil),
                ("to", to != nil),
            ]
        }
    }

    /// `ai request`.
    struct Explain: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "request",
            abstract: "Explain a call: its tries, its price, what it held of which budget."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var tenant: TenantOptions
        @OptionGroup var output: FormatOptions
        @Argument(help: "The call's id.") var id: AICallID

        func run() async throws {
            try await TenantWork(global: global, tenant: tenant).read { place in
                let call = try await ExplainCall(place.environment)(id, by: place.caller)
                place.listing(AICommand.explanationColumns, output.format).write(one: call)
                guard output.format == .table else { return }
                StandardStream.output.line("")
                place.listing(AICommand.attemptColumns, .table).write(call.attempts)
                StandardStream.output.line("")
                place.listing(AICommand.holdColumns, .table).write(call.holds)
            }
        }
    }

    /// `ai cancel`.
    struct Cancel: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "cancel",
            abstract: "Ask for a call to end; what was written by then is charged."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var tenant: TenantOptions
        @Argument(help: "The call's id.") var id: AICallID

        func run() async throws {
            try await TenantWork(global: global, tenant: tenant).write { place in
                let call = try await CancelCall(place.environment)(id, by: place.caller)
                StandardStream.output.line("The call \(call.id) was asked to end.")
            }
        }
    }

    /// `ai export`.
    struct Export: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "export",
            abstract: "Write the log of use line by line, the oldest first."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var tenant: TenantOptions
        @Option(help: "Output: csv, json (one object a line) or table.")
        var format = OutputFormat.csv
        @Option(help: ArgumentHelp("From: \(Moment.help); 30d when not given.", valueName: "time"))
        var from: Moment?
        @Option(help: ArgumentHelp("Before: \(Moment.help).", valueName: "time")) var to: Moment?

        func run() async throws {
            let end = to?.instant ?? SystemTime.now
            let start = from?.instant ?? end.advanced(by: .seconds(-30 * 86_400))
            try await TenantWork(global: global, tenant: tenant).read { place in
                let export = ExportUsage(place.environment)
                try await place.listing(AICommand.entryColumns, format).write(limit: 0) { request in
                    let part = try await export(
                        from: start,
                        to: end,
                        after: request.after,
                        by: place.caller
                    )
                    return Page(items: part.entries, next: part.next, hasPrevious: false)
                }
            }
        }
    }
}

extension AICommand {
    static let callColumns: [Column<AICallRecord>] = [
        Column("reserved_at") { Cell($0.times.reserved) },
        Column("state") { Cell($0.state.rawValue) },
        Column("model") { Cell($0.way.model) },
        Column("purpose") { Cell($0.caller.purpose) },
        Column("channel") { Cell($0.caller.channel.rawValue) },
        Column("tokens_in") { Cell($0.usage.read) },
        Column("tokens_out") { Cell($0.usage.written) },
        Column("cost_usd") { .money($0.money.charge) },
        Column("id") { Cell($0.id) },
        Column("user_id", isShown: false) { Cell($0.caller.user) },
        Column("api_key_id", isShown: false) { Cell($0.caller.key) },
        Column("route", isShown: false) { Cell($0.way.route) },
        Column("ended_at", isShown: false) { Cell($0.times.ended) },
    ]

    static let explanationColumns: [Column<AICallExplanation>] =
        callColumns.map { column in Column(column.name) { column.cell($0.record) } } + [
            Column("targets") { .list($0.record.way.targets) },
            Column("prompt_id") { Cell($0.record.way.prompt) },
            Column("prompt_version") { Cell($0.record.way.promptVersion.map { Int64($0) }) },
            Column("asked_tokens") { Cell($0.output.asked) },
            Column("cap_tokens") { Cell($0.output.cap) },
            Column("held_tokens") { Cell($0.output.held) },
            Column("overhead_tokens") { Cell($0.output.overhead) },
            Column("degraded") { .flag($0.output.isDegraded) },
            Column("shortened") { .flag($0.output.isShortened) },
            Column("refused_by") { Cell($0.output.refusedBy) },
            Column("finish") { Cell($0.output.finish) },
            Column("failure") { Cell($0.output.failure) },
            Column("price_from") { Cell($0.price?.effectiveFrom) },
            Column("price_above_tokens") { Cell($0.tier?.above) },
            Column("estimated") { .flag($0.record.money.isEstimated) },
            Column("attempts", isShown: false) { call in
                .json(.array(call.attempts.map { object(attemptColumns, $0) }))
            },
            Column("holds", isShown: false) { call in
                .json(.array(call.holds.map { object(holdColumns, $0) }))
            },
        ]

    static let attemptColumns: [Column<AICallExplanation.Attempt>] = [
        Column("try") { Cell($0.number) },
        Column("provider") { Cell($0.provider) },
        Column("model") { Cell($0.model) },
        Column("sent") { .flag($0.sent) },
        Column("outcome") { Cell($0.outcome) },
        Column("billable") { Cell($0.billable) },
        Column("http_status") { Cell($0.httpStatus.map { Int64($0) }) },
        Column("failure") { Cell($0.failure) },
        Column("started_at") { Cell($0.startedAt) },
    ]

    static let holdColumns: [Column<AICallExplanation.Hold>] = [
        Column("budget_id") { Cell($0.budget) },
        Column("scope") { Cell($0.scope.rawValue) },
        Column("unit") { Cell($0.metric.unit) },
        Column("period") { Cell($0.period.rawValue) },
        Column("period_start") { Cell($0.periodStart) },
        Column("held") { Cell($0.amount, $0.metric) },
        Column("charged") { Cell($0.charged, $0.metric) },
    ]

    static let entryColumns: [Column<UsageEntry>] = [
        Column("created_at") { Cell($0.createdAt) },
        Column("request_id") { Cell($0.call) },
        Column("entry") { Cell($0.number) },
        Column("kind") { Cell($0.kind) },
        Column("model") { Cell($0.model) },
        Column("purpose") { Cell($0.caller.purpose) },
        Column("channel") { Cell($0.caller.channel.rawValue) },
        Column("user_id") { Cell($0.caller.user) },
        Column("api_key_id", isShown: false) { Cell($0.caller.key) },
        Column("tokens_in") { Cell($0.usage.read) },
        Column("tokens_out") { Cell($0.usage.written) },
        Column("tokens_cached", isShown: false) { Cell($0.usage.cached) },
        Column("tokens_cache_write", isShown: false) { Cell($0.usage.cacheWrite) },
        Column("tokens_reasoning", isShown: false) { Cell($0.usage.reasoning) },
        Column("cost_usd") { .money($0.money.charge) },
        Column("saved_usd", isShown: false) { .money($0.savedNano) },
        Column("estimated", isShown: false) { .flag($0.money.isEstimated) },
    ]

    private static func object<Item>(_ columns: [Column<Item>], _ item: Item) -> JSONValue {
        .object(Dictionary(columns.map { ($0.name, $0.cell(item).json) }) { first, _ in first })
    }
}
