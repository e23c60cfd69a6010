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
        case .find: return findKeys(names)
        case .help(let help) where help.typing != nil: return findKeys(names)
        case .help(let help):
            let scroll = "\(names[move: "list-down"]) \(names[move: "list-up"])"
            let find = names[action: "find"]
            guard help.search != nil else {
                return SafeText("\(scroll) scroll   \(find) search   any other key closes")
            }
            let (next, before) = (names[action: "find-next"], names[action: "find-previous"])
            return SafeText(
                "\(scroll) scroll   \(next) next hit   \(before) hit before   "
                    + "any other key closes"
            )
        case .dialog, .bulk, .columns: return ""
        }
    }

    private func findKeys(_ names: KeyNames) -> SafeText {
        let (run, leave) = (names[move: "line-run"], names[move: "line-leave"])
        return SafeText("\(run) search   \(leave) cancel")
    }
}
