import ArgumentParser
import Domain
import Operations
import Terminal

/// `ghostworks member`: the people of a tenant.
struct MemberCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "member",
        abstract: "Members of a tenant: list, add, invite, change the role, suspend, remove.",
        subcommands: [
            List.self, Add.self, ChangeRole.self, Suspend.self, Resume.self, Remove.self,
            Invite.self, Invitations.self, Resend.self, Revoke.self, Accept.self, Decline.self,
            Leave.self, Transfer.self, Grant.self,
        ]
    )

    /// `member list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "List members."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var tenant: TenantOptions
        @OptionGroup var output: ListingOptions
        @OptionGroup var text: FilterOption
        @Option(help: ArgumentHelp("A part of name or mail.", valueName: "text"))
        var search: String?
        @Option(help: "Only members with this role.") var role: RoleName?
        @Option(help: "Only members in this state; all but the removed when not given.")
        var status: MemberStatus?

        func run() async throws {
            let reading = try text.reading(
                .members,
                beside: [
                    ("search", search != nil), ("role", role != nil), ("status", status != nil),
                ]
            )
            try await TenantWork(global: global, tenant: tenant).read { place in
                let filter =
                    try reading.map { try MemberFilter($0, place.settings.filterClock) }
                    ?? MemberFilter(search: search, role: role, status: status)
                let list = ListMembers(place.environment)
                try await place.listing(MemberCommand.columns, output.format)
                    .write(limit: output.limit) {
                        try await list(filter, page: $0, by: place.caller)
                    }
            }
        }
    }

    /// `member add`.
    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "add",
            abstract: "Add a person by mail; one who is not known yet gets no password."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var tenant: TenantOptions
        @OptionGroup var output: FormatOptions
        @Argument(help: "Mail address.") var email: String
        @Option(help: MemberCommand.roleHelp) var role = RoleName.member
        @Option(help: ArgumentHelp("Name, for a person not known yet.", valueName: "name"))
        var name: String?

        func run() async throws {
            try await TenantWork(global: global, tenant: tenant).write { place in
                let member = try await AddMember(place.environment)(
                    email: email,
                    role: role.text,
                    name: name,
                    by: place.caller
                )
                place.listing(MemberCommand.columns, output.format).write(one: member)
            }
        }
    }

    /// `member role`.
    struct ChangeRole: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "role",
            abstract: "Give a member another role."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var tenant: TenantOptions
        @OptionGroup var output: FormatOptions
        @Argument(help: "Mail address or id.") var member: String
        @Argument(help: MemberCommand.roleHelp) var role: RoleName

        func run() async throws {
            try await MemberCommand.change(global, tenant, output, member, role, nil)
        }
    }

    /// `member suspend`.
    struct Suspend: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "suspend",
            abstract: "Keep a member out; the place and the role stay."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var tenant: TenantOptions
        @OptionGroup var output: FormatOptions
        @Argument(help: "Mail address or id.") var member: String
        @Option(help: MemberCommand.whyHelp) var why: String?

        func run() async throws {
            let change = MemberCommand.StatusChange(status: .suspended, why: why)
            try await MemberCommand.change(global, tenant, output, member, nil, change)
        }
    }

    /// `member resume`.
    struct Resume: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "resume",
            abstract: "Let a suspended member in again."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var tenant: TenantOptions
        @OptionGroup var output: FormatOptions
        @Argument(help: "Mail address or id.") var member: String
        @Option(help: MemberCommand.whyHelp) var why: String?

        func run() async throws {
            let change = MemberCommand.StatusChange(status: .active, why: why)
            try await MemberCommand.change(global, tenant, output, member, nil, change)
        }
    }

    /// `member remove`.
    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "remove",
            abstract: "Remove a member; what the person made stays."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var tenant: TenantOptions
        @Argument(help: "Mail address or id.") var member: String
        @Option(help: MemberCommand.whyHelp) var why: String?

        func run() async throws {
            try await TenantWork(global: global, tenant: tenant).write { place in
                let user = try await MemberNames(place: place).resolve(member)
                let reason = why ?? tenant.reason
                try await RemoveMember(place.environment)(user, reason: reason, by: place.caller)
                StandardStream.output.line("Removed \(SafeText(member).string).")
            }
        }
    }

    private static func change(
        _ global: GlobalOptions,
        _ tenant: TenantOptions,
        _ output: FormatOptions,
        _ name: String,
        _ role: RoleName?,
        _ change: StatusChange?
    ) async throws {
        try await TenantWork(global: global, tenant: tenant).write { place in
            let user = try await MemberNames(place: place).resolve(name)
            let member = try await ChangeMember(place.environment)(
                user,
                role: role,
                status: change?.status,
                reason: change?.why ?? tenant.reason,
                version: nil,
                by: place.caller
            )
            place.listing(columns, output.format).write(one: member)
        }
    }

    /// A new status, and why.
    struct StatusChange {
        let status: MemberStatus
        let why: String?
    }

    static let whyHelp = ArgumentHelp(
        "Why, for the audit trail; an operator's --reason when not given.",
        valueName: "text"
    )

    static let roleHelp = ArgumentHelp(
        "owner, admin, brand_creator, member, viewer, guest, or a role of the tenant's own.",
        valueName: "role"
    )

    static let columns: [Column<Member>] = [
        Column("name") { Cell($0.name) },
        Column("email") { .identifier($0.email) },
        Column("role") { Cell($0.role.name) },
        Column("role_id", isShown: false) { Cell($0.role.id) },
        Column("status") { Cell($0.status.rawValue) },
        Column("last_seen_at") { Cell($0.lastSeenAt) },
        Column("joined_at") { Cell($0.joinedAt) },
        Column("id", isShown: false) { Cell($0.user) },
        Column("version", isShown: false) { Cell($0.version) },
    ]
}

/// Finds members by what people type.
struct MemberNames {
    let place: TenantWork.Place

    /// The member of a mail address or an id; a near address is proposed for a mistyped one.
    func resolve(_ name: String) async throws -> UserID {
        if let id = UserID(name) { return id }
        let list = ListMembers(place.environment)
        let exact = try await list(
            MemberFilter(search: name),
            page: PageRequest(limit: PageRequest.limits.upperBound),
            by: place.caller
        )
        if let member = exact.items.first(where: { $0.email.lowercased() == name.lowercased() }) {
            return member.user
        }
        let near = try await list(
            MemberFilter(search: String(name.prefix(3))),
            page: PageRequest(limit: PageRequest.limits.upperBound),
            by: place.caller
        )
        throw ExitMessage(
            "No member \"\(name)\" exists.",
            hint: NearestName.hint(for: name, among: near.items.map(\.email))
        )
    }
}
