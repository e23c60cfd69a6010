import ArgumentParser
import Glibc

/// The one program: the console, the API and the shell.
@main
struct Ghostworks: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ghostworks",
        abstract: "The control plane of a multi-tenant platform, operated from a terminal.",
        discussion: "Without a command it opens the console.",
        version: VersionText.text,
        subcommands: [
            ConsoleCommand.self, ReplayCommand.self, DemoCommand.self, UpCommand.self,
        ],
        groupedSubcommands: [
            CommandGroup(
                name: "Data",
                subcommands: [
                    TenantCommand.self, WorkspaceCommand.self, MemberCommand.self, RoleCommand.self,
                    ArtifactCommand.self,
                    AICommand.self, AuditCommand.self, APIKeyCommand.self, PrivacyCommand.self,
                ]
            ),
            CommandGroup(
                name: "Access",
                subcommands: [
                    LoginCommand.self, LogoutCommand.self, MeCommand.self, PasswordCommand.self,
                    MFACommand.self,
                    SessionCommand.self, OperatorCommand.self, UserCommand.self,
                    SupportCommand.self,
                ]
            ),
            CommandGroup(
                name: "Operation",
                subcommands: [
                    OverviewCommand.self, ServeCommand.self, WorkCommand.self,
                    JobCommand.self, AlertCommand.self,
                    DatabaseCommand.self, MigrateCommand.self, KeyCommand.self,
                    SettingsCommand.self, DoctorCommand.self, OpenAPICommand.self,
                    ManCommand.self, CompletionsCommand.self,
                ]
            ),
        ],
        defaultSubcommand: ConsoleCommand.self
    )

    static func main() async {
        // `| head` closes the pipe: the write fails, and the process ends without a word.
        signal(SIGPIPE, SIG_IGN)
        StandardStream.reserve()
        let arguments = Array(CommandLine.arguments.dropFirst())
        do {
            try await run(arguments)
        } catch {
            leave(CommandEnd(error, arguments: arguments).tell())
        }
        leave(ExitMessage.success)
    }

    private static func run(_ arguments: [String]) async throws {
        if ConsoleCommand.isBare(arguments) { return try await ConsoleCommand.open() }
        var command = try await parse(arguments)
        if var command = command as? any AsyncParsableCommand {
            try await command.run()
        } else {
            try command.run()
        }
    }

    /// Ends the process without the farewells of libraries.
    ///
    /// OpenSSL takes its state apart in one, while a thread of ours may still be in it: a program
    /// that had done everything then ended with a segmentation fault, once in some thousand times.
    /// What is printed goes to its descriptor at once, so nothing is left to be flushed.
    private static func leave(_ status: Int32) -> Never {
        _exit(status)
    }

    private static func parse(_ arguments: [String]) async throws -> any ParsableCommand {
        if let message = CommandNames(root: Self.self).problem(with: arguments) { throw message }
        return try parseAsRoot(arguments)
    }
}

/// How a command ended: what to print, and with which code.
struct CommandEnd {
    private let error: any Error
    private let arguments: [String]

    init(_ error: any Error, arguments: [String]) {
        self.error = error
        self.arguments = arguments
    }

    /// Prints the end and returns the exit code.
    func tell() -> Int32 {
        // Help, versions and usage errors are ArgumentParser's own; it knows their texts.
        let code = Ghostworks.exitCode(for: error)
        if code.isSuccess {
            StandardStream.output.line(Ghostworks.fullMessage(for: error))
            return ExitMessage.success
        }
        if code == .validationFailure {
            StandardStream.error.line(Ghostworks.fullMessage(for: error))
            return ExitMessage.usage
        }
        if let code = error as? ExitCode { return code.rawValue }
        let message = ExitMessage(error)
        for line in message.lines { StandardStream.error.line(line) }
        return message.code
    }
}
