import ArgumentParser

/// `ghostworks man`.
struct ManCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "man",
        abstract: "Print a manual page, as troff; without a name list the pages.",
        discussion: "Read one with: ghostworks man ghostworks-keys | man -l -"
    )

    @Argument(
        help: ArgumentHelp("The page.", valueName: "name"),
        completion: .list(ManualPage.names)
    )
    var page: String?

    func run() throws {
        let pages = ManualPage.all
        guard let page else {
            for page in pages {
                StandardStream.output.line("\(page.name)(\(page.section))  \(page.summary)")
            }
            return
        }
        guard let found = pages.first(where: { $0.name == page }) else {
            throw ExitMessage(
                "There is no manual page \"\(page)\".",
                hint: NearestName.hint(for: page, among: pages.map(\.name))
                    ?? "See: ghostworks man",
                code: ExitMessage.usage
            )
        }
        StandardStream.output.line(String(found.text.dropLast()))
    }
}

/// `ghostworks completions`.
struct CompletionsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "completions",
        abstract: "Print the completions for bash, zsh or fish.",
        discussion: """
            bash: ghostworks completions bash > ~/.local/share/bash-completion/completions/ghostworks
            zsh:  ghostworks completions zsh > a folder of $fpath, as _ghostworks
            fish: ghostworks completions fish > ~/.config/fish/completions/ghostworks.fish
            """
    )

    @Argument(help: "bash, zsh or fish.") var shell: CompletedShell

    func run() throws {
        StandardStream.output.line(Ghostworks.completionScript(for: shell.completed))
    }
}

/// The shells that completions are made for.
enum CompletedShell: String, CaseIterable, ExpressibleByArgument {
    case bash
    case zsh
    case fish

    var completed: CompletionShell {
        switch self {
        case .bash: .bash
        case .zsh: .zsh
        case .fish: .fish
        }
    }
}
