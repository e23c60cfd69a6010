import ArgumentParser
import Domain
import Foundation
import Operations
import Terminal

/// `ghostworks tenant consent`: what an owner lets support do.
struct ConsentCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "consent",
        abstract: "For owners: let support write, for a while by a token or until further notice.",
        subcommands: [
            Create.self, List.self, Revoke.self, On.self, Off.self, Sessions.self,
        ]
    )

    /// `tenant consent create`.
    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "create",
            abstract: "Let support write for some hours; prints the token, this once."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var tenant: TenantOptions
        @Option(help: ArgumentHelp("1 to 168.", valueName: "number"))
        var hours = ConsentRequest.standardHours
        @Option(help: ArgumentHelp("What for.", valueName: "text")) var note: String?
        @Flag(help: "Customers' personal data may be seen as well.") var personalData = false

        func run() async throws {
            let request = try ConsentRequest(
                hours: hours,
                note: note,
                allowsPersonalData: personalData
            )
            try await TenantWork(global: global, tenant: tenant).write { place in
                let given = try await CreateSupportConsent(place.environment)(
                    request,
                    by: place.caller
                )
                let zone = place.settings.view.timeZone
                StandardStream.error.line(
                    "Holds until \(given.consent.expiresAt.shown(in: zone)) (\(zone.identifier)). "
                        + "Give this token to support; it is not shown again:"
                )
                StandardStream.output.line(given.token)
            }
        }
    }

    /// `tenant consent list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "List the tokens that were given, the last first."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var tenant: TenantOptions
        @OptionGroup var output: ListingOptions

        func run() async throws {
            try await TenantWork(global: global, tenant: tenant).read { place in
                let list = ListSupportConsents(place.environment)
                try await place.listing(SupportColumns.consent, output.format)
                    .write(limit: output.limit) { try await list(page: $0, by: place.caller) }
            }
        }
    }

    /// `tenant consent revoke`.
    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "revoke",
            abstract: "Take a token back; sessions that rest on it end at once."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var tenant: TenantOptions
        @Argument(help: "The consent's id.") var id: SupportConsentID

        func run() async throws {
            try await TenantWork(global: global, tenant: tenant).write { place in
                try await RevokeSupportConsent(place.environment)(id, by: place.caller)
                StandardStream.output.line("Revoked.")
            }
        }
    }

    /// `tenant consent on`.
    struct On: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "on",
            abstract: "Let super-admins write in any support session until further notice."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var tenant: TenantOptions

        func run() async throws {
            try await ConsentCommand.turn(true, global, tenant)
            StandardStream.output.line("Super-admins may write in support sessions.")
        }
    }

    /// `tenant consent off`.
    struct Off: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "off",
            abstract: "Take that back; sessions that rest on it end at once."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var tenant: TenantOptions

        func run() async throws {
            try await ConsentCommand.turn(false, global, tenant)
            StandardStream.output.line("Support sessions only read, unless a token says more.")
        }
    }

    /// `tenant consent sessions`.
    struct Sessions: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "sessions",
            abstract: "List operators' stays in the tenant, the last first."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var tenant: TenantOptions
        @OptionGroup var output: ListingOptions
        @Flag(help: "Only those that run.") var live = false

        func run() async throws {
            try await TenantWork(global: global, tenant: tenant).read { place in
                let list = ListTenantSupportSessions(place.environment)
                try await place.listing(SupportColumns.session, output.format)
                    .write(limit: output.limit) {
                        try await list(isLive: live ? true : nil, page: $0, by: place.caller)
                    }
            }
        }
    }

    private static func turn(
        _ consent: Bool,
        _ global: GlobalOptions,
        _ tenant: TenantOptions
    ) async throws {
        try await TenantWork(global: global, tenant: tenant).write { place in
            try await ChangeSettings(place.environment)(writeConsent: consent, by: place.caller)
        }
    }
}
