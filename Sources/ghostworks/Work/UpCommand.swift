import ArgumentParser

/// `ghostworks up`.
struct UpCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "up",
        abstract: "Serve the HTTP API and do the work behind it, in one process.",
        discussion: "`serve` and `work` together, for one machine."
    )

    @OptionGroup var serving: ServeCommand

    func run() async throws {
        try await serving.serve(working: true)
    }
}
