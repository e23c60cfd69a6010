import ArgumentParser
import Domain
import Operations
import Postgres
import Terminal

/// `ghostworks operator`.
struct OperatorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "operator",
        abstract: "The people who run the platform, and their roles.",
        subcommands: [
            Create.self, List.self, Grant.self, Revoke.self, SignInAttemptsCommand.self,
        ]
    )

    /// `operator create`.
    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "create",
            abstract: "Make an operator; the password is asked twice, never given as an argument.",
            discussion: "Whoever may read the installation's keys makes the first super-admin. "
                + "After that it takes a signed-in super-admin, or the administrator's "
                + "connection to the database."
        )

        @OptionGroup var global: GlobalOptions
        @OptionGroup var password: PasswordOptions
        @Option(help: ArgumentHelp("Mail address.", valueName: "address")) var email: String
        @Option(help: ArgumentHelp("Full name.", valueName: "name")) var name: String
        @Option(help: "super_admin or support.") var role = PlatformRole.superAdmin
        @Flag(help: "Give a known person, whose password is lost, another one.")
        var replacePassword = false

        func run() async throws {
            let settings = try await global.settings()
            // Nobody types a password for what is refused anyway.
            _ = try EmailAddress(email)
            _ = try Validation.text(name, field: "name", length: 1...200)
            try await Runtime.with(settings) { runtime in
                let authority = try await OperatorProof(runtime: runtime).authority()
                let secret = try password.source.read(prompt: "New password", confirm: true)
                _ = try await CreateOperator(runtime.environment)(
                    email: email,
                    name: name,
                    password: secret,
                    role: role,
                    authority: authority,
                    replacesPassword: replacePassword
                )
            }
            let address = SafeText(email).string
            StandardStream.output.line("\(address) is an operator now (\(role.rawValue)).")
            StandardStream.output.line("Sign in: ghostworks login \(address)")
        }
    }

    /// `operator list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "List roles on the platform, the last granted first."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var output: ListingOptions
        @OptionGroup var text: FilterOption
        @Flag(help: "Also what was revoked or has run out.") var ended = false

        func run() async throws {
            let reading = try text.reading(.operators, beside: [("ended", ended)])
            let endedToo = reading?.endedToo ?? ended
            try await UserWork(global: global).run { session, settings in
                let list = ListPlatformRoles(session.environment)
                try await Listing(
                    columns: OperatorCommand.columns,
                    format: output.format,
                    zone: settings.view.timeZone
                ).write(limit: output.limit) {
                    try await list(endedToo: endedToo, page: $0, by: session.caller)
                }
            }
        }
    }

    /// `operator grant`.
    struct Grant: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "grant",
            abstract: "Give a known person a role on the platform, perhaps for a while."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var output: FormatOptions
        @OptionGroup var why: ReasonOptions
        @Argument(help: "Mail address or id.") var user: String
        @Argument(help: "super_admin or support.") var role: PlatformRole
        @Option(
            name: .customLong("for"),
            help: ArgumentHelp("How long: 90m, 8h, 30d; for good without it.", valueName: "time")
        )
        var span: TimeSpan?

        func run() async throws {
            let now = SystemTime.now
            let wanted = try NewPlatformGrant(
                role: role,
                expiresAt: span.map { now.advanced(by: $0.duration) },
                reason: why.reason,
                now: now
            )
            try await UserWork(global: global).run { session, settings in
                let id = try await UserNames(session: session).resolve(user)
                let grant = try await GrantPlatformRole(session.environment)(
                    wanted,
                    to: id,
                    by: session.caller
                )
                Listing(
                    columns: OperatorCommand.columns,
                    format: output.format,
                    zone: settings.view.timeZone
                ).write(one: grant)
            }
        }
    }

    /// `operator revoke`.
    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "revoke",
            abstract: "Take a role on the platform away at once."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var why: ReasonOptions
        @Argument(help: "Mail address or id.") var user: String
        @Argument(help: "super_admin or support.") var role: PlatformRole

        func run() async throws {
            try await UserWork(global: global).run { session, _ in
                let id = try await UserNames(session: session).resolve(user)
                try await RevokePlatformRole(session.environment)(
                    role,
                    of: id,
                    reason: why.reason,
                    by: session.caller
                )
                let name = SafeText(user).string
                StandardStream.output.line("\(name) is no \(role.rawValue) any more.")
            }
        }
    }

    private static let columns: [Column<PlatformGrant>] = [
        Column("email") { .identifier($0.user.email) },
        Column("name") { Cell($0.user.name) },
        Column("role") { Cell($0.role.rawValue) },
        Column("state") { .text($0.isLive(at: SystemTime.now) ? "active" : "ended") },
        Column("granted_by") { Cell($0.grantedByName) },
        Column("granted_at") { Cell($0.grantedAt) },
        Column("expires_at") { Cell($0.expiresAt) },
        Column("user_id", isShown: false) { Cell($0.user.id) },
        Column("granted_by_id", isShown: false) { Cell($0.grantedBy) },
    ]
}

/// On whose word this process makes an operator.
private struct OperatorProof {
    let runtime: Runtime

    /// The administrator's connection where it is given and works, else the person who is signed
    /// in at this shell; without either only the first operator can be made.
    func authority() async throws -> OperatorAuthority {
        if runtime.target.hasAdministrator {
            try await proveAdministrator()
            return .administrator
        }
        guard let token = try SessionFile(runtime.settings.folders).read() else {
            return .firstOne
        }
        let resume = ResumeSession(runtime.environment)
        do {
            let identity = try await resume(token: token, requestID: RequestName.new())
            let caller = Caller(
                user: identity.user,
                session: identity.session,
                requestID: RequestName.new()
            )
            return identity.platformRole == .superAdmin ? .superAdmin(caller) : .firstOne
        } catch let error as DomainError where error.kind == .unauthenticated {
            return .firstOne
        }
    }

    private func proveAdministrator() async throws {
        let mayRule = try await PostgresConnection.with(runtime.target.administrator()) {
            try await $0.query("SELECT pg_has_role('ghostworks_owner', 'MEMBER') AS may")
                .first?.decode("may", as: Bool.self)
        }
        guard mayRule == true else {
            throw ExitMessage(
                "The administrator's connection may not act as ghostworks_owner.",
                hint: "Give that of the role that migrates, or leave it out."
            )
        }
    }
}
