import ArgumentParser
import Domain
import Operations
import Terminal

/// `ghostworks workspace`: what people do with workspaces of their own.
struct WorkspaceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "workspace",
        abstract: "Your workspaces: list, create, rename, close, restore.",
        discussion: "Operators use `tenant`, which reaches every workspace.",
        subcommands: [List.self, Create.self, Rename.self, Close.self, Restore.self]
    )

    /// `workspace list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "List the workspaces you belong to, by name."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var output: FormatOptions

        func run() async throws {
            let settings = try await global.settings()
            try await ShellSession.with(settings) { session in
                let list = try await ListWorkspaces(session.environment)(by: session.caller)
                Listing(
                    columns: WorkspaceCommand.columns,
                    format: output.format,
                    zone: settings.view.timeZone
                ).write(list)
            }
        }
    }

    /// `workspace create`.
    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "create",
            abstract: "Make a workspace on the free plan, and be its owner."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var output: FormatOptions
        @Argument(help: "The name in addresses, such as acme-charity; it stays.") var slug: String
        @Option(help: ArgumentHelp("Full name.", valueName: "name")) var name: String
        @Option(help: ArgumentHelp("Makes a repetition harmless.", valueName: "key"))
        var idempotencyKey: String?

        func run() async throws {
            let settings = try await global.settings()
            try await ShellSession.with(settings) { session in
                let tenant = try await CreateWorkspace(session.environment)(
                    slug: slug,
                    name: name,
                    idempotencyKey: idempotencyKey,
                    by: session.caller
                )
                TenantColumns.write(tenant, output, settings)
            }
        }
    }

    /// `workspace rename`.
    struct Rename: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "rename",
            abstract: "Give a workspace another name; its slug stays."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var tenant: TenantOptions
        @OptionGroup var output: FormatOptions
        @Argument(help: "The new name.") var name: String

        func run() async throws {
            try await TenantWork(global: global, tenant: tenant).write { place in
                let tenant = try await UpdateWorkspace(place.environment)(
                    name: name,
                    version: nil,
                    by: place.caller
                )
                place.listing(TenantColumns.tenant, output.format).write(one: tenant)
            }
        }
    }

    /// `workspace close`.
    struct Close: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "close",
            abstract: "Close a workspace of yours: nobody gets in any more.",
            discussion: "It takes your password, or a code of your second factor. An owner can "
                + "`restore` it until its data is deleted (workspaces.purge_days)."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var output: FormatOptions
        @OptionGroup var password: PasswordOptions
        @Argument(help: "The slug, in full.") var slug: String
        @Option(help: ArgumentHelp("Why; it goes into both trails.", valueName: "text"))
        var reason: String
        @Flag(name: .long, help: "Do not ask.") var yes = false

        func run() async throws {
            let settings = try await global.settings()
            try await ShellSession.with(settings) { session in
                let id = try await ResolveWorkspace(session.environment)(slug, by: session.caller)
                if !yes {
                    try Question.requireYes(
                        "\(SafeText(slug).string): nobody will get in until it is restored."
                    )
                }
                let place = TenantCaller(caller: session.caller, tenant: id)
                let tenant = try await ProofQuestion(password: password).with { proof in
                    try await CloseWorkspace(session.environment)(
                        confirming: slug,
                        reason: reason,
                        version: nil,
                        proof: proof,
                        by: place
                    )
                }
                TenantColumns.write(tenant, output, settings)
            }
        }
    }

    /// `workspace restore`.
    struct Restore: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "restore",
            abstract: "Open a workspace again that an owner closed."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var output: FormatOptions
        @Argument(help: "Slug or id.") var slug: String
        @Option(help: ArgumentHelp("Why; it goes into both trails.", valueName: "text"))
        var reason: String

        func run() async throws {
            let settings = try await global.settings()
            try await ShellSession.with(settings) { session in
                let tenant = try await RestoreWorkspace(session.environment)(
                    slug,
                    reason: reason,
                    by: session.caller
                )
                TenantColumns.write(tenant, output, settings)
            }
        }
    }

    private static let columns: [Column<Workspace>] = [
        Column("slug") { .identifier($0.slug) },
        Column("name") { Cell($0.name) },
        Column("plan") { Cell($0.plan.rawValue) },
        Column("status") { Cell($0.status.rawValue) },
        Column("role") { Cell($0.role.name) },
        Column("created_at") { Cell($0.createdAt) },
        Column("id", isShown: false) { Cell($0.id) },
    ]
}
