import ArgumentParser
import Domain
import Operations

extension PrivacyCommand {
    /// `privacy hold`.
    struct Hold: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "hold",
            abstract: "Forbid to erase a member, or everybody of a tenant; for owners."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var tenant: TenantOptions
        @OptionGroup var output: FormatOptions
        @Argument(help: "Why: the case, the order.") var cause: String
        @Option(help: ArgumentHelp("Mail address or id; everybody when not given."))
        var member: String?

        func run() async throws {
            try await TenantWork(global: global, tenant: tenant).write { place in
                var subject: UserID?
                if let member { subject = try await MemberNames(place: place).resolve(member) }
                let hold = try await PlaceLegalHold(place.environment)(
                    on: subject,
                    reason: cause,
                    by: place.caller
                )
                place.listing(PrivacyCommand.holdColumns, output.format).write(one: hold)
            }
        }
    }

    /// `privacy holds`.
    struct Holds: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "holds",
            abstract: "The legal holds of a tenant, newest first, the released ones as well."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var tenant: TenantOptions
        @OptionGroup var output: ListingOptions

        func run() async throws {
            try await TenantWork(global: global, tenant: tenant).read { place in
                let list = ListLegalHolds(place.environment)
                try await place.listing(PrivacyCommand.holdColumns, output.format)
                    .write(limit: output.limit) { try await list(page: $0, by: place.caller) }
            }
        }
    }

    /// `privacy release`.
    struct Release: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "release",
            abstract: "Take a legal hold off; its line stays."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var tenant: TenantOptions
        @Argument(help: "The hold's id.") var hold: LegalHoldID

        func run() async throws {
            try await TenantWork(global: global, tenant: tenant).write { place in
                try await ReleaseLegalHold(place.environment)(hold, by: place.caller)
                StandardStream.output.line("Released \(hold).")
            }
        }
    }

    private static let holdColumns: [Column<LegalHold>] = [
        Column("id") { Cell($0.id) },
        Column("subject") { Cell($0.subject.map(\.description) ?? "everybody") },
        Column("reason") { Cell($0.reason) },
        Column("created_at") { Cell($0.createdAt) },
        Column("released_at") { Cell($0.releasedAt) },
        Column("created_by", isShown: false) { Cell($0.createdBy) },
    ]
}
