import ArgumentParser
import Domain
import Operations

/// `ghostworks password`.
struct PasswordCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "password",
        abstract: "Your own password.",
        subcommands: [Change.self]
    )

    /// `password change`.
    struct Change: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "change",
            abstract: "Change your password; it is asked, never given as an argument.",
            discussion: "All your other sessions end."
        )

        @OptionGroup var global: GlobalOptions
        @Flag(
            name: .long,
            help: "Read two lines from standard input: the current password, then the new one."
        )
        var passwordStdin = false

        func run() async throws {
            let settings = try await global.settings()
            try await ShellSession.with(settings) { session in
                let source = PassphraseSource(file: nil, standardInput: passwordStdin)
                let current = try source.read(prompt: "Current password", confirm: false)
                let new = try source.read(prompt: "New password", confirm: true)
                try await ChangePassword(session.environment)(
                    current: current,
                    new: new,
                    client: ClientInfo(userAgent: nil, ip: nil),
                    by: session.caller
                )
            }
            StandardStream.output.line("Your password is changed. All other sessions have ended.")
        }
    }
}
