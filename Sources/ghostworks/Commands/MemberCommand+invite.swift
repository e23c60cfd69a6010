import ArgumentParser
import Domain
import Operations
import Terminal

extension MemberCommand {
    /// `member invite`.
    struct Invite: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "invite",
            abstract: "Invite a mail address; the mail brings a link that holds for seven days."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var tenant: TenantOptions
        @OptionGroup var output: FormatOptions
        @Argument(help: "Mail address.") var email: String
        @Option(help: MemberCommand.roleHelp) var role = RoleName.member
        @Option(help: "The mail's language: en or ar.") var language = Mail.Language.english

        func run() async throws {
            let new = try NewInvitation(
                email: email,
                role: role.text,
                language: language.rawValue
            )
            try await TenantWork(global: global, tenant: tenant).write { place in
                let made = try await InviteMember(place.environment)(new, by: place.caller)
                place.listing(MemberCommand.invitationColumns, output.format).write(one: made)
            }
        }
    }

    /// `member invitations`.
    struct Invitations: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "invitations",
            abstract: "List invitations."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var tenant: TenantOptions
        @OptionGroup var output: ListingOptions
        @OptionGroup var text: FilterOption
        @Option(help: "pending, accepted, declined, revoked or expired.")
        var status: InvitationStatus?

        func run() async throws {
            let reading = try text.reading(.invitations, beside: [("status", status != nil)])
            let wanted = reading?.invitationStatus ?? status
            try await TenantWork(global: global, tenant: tenant).read { place in
                let list = ListInvitations(place.environment)
                try await place.listing(MemberCommand.invitationColumns, output.format)
                    .write(limit: output.limit) {
                        try await list(wanted, page: $0, by: place.caller)
                    }
            }
        }
    }

    /// `member resend`.
    struct Resend: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "resend",
            abstract: "Send an invitation again; the link of the earlier mail stops working."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var tenant: TenantOptions
        @OptionGroup var output: FormatOptions
        @Argument(help: "Mail address, or the invitation's id.") var invitation: String

        func run() async throws {
            try await TenantWork(global: global, tenant: tenant).write { place in
                let id = try await InvitationNames(place: place).resolve(invitation)
                let sent = try await ResendInvitation(place.environment)(id, by: place.caller)
                place.listing(MemberCommand.invitationColumns, output.format).write(one: sent)
            }
        }
    }

    /// `member revoke`.
    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "revoke",
            abstract: "Take an invitation back and free its seat."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var tenant: TenantOptions
        @Argument(help: "Mail address, or the invitation's id.") var invitation: String

        func run() async throws {
            try await TenantWork(global: global, tenant: tenant).write { place in
                let id = try await InvitationNames(place: place).resolve(invitation)
                try await RevokeInvitation(place.environment)(id, by: place.caller)
                let name = SafeText(invitation).string
                StandardStream.output.line("Took the invitation of \(name) back.")
            }
        }
    }

    /// `member accept`.
    struct Accept: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "accept",
            abstract: "Take the place that an invitation offers you."
        )
        @OptionGroup var global: GlobalOptions
        @Argument(help: "The token of the mail.") var token: String

        func run() async throws {
            try await ShellSession.with(try await global.settings()) { session in
                let accept = AcceptInvitation(session.environment)
                let joined = try await accept(token: token, by: session.caller)
                let name = SafeText(joined.workspace).string
                StandardStream.output.line(
                    "You are in \(name) (\(joined.slug)) as \(joined.member.role.name)."
                )
            }
        }
    }

    /// `member decline`.
    struct Decline: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "decline",
            abstract: "Turn an invitation down; its seat becomes free."
        )
        @OptionGroup var global: GlobalOptions
        @Argument(help: "The token of the mail.") var token: String

        func run() async throws {
            try await ShellSession.with(try await global.settings()) { session in
                let decline = DeclineInvitation(session.environment)
                try await decline(token: token, requestID: session.caller.requestID)
                StandardStream.output.line("Declined.")
            }
        }
    }

    private static let invitationColumns: [Column<Invitation>] = [
        Column("email") { .identifier($0.email) },
        Column("role") { Cell($0.role) },
        Column("status") { Cell($0.status.rawValue) },
        Column("sent_at") { Cell($0.sentAt) },
        Column("expires_at") { Cell($0.expiresAt) },
        Column("id", isShown: false) { Cell($0.id) },
        Column("invited_by", isShown: false) { Cell($0.invitedBy) },
        Column("version", isShown: false) { Cell($0.version) },
    ]
}

/// Finds pending invitations by what people type.
struct InvitationNames {
    let place: TenantWork.Place

    /// The pending invitation of a mail address, or any by its id.
    func resolve(_ name: String) async throws -> InvitationID {
        if let id = InvitationID(name) { return id }
        let list = ListInvitations(place.environment)
        var position: PagePosition?
        var seen: [String] = []
        repeat {
            let page = try await list(
                .pending,
                page: PageRequest(limit: PageRequest.limits.upperBound, after: position),
                by: place.caller
            )
            if let found = page.items.first(where: { $0.email.lowercased() == name.lowercased() }) {
                return found.id
            }
            seen += page.items.map(\.email)
            position = page.next
        } while position != nil
        throw ExitMessage(
            "No pending invitation of \"\(name)\" exists.",
            hint: NearestName.hint(for: name, among: seen)
        )
    }
}
