import ArgumentParser
import Domain
import Operations
import Terminal

extension MemberCommand {
    /// `member leave`.
    struct Leave: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "leave",
            abstract: "Give up your own place in the tenant."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var tenant: TenantOptions
        @Flag(name: .long, help: "Do not ask.") var yes = false

        func run() async throws {
            try await TenantWork(global: global, tenant: tenant).write { place in
                if !yes {
                    try Question.requireYes("You will not get in again without being invited.")
                }
                try await LeaveWorkspace(place.environment)(by: place.caller)
                StandardStream.output.line("You have left.")
            }
        }
    }

    /// `member transfer`.
    struct Transfer: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "transfer",
            abstract: "Make another member an owner in your own place; you are an admin then.",
            discussion: "It takes your password, or a code of your second factor."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var tenant: TenantOptions
        @OptionGroup var output: FormatOptions
        @OptionGroup var password: PasswordOptions
        @Argument(help: "Mail address or id.") var member: String
        @Flag(name: .long, help: "Do not ask.") var yes = false

        func run() async throws {
            try await TenantWork(global: global, tenant: tenant).write { place in
                let heir = try await MemberNames(place: place).resolve(member)
                if !yes { try Question.requireYes("You will not be an owner any more.") }
                let owner = try await ProofQuestion(password: password).with { proof in
                    try await TransferOwnership(place.environment)(
                        to: heir,
                        proof: proof,
                        by: place.caller
                    )
                }
                place.listing(MemberCommand.columns, output.format).write(one: owner)
            }
        }
    }

    /// `member grant`.
    struct Grant: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "grant",
            abstract: "Single objects that a member was given: list, give, take back.",
            subcommands: [GrantList.self, GrantGive.self, GrantTake.self]
        )
    }

    /// `member grant list`.
    struct GrantList: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "List what a member was given."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var tenant: TenantOptions
        @OptionGroup var output: ListingOptions
        @Argument(help: "Mail address or id.") var member: String

        func run() async throws {
            try await TenantWork(global: global, tenant: tenant).read { place in
                let user = try await MemberNames(place: place).resolve(member)
                let list = ListGrants(place.environment)
                try await place.listing(MemberCommand.grantColumns, output.format)
                    .write(limit: output.limit) {
                        try await list(of: user, page: $0, by: place.caller)
                    }
            }
        }
    }

    /// `member grant give`.
    struct GrantGive: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "give",
            abstract: "Give a member one artifact: a guest sees exactly what was given."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var tenant: TenantOptions
        @OptionGroup var output: FormatOptions
        @Argument(help: "Mail address or id.") var member: String
        @Argument(help: "The artifact's id.") var artifact: ArtifactID
        @Flag(help: "Let the member change it as well.") var edit = false

        func run() async throws {
            try await TenantWork(global: global, tenant: tenant).write { place in
                let user = try await MemberNames(place: place).resolve(member)
                let permissions: [Permission] =
                    edit ? [.artifactRead, .artifactUpdate] : [.artifactRead]
                let grant = try await GrantResource(place.environment)(
                    .artifact,
                    artifact,
                    permissions: permissions.map(\.description),
                    to: user,
                    by: place.caller
                )
                place.listing(MemberCommand.grantColumns, output.format).write(one: grant)
            }
        }
    }

    /// `member grant take`.
    struct GrantTake: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "take",
            abstract: "Take an artifact back."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var tenant: TenantOptions
        @Argument(help: "Mail address or id.") var member: String
        @Argument(help: "The artifact's id.") var artifact: ArtifactID

        func run() async throws {
            try await TenantWork(global: global, tenant: tenant).write { place in
                let user = try await MemberNames(place: place).resolve(member)
                try await RevokeGrant(place.environment)(
                    .artifact,
                    artifact,
                    of: user,
                    by: place.caller
                )
                StandardStream.output.line("Taken back.")
            }
        }
    }

    private static let grantColumns: [Column<MemberGrant>] = [
        Column("kind") { .text($0.kind.rawValue) },
        Column("id") { Cell($0.resource) },
        Column("name") { Cell($0.name) },
        Column("may") { .list($0.permissions.map(\.description)) },
        Column("created_at") { Cell($0.createdAt) },
        Column("granted_by", isShown: false) { Cell($0.grantedBy) },
    ]
}
