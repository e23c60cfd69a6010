import ArgumentParser

/// What every command takes.
struct GlobalOptions: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp("Settings file.", valueName: "file"))
    var config: String?

    /// The settings, under the options that a command has for some of them.
    func settings(options: [String: String] = [:]) async throws -> Settings {
        try await Settings(file: config, options: options)
    }
}

/// What every listing takes.
struct ListingOptions: ParsableArguments {
    @Option(name: .long, help: "Output: table, json (one object a line) or csv.")
    var format = OutputFormat.table

    @Option(
        name: .long,
        help: ArgumentHelp("At most this many lines; 0 for all.", valueName: "number")
    )
    var limit = 50

    func validate() throws {
        guard limit >= 0 else { throw ValidationError("--limit must not be negative.") }
    }
}

/// What commands take that show one thing.
struct FormatOptions: ParsableArguments {
    @Option(name: .long, help: "Output: table, json (one object a line) or csv.")
    var format = OutputFormat.table
}

/// Where a password comes from.
struct PasswordOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp("Read the password from a private file.", valueName: "file")
    )
    var passwordFile: String?

    @Flag(name: .long, help: "Read the password from standard input.")
    var passwordStdin = false

    /// The source that was chosen.
    var source: PassphraseSource {
        PassphraseSource(file: passwordFile, standardInput: passwordStdin)
    }
}
