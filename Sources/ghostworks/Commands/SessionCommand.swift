import ArgumentParser
import Domain
import Operations
import Terminal

/// `ghostworks session`: where one is signed in.
struct SessionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "session",
        abstract: "Your sessions: list them, end one or all.",
        subcommands: [List.self, Revoke.self, RevokeAll.self]
    )

    /// `session list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "List your live sessions."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var output: ListingOptions

        func run() async throws {
            let settings = try await global.settings()
            try await ShellSession.with(settings) { shell in
                let list = ListSessions(shell.environment)
                let columns = SessionCommand.columns(current: shell.identity.session)
                try await Listing(
                    columns: columns,
                    format: output.format,
                    zone: settings.view.timeZone
                ).write(limit: output.limit) { try await list(page: $0, by: shell.caller) }
            }
        }
    }

    /// `session revoke`.
    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "revoke",
            abstract: "End one of your sessions."
        )
        @OptionGroup var global: GlobalOptions
        @Argument(help: "The session's id, from `session list`.") var id: String

        func run() async throws {
            guard let session = SessionID(id) else {
                throw ExitMessage(
                    "A session's id is a UUID; got '\(SafeText(id).string)'.",
                    hint: "ghostworks session list",
                    code: ExitMessage.usage
                )
            }
            try await ShellSession.with(try await global.settings()) { shell in
                try await RevokeSessions(shell.environment).one(session, by: shell.caller)
                StandardStream.output.line("The session has ended.")
            }
        }
    }

    /// `session revoke-all`.
    struct RevokeAll: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "revoke-all",
            abstract: "End all your other sessions; this shell stays signed in."
        )
        @OptionGroup var global: GlobalOptions
        @Flag(help: "End everybody's sessions instead: after a restore, or when tokens leaked.")
        var everybody = false
        @Option(help: ArgumentHelp("Why; needed with --everybody.", valueName: "text"))
        var reason: String?

        func validate() throws {
            guard everybody == (reason != nil) else {
                throw ValidationError("--everybody and --reason belong together.")
            }
        }

        func run() async throws {
            try await ShellSession.with(try await global.settings()) { shell in
                let revoke = RevokeSessions(shell.environment)
                let ended: Int
                if let reason {
                    ended = try await revoke.everybody(reason: reason, by: shell.caller)
                } else {
                    ended = try await revoke.all(keepingThis: true, by: shell.caller)
                }
                StandardStream.output.line(
                    ended == 1 ? "1 session has ended." : "\(ended) sessions have ended."
                )
            }
        }
    }

    static func columns(current: SessionID) -> [Column<LiveSession>] {
        [
            Column("id") { Cell($0.id) },
            Column("kind") { .text($0.session.kind.rawValue) },
            Column("current") { .flag($0.id == current) },
            Column("ip") { Cell($0.ip) },
            Column("user_agent") { Cell($0.userAgent) },
            Column("created_at", isShown: false) { .time($0.createdAt) },
            Column("last_seen_at") { .time($0.lastSeenAt) },
            Column("expires_at") { .time($0.session.expiresAt) },
        ]
    }
}
