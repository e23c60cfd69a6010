import Domain
import Synchronization
import Terminal

/// The task that owns the terminal: draws the newest state, lends the terminal to the editor.
final class ScreenTask: Sendable {
    private enum Command: Sendable {
        case draw
        case edit(String)
        case page(String)
        case signal(ConsoleSignal)
    }

    /// Who has the terminal.
    private enum Lending {
        case none
        case editor(Task<String?, any Error>)
        /// Nobody gets it any more.
        case over
    }

    private let stage: ConsoleStage
    private let sink: AsyncStream<ConsoleEvent>.Continuation
    private let newest = Mutex<(state: Console, taken: Int)?>(nil)
    private let dropped = Mutex(0)
    private let lending = Mutex(Lending.none)
    private let commands: AsyncStream<Command>
    private let queue: AsyncStream<Command>.Continuation

    init(stage: ConsoleStage, sink: AsyncStream<ConsoleEvent>.Continuation) {
        self.stage = stage
        self.sink = sink
        (commands, queue) = AsyncStream.makeStream()
    }

    /// Shows a state behind so many keys, in place of any that has not been drawn yet.
    func show(_ console: Console, behind taken: Int) {
        let isFirst = newest.withLock { slot in
            defer { slot = (console, taken) }
            return slot == nil
        }
        if isFirst { queue.yield(.draw) } else { dropped.withLock { $0 += 1 } }
    }

    func edit(_ text: String) { queue.yield(.edit(text)) }

    func page(_ path: String) { queue.yield(.page(path)) }

    func signal(_ signal: ConsoleSignal) { queue.yield(.signal(signal)) }

    /// Ends the task behind what it has to do; an editor that is open is ended as well.
    func finish() {
        queue.finish()
        lending.withLock { lending in
            if case .editor(let editing) = lending { editing.cancel() }
            lending = .over
        }
    }

    func run() async {
        for await command in commands {
            switch command {
            case .draw: await draw()
            case .edit(let text): await lend { [stage] in try await stage.edit(text) }
            case .page(let path):
                await lend { [stage] in
                    try await stage.page(path)
                    return nil
                }
            case .signal(let signal): await stage.signal(signal)
            }
        }
    }

    private func draw() async {
        let next = newest.withLock { slot in
            defer { slot = nil }
            return slot
        }
        guard let (state, taken) = next else { return }
        defer { stage.note?(DrawingNote(of: state, behind: taken)) }
        if let tell = stage.tell {
            await tell(state.linearView)
            return
        }
        let before = stage.now()
        var frame = Frame(size: state.size)
        state.draw(into: &frame)
        let took = before.duration(to: stage.now())
        if took > ConsoleRun.patience { sink.yield(.stalled(took)) }
        await stage.present(frame)
        if let record = stage.record, state.display.isRecorded {
            if let masked = state.masked {
                frame = Frame(size: state.size)
                masked.draw(into: &frame)
            }
            await record(frame)
        }
        guard state.display.showsNet, let cost = stage.cost else { return }
        var report = await cost()
        report.dropped = dropped.withLock { $0 }
        sink.yield(.display(.presented(report)))
    }

    private func lend(_ work: @escaping @Sendable () async throws -> String?) async {
        let editing = lending.withLock { lending -> Task<String?, any Error>? in
            if case .over = lending { return nil }
            let editing = Task { try await work() }
            lending = .editor(editing)
            return editing
        }
        guard let editing else { return }
        let result: Result<String?, DomainError>
        do {
            result = .success(try await editing.value)
        } catch {
            result = .failure(DomainError(shown: error))
        }
        sink.yield(.edited(result))
    }
}
