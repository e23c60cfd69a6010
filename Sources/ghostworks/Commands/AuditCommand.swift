import ArgumentParser
import Domain
import Operations
import Sealing

/// `ghostworks audit`: the security ledger of a tenant, or the platform's own.
struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "The audit trail: list, show, follow, verify, export.",
        subcommands: [
            List.self, Show.self, Tail.self, Verify.self, Export.self, VerifyExport.self,
        ]
    )

    /// `audit list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "List events, the newest first.",
            discussion: """
                All events as JSON or CSV, or more than \(TrailUse.longestLook), are an export: \
                they take audit.export, and the trail says so.
                """
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var tenant: TenantOptions
        @OptionGroup var output: ListingOptions
        @Flag(help: "The platform's own trail, for operators.") var platform = false
        @OptionGroup var wanted: AuditFilterOptions

        func run() async throws {
            // A filter that cannot be read is said before anything is opened.
            _ = try wanted.reading()
            if platform {
                try tenant.refuseForPlatform()
                try await listPlatform()
                return
            }
            try await TenantWork(global: global, tenant: tenant).read { place in
                let filter = try await wanted.filter(in: place)
                let list = ListTrail(place.environment, for: use, to: AuditCommand.List.taker)
                try await place.listing(AuditCommand.columns, output.format)
                    .write(limit: output.limit) {
                        let page = try await list(
                            filter,
                            page: $0,
                            isFirst: $0.after == nil,
                            by: place.caller
                        )
                        let ids = Set(page.items.compactMap(\.actor.id))
                        let people = try await NamePeople(place.environment)(ids, by: place.caller)
                        return page.map { NamedEvent($0, people) }
                    }
            }
        }

        /// Under which the trail records what was taken.
        private static let taker = "audit list"

        private var use: TrailUse {
            TrailUse(listing: output.limit, isForMachines: output.format != .table)
        }

        private func listPlatform() async throws {
            let settings = try await global.settings()
            try await ShellSession.with(settings) { session in
                let filter = try await wanted.filter(of: session, settings)
                let list = ListTrail(session.environment, for: use, to: AuditCommand.List.taker)
                try await Listing(
                    columns: AuditCommand.columns,
                    format: output.format,
                    zone: settings.view.timeZone
                ).write(limit: output.limit) {
                    let page = try await list(
                        filter,
                        page: $0,
                        isFirst: $0.after == nil,
                        by: session.caller
                    )
                    let ids = Set(page.items.compactMap(\.actor.id))
                    let people = try await NameOperators(session.environment)(
                        ids,
                        by: session.caller
                    )
                    return page.map { NamedEvent($0, people) }
                }
            }
        }
    }

    /// `audit show`.
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show",
            abstract: "Show one event with what it changed."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var tenant: TenantOptions
        @OptionGroup var output: FormatOptions
        @Argument(help: "The event's number in the trail.") var seq: Int64

        func run() async throws {
            try await TenantWork(global: global, tenant: tenant).read { place in
                let event = try await FindAuditEvent(place.environment)(seq: seq, by: place.caller)
                let people = try await NamePeople(place.environment)(
                    Set([event.actor.id].compactMap(\.self)),
                    by: place.caller
                )
                let columns = AuditCommand.columns.map { Column($0.name, $0.cell) }
                place.listing(columns, output.format).write(one: NamedEvent(event, people))
            }
        }
    }

    /// `audit verify`.
    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "verify",
            abstract: "Follow the chain from its first event and compare every hash.",
            discussion: "The exit code is 1 when an event does not hold."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var tenant: TenantOptions
        @OptionGroup var output: FormatOptions
        @Flag(help: "The platform's own trail, for operators.") var platform = false

        func run() async throws {
            let progress = ProgressLine()
            let show: Headway.Report = { progress.show($0, "event") }
            if platform {
                try tenant.refuseForPlatform()
                let settings = try await global.settings()
                try await ShellSession.with(settings) { session in
                    let verify = VerifyPlatformChain(session.environment)
                    let verdict = try await verify(by: session.caller, progress: show)
                    progress.clear()
                    try tell(verdict, settings)
                }
                return
            }
            try await TenantWork(global: global, tenant: tenant).read { place in
                let verify = VerifyChain(place.environment)
                let verdict = try await verify(by: place.caller, progress: show)
                progress.clear()
                try tell(verdict, place.settings)
            }
        }

        private func tell(_ verdict: ChainVerdict, _ settings: Settings) throws {
            if output.format == .table {
                StandardStream.output.line(verdict.sentence)
            } else {
                Listing(
                    columns: AuditCommand.verdictColumns,
                    format: output.format,
                    zone: settings.view.timeZone
                ).write(one: verdict)
            }
            if verdict.fault != nil { throw ExitCode(ExitMessage.failure) }
        }
    }

    static let columns: [Column<NamedEvent>] = [
        Column("seq") { Cell($0.event.seq) },
        Column("at") { Cell($0.event.createdAt) },
        Column("action") { Cell($0.event.entry.action) },
        Column("outcome") { Cell($0.event.entry.outcome.rawValue) },
        Column("actor_kind") { Cell($0.event.actor.kind.rawValue) },
        Column("actor_name") { Cell($0.actorName) },
        Column("actor", isShown: false) { Cell($0.event.actor.id) },
        Column("resource_type") { Cell($0.event.entry.resourceType) },
        Column("resource") { Cell($0.event.entry.resourceID) },
        Column("request_id", isShown: false) { Cell($0.event.entry.requestID) },
        Column("session", isShown: false) { Cell($0.event.actor.session) },
        Column("support_session", isShown: false) { Cell($0.event.actor.supportSession) },
        Column("changes", isShown: false) { item in
            let text = item.event.entry.changes
            let changes = try? JSONValue(parsing: text, field: "changes")
            return changes.map(Cell.json) ?? Cell(text)
        },
        Column("id", isShown: false) { Cell($0.event.id) },
        Column("previous_hash", isShown: false) { Cell(Hex.encode($0.event.links.previousHash)) },
        Column("hash", isShown: false) { Cell(Hex.encode($0.event.links.hash)) },
    ]

    private static let verdictColumns: [Column<ChainVerdict>] = [
        Column("holds") { .flag($0.fault == nil) },
        Column("checked") { Cell($0.checked) },
        Column("last_hash") { Cell(Hex.encode($0.lastHash)) },
        Column("fault_seq") { Cell($0.fault?.seq) },
        Column("fault") { Cell($0.fault?.kind.rawValue) },
    ]
}

/// An event with what its actor is called.
struct NamedEvent: Sendable {
    let event: AuditEvent
    /// The id's beginning for somebody whose name is not known.
    let actorName: String?

    init(_ event: AuditEvent, _ people: [UserID: User]) {
        self.event = event
        actorName = event.actor.id.map { id in
            people[id]?.name ?? "\(id.description.prefix(8))…"
        }
    }
}

extension ChainVerdict {
    /// The verdict for people.
    fileprivate var sentence: String {
        guard let fault else {
            return "The chain holds: \(Cell.grouped(checked)) events, last hash "
                + "\(Hex.encode(lastHash.prefix(8)))…"
        }
        return "The chain does not hold at event \(fault.seq): \(fault.kind.phrase). "
            + "\(Cell.grouped(checked)) events before it do."
    }
}

extension ChainVerdict.Kind {
    fileprivate var phrase: String {
        switch self {
        case .edited: "it was changed"
        case .missing: "it is missing"
        case .inserted: "it was added by hand"
        case .fork: "its number exists twice"
        case .truncated: "it and all after it are missing"
        case .brokenLink: "it does not follow the one before it"
        case .timeRunsBack: "its time lies before the one before it"
        }
    }
}
