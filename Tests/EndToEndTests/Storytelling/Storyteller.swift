import Foundation
import Postgres
import Support
import Terminal

// DESIGN
// 1. Nothing sleeps: a step waits for a whole frame that shows something, for the console to rest
//    (`StoryWindow`), for a program's end, or not at all. A deadline passes only where a story fails.
// 2. A story shares the platform with others that are told at the same time. It makes what it
//    changes, or changes what no other story looks at.
// 3. Each console has a state folder of its own, with a copy of the person's session: what one
//    remembers disturbs no other.

/// Tells one story against the built program.
final class Storyteller {
    /// A step that went wrong, and where it stands.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    static let patience = StoryWindow.patience

    /// The platform; its session is the super-admin's.
    let platform: Shell
    var person = "ada"
    var windows: [String: StoryWindow] = [:]
    var shown = "first"
    /// The windows whose terminal was closed.
    var hungUp: Set<String> = []
    var size = Size(columns: 120, rows: 40)
    /// What the next console gets into its environment.
    var variables: [String: String] = [:]
    /// What was kept, for `$name` in later steps.
    var kept: [String: String] = [:]
    /// What the last command at the shell wrote.
    var said = ""
    /// What the next command at the shell reads.
    var input = ""
    var wire: FaultProxy?
    /// Transactions that are kept open.
    var locks: [PostgresConnection] = []

    init(platform: Shell) {
        self.platform = platform
        kept = ["PROGRAM": Shell.program, "FOLDER": platform.folder]
    }

    /// Tells a story to its end.
    ///
    /// - Throws: `Failure` that names the step.
    func tell(_ story: Story) async throws {
        var problem: Failure?
        for step in story.steps where problem == nil {
            do {
                try await take(step)
            } catch {
                let place = "\(step.place): \(step.verb) \(step.words)"
                problem = Failure(description: "\(place): \(error)")
            }
        }
        for lock in locks { await lock.close() }
        wire?.stop()
        try leave(after: problem)
    }

    /// Ends what is still open: a story that failed would leave its consoles to the next ones.
    private func leave(after problem: Failure?) throws {
        var left: [String] = []
        for (name, window) in windows {
            if window.terminal.clear() { left.append(name) }
        }
        if let problem { throw problem }
        guard left.isEmpty else {
            throw Failure(
                description: "the story left \(left.sorted().joined(separator: ", ")) open"
            )
        }
    }

    private func take(_ step: Story.Step) async throws {
        if try await press(step) { return }
        if try await look(step) { return }
        if try await arrange(step) { return }
        if try await meddle(step) {
            for window in windows.values { window.stirred() }
            return
        }
        throw Failure(description: "no step is called so")
    }

    /// The window that is looked at.
    func window() throws -> StoryWindow {
        guard let window = windows[shown] else {
            throw Failure(description: "nothing is open in the window \(shown)")
        }
        return window
    }

    /// The words with what was kept in the place of `$NAME`.
    func filled(_ text: String) -> String {
        kept.reduce(text) { $0.replacing("$\($1.key)", with: $1.value) }
    }

    func number(_ text: some StringProtocol) throws -> Int {
        guard let number = Int(text) else { throw Failure(description: "\(text) is no number") }
        return number
    }

    func size(_ text: String) throws -> Size {
        let sides = try text.split(separator: "x").map { try number($0) }
        guard sides.count == 2 else { throw Failure(description: "\(text) is no size") }
        return Size(columns: sides[0], rows: sides[1])
    }
}
