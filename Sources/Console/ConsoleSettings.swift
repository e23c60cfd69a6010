package import Terminal

/// What a console is started with.
package struct ConsoleSettings: Sendable, Equatable {
    package var themes: [ConsoleTheme]
    package var theme: String?
    package var zone: Zone
    /// Makes the ids of this run's requests unlike those of any other run.
    package var runID: String
    /// Whether an earlier sign-in left a session to go on with.
    package var hasSession: Bool
    package var startsWriting: Bool
    /// A command line to run after the sign-in, such as `tenant acme`.
    package var command: String?
    /// Whether anything may move on the screen.
    package var moves: Bool
    package var memory: Memory
    /// The language of the interface, and how Arabic reaches the terminal.
    package var tongue = Tongue.english
    /// Whether a terminal is there that can be asked.
    package var asksTerminal: Bool
    /// Whether the screen is written to a file.
    package var isRecorded: Bool
    /// Which keys mean what.
    package var keymap: Keymap

    package init(
        themes: [ConsoleTheme],
        theme: String? = nil,
        zone: Zone = .utc,
        runID: String,
        hasSession: Bool,
        startsWriting: Bool = false,
        command: String? = nil,
        moves: Bool = true,
        memory: Memory = Memory(),
        asksTerminal: Bool = false,
        isRecorded: Bool = false,
        keymap: Keymap = .standard
    ) {
        self.themes = themes
        self.theme = theme
        self.zone = zone
        self.runID = runID
        self.hasSession = hasSession
        self.startsWriting = startsWriting
        self.command = command
        self.moves = moves
        self.memory = memory
        self.asksTerminal = asksTerminal
        self.isRecorded = isRecorded
        self.keymap = keymap
    }
}

/// A theme at the depth of the terminal at hand.
package struct ConsoleTheme: Sendable, Hashable {
    package var name: String
    package var styles: StyleSheet
    /// A few words for whoever chooses.
    package var summary: String

    package init(name: String, styles: StyleSheet, summary: String = "") {
        self.name = name
        self.styles = styles
        self.summary = summary
    }
}
