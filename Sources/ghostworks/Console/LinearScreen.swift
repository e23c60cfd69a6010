import Console
import Dispatch
import Foundation
import Glibc
import Ncurses
import Synchronization
import Terminal

// DESIGN: a terminal read line by line.
//
// 1. Nothing is drawn: text is written behind the last, and the terminal's own line editing takes
//    the answers. So every terminal will do, and so will a pipe.
// 2. One line is read for each question, and only when the question stands: what is piped in waits
//    for the answer to what came before it.
// 3. The echo is off while a secret is typed, and on again whatever ends the program.

/// The standard streams as a console that is read out.
final class LinearScreen: Sendable {
    private let isUTF8: Bool
    private let state: Mutex<State>
    private let turns = DispatchSemaphore(value: 0)

    private struct State {
        var printer = LinearPrinter()
        /// How many lines were asked for.
        var asked = 0
        var isWaiting = true
        /// The modes to go back to, while the echo is off.
        var modes: termios?
    }

    init(_ environment: [String: String]) {
        isUTF8 = TerminalTraits.isUTF8(environment)
        state = Mutex(State())
    }

    /// Reads lines and signals for as long as the program runs.
    func start(_ post: @escaping @Sendable (ConsoleEvent) -> Void) {
        Thread { [self] in
            while true {
                turns.wait()
                let line = readLine(strippingNewline: true)
                showEcho()
                guard let line else {
                    post(.terminated(.hangUp))
                    return
                }
                post(.display(.typed(line)))
            }
        }.start()
        for (number, reason) in [(SIGTERM, Termination.terminate), (SIGHUP, .hangUp)] {
            listen(number) { post(.terminated(reason)) }
        }
        // While an answer is awaited ctrl-c gives up waiting, else it leaves.
        listen(SIGINT) { [self] in
            let isWaiting = state.withLock { $0.isWaiting }
            post(isWaiting ? .keyPressed(KeyEvent(.escape)) : .terminated(.interrupt))
        }
    }

    private func listen(_ number: Int32, _ body: @escaping @Sendable () -> Void) {
        signal(number, SIG_IGN)
        nonisolated(unsafe) let source = DispatchSource.makeSignalSource(
            signal: number,
            queue: .global()
        )
        source.setEventHandler(handler: body)
        // Held by its own handler for as long as the program runs.
        source.setCancelHandler { _ = source }
        source.activate()
    }

    /// Writes what is new, and lets the answer be typed when there is a question.
    func tell(_ view: LinearView) {
        let (text, opens) = state.withLock { state -> (String, Bool) in
            state.isWaiting = view.isWaiting
            let text = state.printer.text(for: view)
            let opens = !view.isWaiting && view.turn == state.asked
            if opens { state.asked += 1 }
            return (text, opens)
        }
        // Before the question stands: nobody types fast enough to be seen.
        if opens, view.isSecret { hideEcho() }
        StandardStream.output.write(isUTF8 ? text : Self.ascii(text))
        if opens { turns.signal() }
    }

    private static func ascii(_ text: String) -> String {
        var plain = String.UnicodeScalarView()
        plain.append(contentsOf: text.unicodeScalars.map(ASCIIFallback.scalar(for:)))
        return String(plain)
    }

    private func hideEcho() {
        state.withLock { state in
            var modes = termios()
            guard tcgetattr(STDIN_FILENO, &modes) == 0 else { return }
            state.modes = modes
            modes.c_lflag &= ~tcflag_t(ECHO)
            tcsetattr(STDIN_FILENO, TCSADRAIN, &modes)
        }
    }

    private func showEcho() {
        state.withLock { state in
            guard var modes = state.modes else { return }
            state.modes = nil
            tcsetattr(STDIN_FILENO, TCSADRAIN, &modes)
            StandardStream.output.write("\n")
        }
    }

    /// Ends the line that may be open, and gives the terminal back.
    func close() {
        showEcho()
        StandardStream.output.write("\n")
    }
}

extension ConsoleStage {
    /// The stage that a line-by-line terminal and the memory file make.
    init(linear screen: LinearScreen, memory: ConsoleMemory) {
        self.init(
            present: { _ in },
            edit: { try await TextEditor().edit($0) },
            page: { try await Pager().show($0) },
            signal: { signal in
                switch signal {
                case .copy(let text): StandardStream.output.line("Copy: \(SafeText(text).string)")
                case .remember(let memorable): memory.write(memorable)
                case .redraw, .bell, .display: break
                }
            },
            now: { SystemTime.now },
            sleep: { try await Task.sleep(for: $0) },
            tell: { screen.tell($0) }
        )
    }
}
