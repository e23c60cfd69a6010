import ArgumentParser
import Terminal

/// `ghostworks doctor`.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Check the terminal, the database, its walls, clocks and keys; say each fix.",
        discussion: "The exit code is 1 when a check fails."
    )

    @OptionGroup var global: GlobalOptions
    @OptionGroup var output: FormatOptions

    func run() async throws {
        let settings = try await global.settings()
        let findings = await Examination(settings: settings).findings()
        if output.format == .table {
            for finding in findings { show(finding) }
        } else {
            Listing(columns: Self.columns, format: output.format, zone: settings.view.timeZone)
                .write(findings)
        }
        if findings.contains(where: { $0.state == .failed }) {
            throw ExitCode(ExitMessage.failure)
        }
    }

    private func show(_ finding: Finding) {
        let stream = StandardStream.output
        let mark = stream.takesColor ? finding.state.coloredMark : finding.state.mark
        let name = SafeText(finding.check).padded(to: 16).string
        stream.line("\(mark)  \(name) \(SafeText(finding.detail).string)")
        if let fix = finding.fix { stream.line("       fix: \(SafeText(fix).string)") }
    }

    private static let columns: [Column<Finding>] = [
        Column("check") { Cell($0.check) },
        Column("state") { Cell($0.state.rawValue) },
        Column("detail") { Cell($0.detail) },
        Column("fix") { Cell($0.fix) },
    ]
}

extension Finding.State {
    fileprivate var mark: String {
        switch self {
        case .ok: "ok  "
        case .warning: "warn"
        case .failed: "FAIL"
        case .skipped: "skip"
        }
    }

    /// The mark in colour; the word alone says it all the same.
    fileprivate var coloredMark: String {
        let color =
            switch self {
            case .ok: "32"
            case .warning: "33"
            case .failed: "1;31"
            case .skipped: "2"
            }
        return "\u{1B}[\(color)m\(mark)\u{1B}[0m"
    }
}
