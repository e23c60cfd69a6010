import ArgumentParser
import Domain
import Operations
import Terminal

/// `ghostworks user`: the people of the platform, for operators.
struct UserCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "user",
        abstract: "People across tenants: list, show, rename, disable, enable, end sessions.",
        subcommands: [
            List.self, Show.self, Update.self, Sessions.self, Disable.self, Enable.self,
            RevokeSessions.self,
        ]
    )

    /// `user list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "List people, the newest first."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var output: ListingOptions
        @OptionGroup var text: FilterOption
        @Option(help: ArgumentHelp("A part of name or mail.", valueName: "text"))
        var search: String?
        @Option(help: "Only people in this state.") var status: AccountStatus?

        func run() async throws {
            let reading = try text.reading(
                .users,
                beside: [("search", search != nil), ("status", status != nil)]
            )
            try await UserWork(global: global).run { session, settings in
                let filter =
                    try reading.map { try AccountFilter($0, settings.filterClock) }
                    ?? AccountFilter(search: search, status: status)
                let list = ListUsers(session.environment)
                try await Listing(
                    columns: UserColumns.account,
                    format: output.format,
                    zone: settings.view.timeZone
                ).write(limit: output.limit) {
                    try await list(filter, page: $0, by: session.caller)
                }
            }
        }
    }

    /// `user show`.
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show",
            abstract: "Show a person with memberships and platform roles."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var output: FormatOptions
        @Argument(help: "Mail address or id.") var user: String

        func run() async throws {
            try await UserWork(global: global).run { session, settings in
                let id = try await UserNames(session: session).resolve(user)
                let detail = try await FindUser(session.environment)(id, by: session.caller)
                let zone = settings.view.timeZone
                Listing(columns: UserColumns.detail, format: output.format, zone: zone)
                    .write(one: detail)
                guard output.format == .table else { return }
                StandardStream.output.line("")
                Listing(columns: UserColumns.place, format: .table, zone: zone)
                    .write(detail.places)
            }
        }
    }

    /// `user update`.
    struct Update: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "update",
            abstract: "Give a person another name or language."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var output: FormatOptions
        @Argument(help: "Mail address or id.") var user: String
        @Option(help: ArgumentHelp("Full name.", valueName: "name")) var name: String?
        @Option(help: "The language of mails: en or ar.") var locale: String?

        func run() async throws {
            let edit = try AccountEdit(name: name, locale: locale)
            try await UserWork(global: global).change(user, output) {
                try await UpdateUser($0.environment)($1, edit, version: nil, by: $0.caller)
            }
        }
    }

    /// `user sessions`.
    struct Sessions: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "sessions",
            abstract: "List a person's sessions, the newest first."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var output: ListingOptions
        @Argument(help: "Mail address or id.") var user: String

        func run() async throws {
            try await UserWork(global: global).run { session, settings in
                let id = try await UserNames(session: session).resolve(user)
                let list = ListUserSessions(session.environment)
                try await Listing(
                    columns: UserColumns.session,
                    format: output.format,
                    zone: settings.view.timeZone
                ).write(limit: output.limit) {
                    try await list(of: id, page: $0, by: session.caller)
                }
            }
        }
    }

    /// `user disable`.
    struct Disable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "disable",
            abstract: "Shut a person out everywhere at once; nothing is deleted."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var output: FormatOptions
        @OptionGroup var why: ReasonOptions
        @Argument(help: "Mail address or id.") var user: String

        func run() async throws {
            try await UserWork(global: global).change(user, output) {
                try await DisableUser($0.environment)($1, reason: why.reason, by: $0.caller)
            }
        }
    }

    /// `user enable`.
    struct Enable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "enable",
            abstract: "Let a disabled person sign in again."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var output: FormatOptions
        @OptionGroup var why: ReasonOptions
        @Argument(help: "Mail address or id.") var user: String

        func run() async throws {
            try await UserWork(global: global).change(user, output) {
                try await EnableUser($0.environment)($1, reason: why.reason, by: $0.caller)
            }
        }
    }

    /// `user revoke-sessions`.
    struct RevokeSessions: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "revoke-sessions",
            abstract: "End all sessions of a person, who may sign in anew."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var why: ReasonOptions
        @Argument(help: "Mail address or id.") var user: String

        func run() async throws {
            try await UserWork(global: global).run { session, _ in
                let id = try await UserNames(session: session).resolve(user)
                let count = try await RevokeUserSessions(session.environment)(
                    id,
                    reason: why.reason,
                    by: session.caller
                )
                StandardStream.output.line("Ended \(count) session\(count == 1 ? "" : "s").")
            }
        }
    }
}

