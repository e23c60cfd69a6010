import ArgumentParser

/// `ghostworks settings`.
struct SettingsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "settings",
        abstract: "Show every setting, its value and where it came from; secrets stay hidden."
    )

    @OptionGroup var global: GlobalOptions
    @OptionGroup var output: FormatOptions

    func run() async throws {
        let settings = try await global.settings()
        Listing(columns: Self.columns, format: output.format, zone: settings.view.timeZone)
            .write(settings.entries)
    }

    private static let columns: [Column<SettingEntry>] = [
        Column("name") { Cell($0.setting.name) },
        Column("value") { Cell($0.shown) },
        Column("source") { Cell($0.source.word) },
        Column("environment", isShown: false) { Cell($0.setting.environmentName) },
        Column("description") { Cell($0.setting.summary) },
    ]
}
