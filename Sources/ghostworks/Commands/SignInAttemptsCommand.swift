import ArgumentParser
import Domain
import Operations

/// `ghostworks operator attempts`.
struct SignInAttemptsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "attempts",
        abstract: "Failed sign-ins with a mail address, by minute and network, newest first."
    )

    @OptionGroup var global: GlobalOptions
    @OptionGroup var output: ListingOptions
    @Argument(help: "The mail address, whether or not somebody has it.") var email: String

    func run() async throws {
        let settings = try await global.settings()
        try await ShellSession.with(settings) { session in
            let subject = SignInSubject.address(try EmailAddress(email))
            let list = ListSignInAttempts(session.environment)
            try await Listing(
                columns: Self.columns,
                format: output.format,
                zone: settings.view.timeZone
            ).write(limit: output.limit) {
                try await list(of: subject, page: $0, by: session.caller)
            }
        }
    }

    private static let columns: [Column<SignInAttempts>] = [
        Column("minute") { .time($0.minute) },
        Column("network") { .text($0.network) },
        Column("count") { Cell($0.count) },
        Column("last_reason") { .text($0.lastReason.rawValue) },
    ]
}
