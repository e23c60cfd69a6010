import Console
import Foundation
import Ncurses
import Terminal

/// The terminal, owned by one actor: frames, the editor and signals come one after another.
actor TerminalScreen {
    private let terminal: NcursesTerminal
    /// Keys, pastes, sizes and signals.
    nonisolated let input: AsyncStream<InputEvent>
    nonisolated let traits: TerminalTraits

    init(_ environment: [String: String]) throws(NcursesError) {
        let terminal = try NcursesTerminal(environment: environment)
        input = terminal.input
        traits = terminal.traits
        self.terminal = terminal
    }

    var size: Size { terminal.size }

    func present(_ frame: Frame) {
        terminal.present(frame)
    }

    func redraw() {
        terminal.invalidate()
    }

    func ring() {
        terminal.send("\u{7}")
    }

    func copy(_ text: String) {
        let environment = ProcessInfo.processInfo.environment
        guard let sequence = ClipboardSequence.text(text, environment: environment) else { return }
        terminal.send(sequence)
    }

    func obey(_ wish: DisplayWish) {
        switch wish {
        case .ask(let color): terminal.ask(color ? [.background, .alive] : [.alive])
        case .mouse(let isOn): terminal.setMouse(isOn)
        }
    }

    var cost: FrameReport {
        FrameReport(bytes: terminal.lastCost.bytes, writes: terminal.lastCost.writes)
    }

    /// Gives the terminal to an editor and takes it back.
    func edit(_ text: String) async throws -> String? {
        try await terminal.suspend { try await TextEditor().edit(text) }
    }

    /// Gives the terminal to a pager and takes it back.
    func page(_ path: String) async throws {
        try await terminal.suspend { try await Pager().show(path) }
    }

    func close() {
        terminal.close()
    }
}
