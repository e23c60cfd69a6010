import Domain
import Terminal

extension Actions {
    /// Screens that move by themselves, and what they show of the platform.
    static let feed: [Action] = [
        Action(
            id: "pause",
            keys: ["p"],
            label: "pause",
            help: "Let the screen stand still; pressed again it shows what has come meanwhile.",
            screens: [.overview, .ai, .calls, .jobs],
            rank: 20,
            run: { $0.togglePause() }
        ),
        Action(
            id: "processes",
            keys: [],
            label: "processes",
            help: "Show the serving processes and what each measured last.",
            permission: .platformTenantsRead,
            run: { $0.open(.processes) }
        ),
    ]
}
