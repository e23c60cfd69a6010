import Glibc

/// A question on the terminal before something is lost.
enum Question {
    /// Asks for the word `yes`; scripts give `--yes` instead.
    static func requireYes(_ warning: String) throws {
        guard isatty(STDIN_FILENO) == 1 else {
            throw ExitMessage(
                "\(warning) There is no terminal to ask.",
                hint: "Say --yes when it is meant.",
                code: ExitMessage.usage
            )
        }
        StandardStream.error.write("\(warning)\nType yes to go on: ")
        guard readLine() == "yes" else { throw ExitMessage("Nothing was changed.") }
    }
}
