import ArgumentParser
import Domain
import Operations
import Terminal

/// `ghostworks role`: what the roles of a tenant may do.
struct RoleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "role",
        abstract: "Roles of a tenant: the platform's, and those of its own making.",
        subcommands: [List.self, Show.self, Create.self, Edit.self, Delete.self]
    )

    /// `role list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "List roles; `role show` says all that one may do."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var tenant: TenantOptions
        @OptionGroup var output: FormatOptions

        func run() async throws {
            try await TenantWork(global: global, tenant: tenant).read { place in
                let roles = try await ListRoles(place.environment)(by: place.caller)
                place.listing(RoleCommand.brief, output.format).write(roles)
            }
        }
    }

    /// `role show`.
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show",
            abstract: "Show a role and all that it may do."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var tenant: TenantOptions
        @OptionGroup var output: FormatOptions
        @Argument(help: MemberCommand.roleHelp) var role: RoleName

        func run() async throws {
            try await TenantWork(global: global, tenant: tenant).read { place in
                let found = try await FindRole(place.environment)(role, by: place.caller)
                place.listing(RoleCommand.columns, output.format).write(one: found)
            }
        }
    }

    /// `role create`.
    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "create",
            abstract: "Make a role of the tenant's own, below your rank and within your rights."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var tenant: TenantOptions
        @OptionGroup var output: FormatOptions
        @Argument(help: "1 to 50 characters, unlike any other role's.") var name: String
        @Option(help: "1 to 79: it gives to, and changes, those below it.")
        var rank = RoleDraft.usualRank
        @Option(name: .customLong("may"), parsing: .upToNextOption, help: RoleCommand.mayHelp)
        var permissions: [String]

        func run() async throws {
            let draft = try RoleDraft(
                name: name,
                rank: rank,
                permissions: PermissionSet(names: RoleCommand.split(permissions))
            )
            try await TenantWork(global: global, tenant: tenant).write { place in
                let made = try await CreateRole(place.environment)(draft, by: place.caller)
                place.listing(RoleCommand.columns, output.format).write(one: made)
            }
        }
    }

    /// `role edit`.
    struct Edit: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "edit",
            abstract: "Change a role of the tenant's own; it takes effect at once."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var tenant: TenantOptions
        @OptionGroup var output: FormatOptions
        @Argument(help: "Name or id.") var role: RoleName
        @Option(help: "Another name.") var name: String?
        @Option(help: "Another rank.") var rank: Int?
        @Option(name: .customLong("may"), parsing: .upToNextOption, help: RoleCommand.mayHelp)
        var permissions: [String] = []

        func validate() throws {
            guard name != nil || rank != nil || !permissions.isEmpty else {
                throw ValidationError("Say what to change: --name, --rank or --may.")
            }
        }

        func run() async throws {
            let list = RoleCommand.split(permissions)
            let edit = RoleEdit(
                name: name,
                rank: rank,
                permissions: list.isEmpty ? nil : try PermissionSet(names: list)
            )
            try await TenantWork(global: global, tenant: tenant).write { place in
                let changed = try await EditRole(place.environment)(
                    role,
                    edit,
                    version: nil,
                    by: place.caller
                )
                place.listing(RoleCommand.columns, output.format).write(one: changed)
            }
        }
    }

    /// `role delete`.
    struct Delete: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "delete",
            abstract: "Delete a role that nobody holds and no invitation offers."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var tenant: TenantOptions
        @Argument(help: "Name or id.") var role: RoleName

        func run() async throws {
            try await TenantWork(global: global, tenant: tenant).write { place in
                try await DeleteRole(place.environment)(role, by: place.caller)
                StandardStream.output.line("Deleted \(SafeText(role.text).string).")
            }
        }
    }

    static let mayHelp = ArgumentHelp(
        "Permissions, by name; with :own behind it, only on what its holder made or was given.",
        valueName: "permission"
    )

    private static func split(_ texts: [String]) -> [String] {
        texts.flatMap { $0.split(separator: ",").map(String.init) }
    }

    /// A line a role; machines get the permissions as well.
    private static let brief = table(showsAll: false)
    private static let columns = table(showsAll: true)

    private static func table(showsAll: Bool) -> [Column<TenantRole>] {
        [
            Column("name") { Cell($0.role.name) },
            Column("kind") { .text($0.isSystem ? "platform" : "own") },
            Column("rank") { Cell($0.role.rank) },
            Column("members") { Cell($0.members) },
            Column("permissions", isShown: !showsAll) { Cell($0.role.permissions.held.count) },
            Column("may", isShown: showsAll) { .list($0.role.permissions.names) },
            Column("id", isShown: false) { Cell($0.role.id) },
            Column("version", isShown: false) { Cell($0.version) },
        ]
    }
}
