import Domain
import Terminal

extension Actions {
    /// One's own sessions, and oneself.
    ///
    /// None of it needs a console that may write: who finds a stranger's session must not have to
    /// give a reason first.
    static let sessions: [Action] = [
        Action(
            id: "yourself",
            keys: ["e"],
            label: "yourself",
            help: "Change your name, and the time zone in which times are shown to you.",
            screens: [.sessions],
            rank: 12,
            run: { $0.askOwn() }
        ),
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
