import ArgumentParser
import Domain
import Operations

/// `ghostworks artifact`: a tenant's documents.
struct ArtifactCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "artifact",
        abstract: "Artifacts: list, search, show, create, update, delete, restore.",
        subcommands: [
            List.self, Search.self, Show.self, Create.self, Update.self, Delete.self, Restore.self,
        ]
    )

    /// What narrows a list of artifacts.
    struct FilterOptions: ParsableArguments {
        @Option(
            name: .customLong("tag"),
            help: ArgumentHelp("Only with this tag; may be repeated.", valueName: "tag")
        )
        var tags: [String] = []
        @Option(help: ArgumentHelp("Only by this member (id).", valueName: "id"))
        var author: UserID?
        @Option(help: ArgumentHelp("Created from: \(Moment.help).", valueName: "time"))
        var from: Moment?
        @Option(help: ArgumentHelp("Created before: \(Moment.help).", valueName: "time"))
        var to: Moment?
        @OptionGroup var text: FilterOption
        @Flag(help: "Only deleted ones.") var deleted = false
        @Option(help: "newest, updated or name.") var order = ArtifactSorting.newest
        @Flag(help: "The other way round: the oldest or the last name first.") var reverse = false

        /// The filter of `--filter`; nil when there is none.
        func reading() throws -> FilterReading? {
            try text.reading(
                .artifacts,
                beside: [
                    ("tag", !tags.isEmpty), ("author", author != nil), ("from", from != nil),
                    ("to", to != nil), ("deleted", deleted),
                ]
            )
        }

        func filter(query: String?) throws -> ArtifactFilter {
            try ArtifactFilter(
                query: query,
                tags: tags,
                createdFrom: from?.instant,
                createdTo: to?.instant,
                author: author,
                deleted: deleted,
                order: order.order,
                isReversed: reverse
            )
        }

        /// Refuses an order beside words, which bring the best first.
        func refuseOrder() throws {
            let name = reverse ? "reverse" : order == .newest ? nil : "order"
            guard let name else { return }
            throw ExitMessage(
                "--\(name) is of no use here: words bring what fits them best first.",
                hint: "Leave it out, or list without words.",
                code: ExitMessage.usage
            )
        }
    }

    /// `artifact list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "List artifacts."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var tenant: TenantOptions
        @OptionGroup var output: ListingOptions
        @OptionGroup var options: FilterOptions

        func run() async throws {
            guard let reading = try options.reading() else {
                let filter = try options.filter(query: nil)
                try await ArtifactCommand.list(global, tenant, output) { _ in filter }
                return
            }
            if reading.words != nil { try options.refuseOrder() }
            let text = options.text
            let order = options.order.order
            let reverse = options.reverse
            try await ArtifactCommand.list(global, tenant, output) { place in
                try await text.pointing {
                    try ArtifactFilter(
                        reading,
                        place.settings.filterClock,
                        people: try await place.people(of: reading),
                        order: order,
                        isReversed: reverse
                    )
                }
            }
        }
    }

    /// `artifact search`.
    struct Search: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "search",
            abstract: "Search names and texts, in any language; the best matches first.",
            discussion: "The last word may be the beginning of one. Of many matches the newest "
                + "250 are ranked."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var tenant: TenantOptions
        @OptionGroup var output: ListingOptions
        @OptionGroup var options: FilterOptions
        @Argument(help: "Words that must all be found.") var query: [String]

        func run() async throws {
            guard options.text.filter == nil else {
                throw ExitMessage(
                    "A search has its words already.",
                    hint: "Write them into the filter: artifact list --filter 'words tag:…'",
                    code: ExitMessage.usage
                )
            }
            try options.refuseOrder()
            let filter = try options.filter(query: query.joined(separator: " "))
            try await ArtifactCommand.list(global, tenant, output) { _ in filter }
        }
    }

    /// `artifact delete`.
    struct Delete: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "delete",
            abstract: "Delete an artifact; it can be restored until retention ends."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var tenant: TenantOptions
        @Argument(help: "The artifact's id.") var id: ArtifactID
        @Option(
            name: .customLong("if-version"),
            help: ArgumentHelp("Only when it still has this version.", valueName: "number")
        )
        var version: Int64?

        func run() async throws {
            try await TenantWork(global: global, tenant: tenant).write { place in
                let delete = DeleteArtifact(place.environment)
                try await delete(id, version: version, by: place.caller)
                StandardStream.output.line("Deleted \(id).")
                if StandardStream.error.isTerminal {
                    StandardStream.error.line("Undo: ghostworks artifact restore \(id)")
                }
            }
        }
    }

    /// `artifact restore`.
    struct Restore: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "restore",
            abstract: "Bring a deleted artifact back."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var tenant: TenantOptions
        @OptionGroup var output: FormatOptions
        @Argument(help: "The artifact's id.") var id: ArtifactID

        func run() async throws {
            try await TenantWork(global: global, tenant: tenant).write { place in
                let artifact = try await RestoreArtifact(place.environment)(id, by: place.caller)
                place.listing(ArtifactColumns.artifact, output.format).write(one: artifact)
            }
        }
    }

    private static func list(
        _ global: GlobalOptions,
        _ tenant: TenantOptions,
        _ output: ListingOptions,
        _ makeFilter: (TenantWork.Place) async throws -> ArtifactFilter
    ) async throws {
        try await TenantWork(global: global, tenant: tenant).read { place in
            let filter = try await makeFilter(place)
            let list = ListArtifacts(place.environment)
            try await place.listing(ArtifactColumns.row, output.format)
                .write(limit: output.limit) {
                    try await list(filter, page: $0, by: place.caller).page
                }
        }
    }
}

/// The columns of listings of artifacts.
enum ArtifactColumns {
    static let row: [Column<Artifact>] = [
        Column("id") { Cell($0.id) },
        Column("name") { Cell($0.name) },
        Column("tags") { .list($0.tags) },
        Column("updated_at") { Cell($0.updatedAt) },
        Column("version") { Cell($0.version) },
        Column("created_at", isShown: false) { Cell($0.createdAt) },
        Column("created_by", isShown: false) { Cell($0.createdBy) },
        Column("updated_by", isShown: false) { Cell($0.updatedBy) },
        Column("deleted_at", isShown: false) { Cell($0.deletedAt) },
        Column("metadata", isShown: false) { .json($0.metadata) },
        Column("description", isShown: false) { Cell($0.description) },
    ]

    /// One artifact, with everything.
    static let artifact: [Column<Artifact>] = row.map { Column($0.name, $0.cell) }

    static let revision: [Column<ArtifactRevision>] = [
        Column("version") { Cell($0.version) },
        Column("action") { Cell($0.action.rawValue) },
        Column("at") { Cell($0.at) },
        Column("actor") { Cell($0.actor) },
        Column("fields") { .list($0.changes.fields.keys.sorted()) },
        Column("changes", isShown: false) { revision in
            .json(
                .object(revision.changes.fields.mapValues { .array([$0.old, $0.new]) })
            )
        },
    ]
}