/// Why something is done.
struct ReasonOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Why; it goes into the trail.", valueName: "text"))
    var reason: String
}

/// Runs a command's work for a signed-in operator.
struct UserWork {
    let global: GlobalOptions

    func run(_ body: (ShellSession, Settings) async throws -> Void) async throws {
        let settings = try await global.settings()
        try await ShellSession.with(settings) { try await body($0, settings) }
    }

    /// Does one thing to a person who was named, and shows the person afterwards.
    func change(
        _ name: String,
        _ output: FormatOptions,
        _ body: (ShellSession, UserID) async throws -> Account
    ) async throws {
        try await run { session, settings in
            let id = try await UserNames(session: session).resolve(name)
            let account = try await body(session, id)
            Listing(
                columns: UserColumns.account,
                format: output.format,
                zone: settings.view.timeZone
            ).write(one: account)
        }
    }
}

/// Finds people by what operators type.
struct UserNames {
    let session: ShellSession

    /// The person of a mail address or an id; a near address is proposed for a mistyped one.
    func resolve(_ name: String) async throws -> UserID {
        do {
            return try await ResolveUser(session.environment)(name, by: session.caller)
        } catch let error as DomainError where error.kind == .notFound {
            let filter = AccountFilter(search: String(name.prefix(3)))
            let page = try await ListUsers(session.environment)(
                filter,
                page: PageRequest(limit: 100),
                by: session.caller
            )
            let hint = NearestName.hint(for: name, among: page.items.map(\.user.email))
            throw ExitMessage(error.message, hint: hint ?? error.hint)
        }
    }
}

/// The columns of listings of people.
enum UserColumns {
    static let account: [Column<Account>] = [
        Column("email") { .identifier($0.user.email) },
        Column("name") { Cell($0.user.name) },
        Column("status") { Cell($0.status.rawValue) },
        Column("platform_role") { Cell($0.platformRole?.rawValue) },
        Column("created_at") { Cell($0.createdAt) },
        Column("id", isShown: false) { Cell($0.id) },
        Column("locale", isShown: false) { Cell($0.locale) },
        Column("email_verified_at", isShown: false) { Cell($0.emailVerifiedAt) },
        Column("version", isShown: false) { Cell($0.version) },
    ]

    static let detail: [Column<AccountDetail>] =
        account.map { column in Column(column.name) { column.cell($0.account) } } + [
            Column("live_sessions") { Cell($0.liveSessions) },
            Column("platform_roles", isShown: false) { detail in
                .list(detail.roles.map(\.role.rawValue))
            },
            Column("memberships", isShown: false) { detail in .list(detail.places.map(\.slug)) },
        ]

    static let place: [Column<AccountPlace>] = [
        Column("tenant") { .identifier($0.slug) },
        Column("name") { Cell($0.name) },
        Column("role") { Cell($0.role ?? "custom") },
        Column("status") { Cell($0.status.rawValue) },
        Column("joined_at") { Cell($0.joinedAt) },
    ]

    static let session: [Column<AccountSession>] = [
        Column("kind") { Cell($0.kind) },
        Column("ip") { Cell($0.ip) },
        Column("user_agent") { Cell($0.userAgent) },
        Column("created_at") { Cell($0.createdAt) },
        Column("last_seen_at") { Cell($0.lastSeenAt) },
        Column("expires_at") { Cell($0.expiresAt) },
        Column("revoked_at") { Cell($0.revokedAt) },
        Column("id", isShown: false) { Cell($0.id) },
    ]
}
