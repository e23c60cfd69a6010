import Terminal

// DESIGN: words in a text.
//
// 1. A text is searched as it is shown: in the language of the screen, with what was folded opened.
// 2. A search stays until `esc`, or until the screen is left; going on counts anew, so that a text
//    that changed meanwhile is told as it is.

extension Console {
    private var textScreen: (any TextScreen)? { trail.current?.content as? any TextScreen }

    /// The search in the shown text.
    var search: TextSearch? { textScreen?.search }

    /// Why there is no hit to go to; nil when there is one.
    var hitObstacle: String? {
        search == nil ? "Nothing is searched for; \(key("find")) begins." : nil
    }

    mutating func openFind() -> [Effect] {
        guard textScreen != nil else { return [] }
        overlay = .find(FindLine())
        return []
    }

    mutating func press(_ key: KeyEvent, in open: FindLine) -> [Effect] {
        var line = open
        switch line.press(key) {
        case .stay: overlay = .find(line)
        case .leave: overlay = nil
        case .find(let words): return find(words)
        }
        return []
    }

    /// Searches the text; nothing typed goes on with what was searched before.
    mutating func find(_ words: String) -> [Effect] {
        overlay = nil
        guard var screen = textScreen else { return [] }
        if words.isEmpty { return screen.search == nil ? [] : goToHit(1) }
        guard let search = TextSearch(words) else {
            toast("There is nothing to search for in that.", .hint)
            return []
        }
        screen.openAll(context)
        screen.search = search
        return go(1, in: screen)
    }

    /// Goes on to the next hit, or back to the one before.
    mutating func goToHit(_ step: Int) -> [Effect] {
        textScreen.map { go(step, in: $0) } ?? []
    }

    private mutating func go(_ step: Int, in open: any TextScreen) -> [Effect] {
        guard let visit = trail.current, var search = open.search else { return [] }
        var screen = open
        let context = context
        let frame = speakingFrame
        let lines = screen.text(context).map { $0.said(by: frame) }
        let line = search.go(step, in: lines, from: screen.start(context))
        if let line { screen.reveal(line, context) }
        screen.search = line == nil ? nil : search
        if line == nil { toast(search.missed.string, .hint) }
        trail.set(screen, of: visit.id)
        return []
    }

    /// Ends the search in the shown text; false when there is none.
    mutating func endSearch() -> Bool {
        guard let visit = trail.current, var screen = textScreen, screen.search != nil else {
            return false
        }
        screen.search = nil
        trail.set(screen, of: visit.id)
        return true
    }

    /// A frame of no size that speaks the console's language.
    private var speakingFrame: Frame {
        var frame = Frame(size: Size(columns: 1, rows: 1))
        frame.tongue = surroundings.settings.tongue
        return frame
    }
}

extension Actions {
    private static let texts: Set<ScreenKind> = [.artifact, .event, .trailEvent, .call]

    /// Words in a text.
    static let search: [Action] = [
        Action(
            id: "find",
            keys: ["/", "f3"],
            label: "search",
            help: "Search the text; in help as well.",
            screens: texts,
            rank: 2,
            run: { $0.openFind() }
        ),
        Action(
            id: "find-next",
            keys: ["n"],
            label: "next hit",
            help: "Go to the next place that was searched for.",
            screens: texts,
            rank: 2,
            obstacle: { $0.hitObstacle },
            run: { $0.goToHit(1) }
        ),
        Action(
            id: "find-previous",
            keys: ["N"],
            label: "hit before",
            help: "Go to the place before that was searched for.",
            screens: texts,
            obstacle: { $0.hitObstacle },
            run: { $0.goToHit(-1) }
        ),
    ]
}
