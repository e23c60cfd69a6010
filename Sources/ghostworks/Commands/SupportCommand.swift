import ArgumentParser
import Domain
import Operations
import Terminal

/// `ghostworks support`: operators' stays inside tenants.
struct SupportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "support",
        abstract: "Support sessions: list, open, end.",
        subcommands: [List.self, Open.self, End.self]
    )

    /// `support list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "List support sessions, the last to start first."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var output: ListingOptions
        @Option(help: ArgumentHelp("Only in this tenant.", valueName: "slug")) var tenant: String?
        @OptionGroup var text: FilterOption
        @Flag(help: "Only those that run.") var live = false

        func run() async throws {
            let reading = try text.reading(
                .visits,
                beside: [("tenant", tenant != nil), ("live", live)]
            )
            let isLive = reading.map(\.isLive) ?? (live ? true : nil)
            try await UserWork(global: global).run { session, settings in
                var place: TenantID?
                if let tenant { place = try await TenantNames(session: session).resolve(tenant) }
                let list = ListSupportSessions(session.environment)
                try await Listing(
                    columns: SupportColumns.session,
                    format: output.format,
                    zone: settings.view.timeZone
                ).write(limit: output.limit) { [place] page in
                    try await list(
                        tenant: place,
                        isLive: isLive,
                        page: page,
                        by: session.caller
                    )
                }
            }
        }
    }

    /// `support open`.
    struct Open: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "open",
            abstract: "Enter a tenant for some minutes; it reads only unless told.",
            discussion: "Commands enter with it by --support-session ID."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var output: FormatOptions
        @OptionGroup var consent: ConsentOptions
        @Argument(help: "Slug or id of the tenant.") var tenant: String
        @Option(help: ArgumentHelp("Why; the tenant sees it.", valueName: "text"))
        var reason: String
        @Option(help: ArgumentHelp("The ticket behind it.", valueName: "id")) var ticket: String?
        @Option(help: ArgumentHelp("1 to 60.", valueName: "number")) var minutes = 30
        @Flag(help: "Also write; needs the owner's consent.") var write = false

        func run() async throws {
            let token = try consent.token()
            try await UserWork(global: global).run { session, settings in
                let id = try await TenantNames(session: session).resolve(tenant)
                let opened = try await OpenSupportSession(session.environment)(
                    tenant: id,
                    reason: reason,
                    ticket: ticket,
                    mode: write ? .readWrite : .readOnly,
                    minutes: minutes,
                    consentToken: token,
                    by: session.caller
                )
                Listing(
                    columns: SupportColumns.session,
                    format: output.format,
                    zone: settings.view.timeZone
                ).write(one: opened)
            }
        }
    }

    /// `support end`.
    struct End: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "end",
            abstract: "End a support session of your own."
        )
        @OptionGroup var global: GlobalOptions
        @Argument(help: "The session's id.") var id: SupportSessionID

        func run() async throws {
            try await UserWork(global: global).run { session, _ in
                try await EndSupportSession(session.environment)(id, by: session.caller)
                StandardStream.output.line("Ended.")
            }
        }
    }
}

/// Where an owner's consent token comes from: never an argument, which others could see.
struct ConsentOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "Private file with the owner's consent token; - asks on the terminal.",
            valueName: "file"
        )
    )
    var consentFile: String?

    /// The token; nil when none was named.
    func token() throws -> String? {
        guard let consentFile else { return nil }
        let source = PassphraseSource(
            file: consentFile == "-" ? nil : consentFile,
            standardInput: false
        )
        let bytes = try source.read(prompt: "Consent token", confirm: false)
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// The columns of listings about support.
enum SupportColumns {
    static let session: [Column<SupportSession>] = [
        Column("started_at") { Cell($0.startedAt) },
        Column("tenant") { Cell($0.tenantSlug) },
        Column("operator") { Cell($0.staffName) },
        Column("mode") { Cell($0.mode.rawValue) },
        Column("state") { Cell($0.isLive(at: SystemTime.now) ? "running" : "over") },
        Column("expires_at") { Cell($0.expiresAt) },
        Column("reason") { Cell($0.reason) },
        Column("ticket") { Cell($0.ticket) },
        Column("id") { Cell($0.id) },
        Column("ended_at", isShown: false) { Cell($0.endedAt) },
        Column("consent", isShown: false) { Cell($0.consent) },
        Column("personal_data", isShown: false) { .flag($0.allowsPersonalData) },
    ]

    static let consent: [Column<SupportConsent>] = [
        Column("created_at") { Cell($0.createdAt) },
        Column("state") { Cell($0.state(at: SystemTime.now).rawValue) },
        Column("expires_at") { Cell($0.expiresAt) },
        Column("personal_data") { .flag($0.allowsPersonalData) },
        Column("note") { Cell($0.note) },
        Column("id") { Cell($0.id) },
        Column("granted_by", isShown: false) { Cell($0.grantedBy) },
        Column("revoked_at", isShown: false) { Cell($0.revokedAt) },
    ]
}
