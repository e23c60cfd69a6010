import ArgumentParser
import Domain
import Operations
import Terminal

/// `ghostworks api-key`: the keys with which programs work in a tenant.
struct APIKeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "api-key",
        abstract: "API keys of a tenant: list, create, change, rotate, revoke.",
        subcommands: [
            List.self, Scopes.self, Create.self, Change.self, Rotate.self, Revoke.self,
        ]
    )

    /// `api-key list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "List keys, newest first."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var tenant: TenantOptions
        @OptionGroup var output: ListingOptions

        func run() async throws {
            try await TenantWork(global: global, tenant: tenant).read { place in
                let list = ListAPIKeys(place.environment)
                try await place.listing(APIKeyCommand.columns, output.format)
                    .write(limit: output.limit) { try await list(page: $0, by: place.caller) }
            }
        }
    }

    /// `api-key scopes`.
    struct Scopes: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "scopes",
            abstract: "List what you may put into a key."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var tenant: TenantOptions
        @OptionGroup var output: FormatOptions

        func run() async throws {
            try await TenantWork(global: global, tenant: tenant).read { place in
                let scopes = try await ListGrantableScopes(place.environment)(by: place.caller)
                place.listing([Column("scope") { Cell($0.description) }], output.format)
                    .write(scopes)
            }
        }
    }

    /// `api-key create`.
    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "create",
            abstract: "Make a key that acts for you, within its scopes; it is shown this once."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var tenant: TenantOptions
        @OptionGroup var output: FormatOptions
        @Argument(help: "What to call it.") var name: String
        @Option(
            name: .customLong("scope"),
            help: ArgumentHelp(
                "A permission that you hold, such as artifact.read; may be repeated.",
                valueName: "permission"
            )
        )
        var scopes: [String]
        @Option(help: ArgumentHelp("When it ends: \(Deadline.help).", valueName: "time"))
        var expires: Deadline?
        @Option(help: ArgumentHelp("Requests a minute; the usual limit when not given."))
        var rate: Int?

        func run() async throws {
            try await TenantWork(global: global, tenant: tenant).write { place in
                let issued = try await CreateAPIKey(place.environment)(
                    name: name,
                    scopes: scopes,
                    expiresAt: expires?.instant,
                    ratePerMinute: rate,
                    by: place.caller
                )
                APIKeyCommand.show(issued, place, output)
            }
        }
    }

    /// `api-key change`.
    struct Change: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "change",
            abstract: "Change a key's name, end or limit; secret and scopes stay."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var tenant: TenantOptions
        @OptionGroup var output: FormatOptions
        @Argument(help: "The key's id.") var key: APIKeyID
        @Option(help: "Another name.") var name: String?
        @Option(help: ArgumentHelp("When it ends: \(Deadline.help).", valueName: "time"))
        var expires: Deadline?
        @Flag(help: "Take its end away.") var noEnd = false
        @Option(help: "Requests a minute.") var rate: Int?
        @Flag(help: "Take its own limit away: the usual one holds.") var usualRate = false

        func validate() throws {
            if noEnd, expires != nil {
                throw ValidationError("--no-end and --expires exclude each other.")
            }
            if usualRate, rate != nil {
                throw ValidationError("--usual-rate and --rate exclude each other.")
            }
        }

        func run() async throws {
            let edit = try APIKeyEdit(
                name: name,
                ratePerMinute: usualRate ? .removed : .init(rate),
                expiresAt: noEnd ? .removed : .init(expires?.instant)
            )
            try await TenantWork(global: global, tenant: tenant).write { place in
                let changed = try await ChangeAPIKey(place.environment)(key, edit, by: place.caller)
                place.listing(APIKeyCommand.columns, output.format).write(one: changed)
            }
        }
    }

    /// `api-key rotate`.
    struct Rotate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "rotate",
            abstract: "Give a key another secret; it is shown this once."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var tenant: TenantOptions
        @OptionGroup var output: FormatOptions
        @Argument(help: "The key's id.") var key: APIKeyID
        @Option(
            help: ArgumentHelp(
                "How long the old secret is good as well: \(Span.help), at most 30d.",
                valueName: "time"
            )
        )
        var overlap: Span?

        func run() async throws {
            try await TenantWork(global: global, tenant: tenant).write { place in
                let issued = try await RotateAPIKey(place.environment)(
                    key,
                    overlap: overlap?.duration ?? .zero,
                    by: place.caller
                )
                APIKeyCommand.show(issued, place, output)
            }
        }
    }

    /// `api-key revoke`.
    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "revoke",
            abstract: "End a key for good, from its next request on."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var tenant: TenantOptions
        @Argument(help: "The key's id.") var key: APIKeyID

        func run() async throws {
            try await TenantWork(global: global, tenant: tenant).write { place in
                let revoked = try await RevokeAPIKey(place.environment)(key, by: place.caller)
                StandardStream.output.line("Revoked \(SafeText(revoked.name).string).")
            }
        }
    }

    private static func show(
        _ issued: IssuedAPIKey,
        _ place: TenantWork.Place,
        _ output: FormatOptions
    ) {
        let text = Column<APIKey>("key") { _ in Cell(issued.text) }
        // The whole key begins with it.
        let rest = columns.map { column in
            Column(column.name, isShown: column.isShown && column.name != "prefix", column.cell)
        }
        place.listing([text] + rest, output.format).write(one: issued.key)
        StandardStream.error.line("Keep the key now: it is not shown again.")
    }

    private static let columns: [Column<APIKey>] = [
        Column("name") { Cell($0.name) },
        Column("prefix") { .identifier($0.prefix) },
        Column("state") { Cell($0.state(at: SystemTime.now).rawValue) },
        Column("blocked_by", isShown: false) { Cell($0.block(at: SystemTime.now)?.rawValue) },
        Column("scopes") { .list($0.scopes.map(\.description)) },
        Column("last_used_at") { Cell($0.lastUsedAt) },
        Column("expires_at") { Cell($0.expiresAt) },
        Column("created_at") { Cell($0.createdAt) },
        Column("id") { Cell($0.id) },
        Column("previous_until", isShown: false) { Cell($0.previousUntil) },
        Column("rate_per_minute", isShown: false) { Cell($0.ratePerMinute.map { Int64($0) }) },
        Column("created_by", isShown: false) { Cell($0.createdBy) },
        Column("version", isShown: false) { Cell($0.version) },
    ]
}
