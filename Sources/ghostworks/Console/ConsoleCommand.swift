import ArgumentParser
import Console
import Themes

/// `ghostworks console`, and `ghostworks` alone.
struct ConsoleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "console",
        abstract: "Open the interactive console.",
        discussion: "It reads only, until --write or `:elevate` lets it write for some minutes."
    )

    @OptionGroup var global: GlobalOptions
    @Option(
        help: ArgumentHelp("Open in this tenant.", valueName: "slug"),
        completion: .tenants
    )
    var tenant: String?
    @Option(
        help: ArgumentHelp("Open this screen, such as tenants or audit.", valueName: "name"),
        completion: .list(KeysManual.screens)
    )
    var screen: String?
    @Option(
        help: ArgumentHelp("Colours, such as ghost, paper or ocean.", valueName: "name"),
        completion: .list(Themes.all.map(\.name))
    )
    var theme: String?
    @Flag(help: "Ask for the right to write at the start.") var write = false
    @Flag(help: "Text line by line with numbered choices, for screen readers.") var linear = false
    @Flag(help: "Let nothing move on the screen; NO_MOTION does the same.") var noMotion = false
    @Option(help: ArgumentHelp("Keep what is shown as a new asciicast file.", valueName: "file"))
    var record: String?

    func run() async throws {
        let options = theme.map { [SettingRegistry.theme.name: $0] } ?? [:]
        let settings = try await global.settings(options: options)
        let wishes = ConsoleWishes(
            tenant: tenant,
            screen: screen,
            theme: theme,
            writes: write,
            isLinear: linear,
            isStill: noMotion,
            recording: record
        )
        try await ConsoleSession(settings: settings, wishes: wishes).run()
    }

    /// Whether the arguments ask for the console as it is.
    ///
    /// Reading arguments costs a sixth of the time to the first byte, and most consoles are opened
    /// without any.
    static func isBare(_ arguments: [String]) -> Bool {
        arguments.isEmpty || arguments == [configuration.commandName ?? ""]
    }

    /// Opens the console as it is, and runs it.
    static func open() async throws {
        let settings = try await Settings(file: nil)
        try await ConsoleSession(settings: settings, wishes: ConsoleWishes()).run()
    }
}

/// What the operator asked for on the command line.
struct ConsoleWishes: Sendable {
    var tenant: String?
    var screen: String?
    var theme: String?
    var writes = false
    /// Whether it is read line by line.
    var isLinear = false
    /// Whether nothing may move.
    var isStill = false
    /// The file to record into.
    var recording: String?

    /// The console's own command line that fulfils them; nil for none.
    var command: String? {
        if let tenant { return [screen ?? "tenant", tenant].joined(separator: " ") }
        return screen
    }
}
