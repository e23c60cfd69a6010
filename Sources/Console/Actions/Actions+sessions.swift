import Domain
import Terminal

extension Actions {
    /// One's own sessions.
    ///
    /// To end one needs no console that may write: who finds a stranger's must not have to give a
    /// reason first.
    static let sessions: [Action] = [
        Action(
            id: "end-session",
            keys: ["d"],
            label: "end",
            help: "End the selected session: whoever uses it is out with the next request.",
            screens: [.sessions],
            rank: 10,
            obstacle: isOther,
            run: { $0.askEndSession() }
        ),
        Action(
            id: "end-others",
            keys: ["D"],
            label: "end all others",
            help: "End all your sessions but this console's.",
            screens: [.sessions],
            rank: 11,
            run: { $0.askEndOtherSessions() }
        ),
    ]

    private static let isOther: @Sendable (Console) -> String? = { console in
        guard let session = console.selectedSession else { return "No session is selected." }
        guard session.id == console.standing.identity?.session else { return nil }
        return "This is the console's own session; :signout ends it."
    }
}
