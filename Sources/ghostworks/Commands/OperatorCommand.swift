import ArgumentParser
import Domain
import Operations
import Terminal

/// `ghostworks operator`.
struct OperatorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "operator",
        abstract: "The people who run the platform.",
        subcommands: [Create.self, SignInAttemptsCommand.self]
    )

    /// `operator create`.
    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make an operator; the password is asked twice, never given as an argument.",
            discussion: "Whoever may read the installation's keys may do this: it makes the first "
                + "super-admin."
        )

        @OptionGroup var global: GlobalOptions
        @OptionGroup var password: PasswordOptions
        @Option(help: ArgumentHelp("Mail address.", valueName: "address")) var email: String
        @Option(help: ArgumentHelp("Full name.", valueName: "name")) var name: String
        @Option(help: "super_admin or support.") var role = PlatformRole.superAdmin

        func run() async throws {
            let settings = try await global.settings()
            try await Runtime.with(settings) { runtime in
                let secret = try password.source.read(prompt: "New password", confirm: true)
                let create = CreateOperator(runtime.environment)
                _ = try await create(email: email, name: name, password: secret, role: role)
            }
            let address = SafeText(email).string
            StandardStream.output.line("\(address) is an operator now (\(role.rawValue)).")
            StandardStream.output.line("Sign in: ghostworks login \(address)")
        }
    }
}
