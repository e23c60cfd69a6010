extension Actions {
    /// The terminal and its look.
    static let display: [Action] = [
        Action(
            id: "themes",
            keys: [],
            label: "themes",
            help: "Choose a theme; the one under the cursor is tried on.",
            run: { $0.openThemes() }
        ),
        Action(
            id: "mouse",
            keys: ["alt-m"],
            label: "mouse",
            help: "Let a click select and the wheel scroll, or give the mouse back.",
            run: { $0.toggleMouse() }
        ),
        Action(
            id: "net",
            keys: [],
            label: "net",
            help: "Show how long the way to the terminal is and what frames cost, or hide it.",
            run: { $0.toggleNet() }
        ),
    ]
}
