import Terminal

extension Console {
    /// The keys of what lies over the screen, for the footer; empty where they stand in its box.
    func overlayKeys(_ overlay: Overlay) -> SafeText {
        let names = keyNames
        switch overlay {
        case .form(let form): return form.hints(names)
        case .command(let line):
            let words = line.isSearching ? "takes it" : "runs it"
            return SafeText(
                "\(names[move: "line-next"]) proposal   \(names[move: "line-run"]) \(words)   "
                    + "\(names[move: "line-older"]) run before   "
                    + "\(names[move: "line-search"]) search   "
                    + "\(names[move: "line-leave"]) cancel"
            )
        case .filter:
            return SafeText(
                "\(names[move: "line-next"]) proposal   \(names[move: "line-run"]) filter   "
                    + "\(names[move: "line-leave"]) cancel"
            )
        case .themes:
            let (up, down) = (names[move: "choice-up"], names[move: "choice-down"])
            return SafeText(
                "letters search   \(up) \(down) try   \(names[move: "choice-take"]) take   "
                    + "\(names[move: "choice-leave"]) as before"
            )
        case .help:
            return SafeText(
                "\(names[move: "list-down"]) \(names[move: "list-up"]) scroll   any other key closes"
            )
        case .dialog, .bulk, .columns: return ""
        }
    }
}
