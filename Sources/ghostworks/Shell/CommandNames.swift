import ArgumentParser

/// Tells a mistyped command from an argument, before the parser takes it for one.
struct CommandNames {
    let root: any ParsableCommand.Type

    /// The sentence for a word that stands where only a command can stand.
    func problem(with arguments: [String]) -> ExitMessage? {
        var type = root
        var path = "ghostworks"
        for word in arguments {
            let children =
                type.configuration.subcommands
                + type.configuration.groupedSubcommands.flatMap(\.subcommands)
            guard !children.isEmpty, !word.hasPrefix("-"), word != "help" else { return nil }
            if let next = children.first(where: { Self.names(of: $0).contains(word) }) {
                type = next
                path += " " + word
                continue
            }
            return ExitMessage(
                "There is no command \"\(path) \(word)\".",
                hint: NearestName.hint(for: word, among: children.flatMap(Self.names(of:)))
                    ?? "See: \(path) --help",
                code: ExitMessage.usage
            )
        }
        return nil
    }

    private static func names(of command: any ParsableCommand.Type) -> [String] {
        [command._commandName] + command.configuration.aliases
    }
}
