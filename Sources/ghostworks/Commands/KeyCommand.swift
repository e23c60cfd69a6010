import ArgumentParser
import Domain
import Operations

/// `ghostworks key`: the keys of the installation, by name.
struct KeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key",
        abstract: "The keys of this installation: list their names, put new ones into use.",
        subcommands: [List.self, Rotate.self]
    )

    /// `key list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "List the keys by name, the newest of each kind first; never the keys.",
            discussion: "current makes what is new; ended makes nothing new, and what it made is "
                + "still good; retired: what it made is refused."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var output: FormatOptions

        func run() async throws {
            let settings = try await global.settings()
            try await ShellSession.with(settings) { shell in
                let keys = try await ListKeys(shell.environment)(by: shell.caller)
                Listing(
                    columns: KeyCommand.columns,
                    format: output.format,
                    zone: settings.view.timeZone
                ).write(keys)
            }
        }
    }

    /// `key rotate`.
    struct Rotate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "rotate",
            abstract: "Put a new key into use; the one before it stays good.",
            discussion: "Running processes take the new key up by themselves. After a new sealing "
                + "key all sealed secrets are sealed anew."
        )
        @OptionGroup var global: GlobalOptions
        @Argument(help: "signing, context, sealing or all.") var kind: RotatedKind

        func run() async throws {
            try await ShellSession.with(try await global.settings()) { shell in
                let rotate = RotateKeys(shell.environment, shell.runtime.keyPlaces)
                for kind in kind.kinds {
                    let kid = try await rotate(kind, by: shell.caller)
                    StandardStream.output.line("The \(kind.rawValue) key is \(kid) now.")
                }
                guard kind.kinds.contains(.sealing) else { return }
                let count = try await ResealSecrets(shell.environment)() { done in
                    guard StandardStream.error.isTerminal else { return }
                    StandardStream.error.line("\(done) sealed anew so far …")
                }
                StandardStream.output.line("Sealed anew: \(count).")
            }
        }
    }

    static let columns: [Column<InstalledKey>] = [
        Column("kind") { .text($0.kind.rawValue) },
        Column("kid") { .identifier($0.kid) },
        Column("state") { .text($0.state.rawValue) },
        Column("since") { .time($0.since) },
        Column("until") { Cell($0.until) },
    ]
}

/// What `key rotate` takes.
enum RotatedKind: String, CaseIterable, ExpressibleByArgument, Sendable {
    case signing
    case context
    case sealing
    case all

    var kinds: [KeyKind] {
        self == .all ? KeyKind.allCases : KeyKind.allCases.filter { $0.rawValue == rawValue }
    }
}
