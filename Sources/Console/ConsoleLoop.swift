package import Domain
package import Terminal

// DESIGN: the one owner of the console's state.
//
//   input ─┐                        ┌─ requests: one task each, cancelled by id
//   answers├─▶ events ─▶ update ────┤
//   wakes ─┘                        └─ screen: one task, newest state wins
//
// 1. Only `run` changes the state, one event at a time; nothing in it waits for a query, for the
//    terminal or for a timer.
// 2. The screen task takes the newest state when it is ready; states in between are never drawn,
//    so a slow terminal costs frames and not keys. The editor runs in the same task, so that
//    nothing is drawn while it owns the terminal.
// 3. An answer carries the id of its request; the state drops the ones nobody waits for.
// 4. There is at most one timer, for the moment that the state names; an idle console has none.
// 5. When `run` returns, every task it started has ended, and so has the operator's editor.

/// The world around the console, as closures that the executable or a test fills in.
package struct ConsoleStage: Sendable {
    /// Puts a frame on the terminal.
    package var present: @Sendable (Frame) async -> Void
    /// Hands the terminal to the operator's editor; returns the new text, nil when given up.
    package var edit: @Sendable (String) async throws -> String?
    /// Hands the terminal to the operator's pager with a file, which it takes away afterwards.
    package var page: @Sendable (String) async throws -> Void
    /// What a drawing does not show: clipboard, memory, bell, and a full repaint.
    package var signal: @Sendable (ConsoleSignal) async -> Void
    package var now: @Sendable () -> Instant
    package var sleep: @Sendable (Duration) async throws -> Void
    /// What the last frame cost; nil where frames cost nothing.
    package var cost: (@Sendable () async -> FrameReport)?
    /// Keeps a frame in which nothing secret stands.
    package var record: (@Sendable (Frame) async -> Void)?
    /// Tells the state in lines, in place of frames.
    package var tell: (@Sendable (LinearView) async -> Void)?
    /// Learns what stands on the terminal now, behind each drawing.
    package var note: (@Sendable (DrawingNote) -> Void)?

    package init(
        present: @escaping @Sendable (Frame) async -> Void,
        edit: @escaping @Sendable (String) async throws -> String?,
        page: @escaping @Sendable (String) async throws -> Void = { _ in },
        signal: @escaping @Sendable (ConsoleSignal) async -> Void,
        now: @escaping @Sendable () -> Instant,
        sleep: @escaping @Sendable (Duration) async throws -> Void,
        cost: (@Sendable () async -> FrameReport)? = nil,
        record: (@Sendable (Frame) async -> Void)? = nil,
        tell: (@Sendable (LinearView) async -> Void)? = nil
    ) {
        self.present = present
        self.edit = edit
        self.page = page
        self.signal = signal
        self.now = now
        self.sleep = sleep
        self.cost = cost
        self.record = record
        self.tell = tell
    }
}

/// What the terminal or the disk has to do beside showing frames.
package enum ConsoleSignal: Hashable, Sendable {
    case copy(String)
    case remember(Memory)
    /// Forget what the terminal shows: the next frame is painted whole.
    case redraw
    case bell
    case display(DisplayWish)
}

/// Runs a console: events in, effects out, frames to the terminal.
package struct ConsoleLoop: Sendable {
    private let client: ConsoleClient
    private let stage: ConsoleStage
    private let events: AsyncStream<ConsoleEvent>
    private let sink: AsyncStream<ConsoleEvent>.Continuation

    package init(client: ConsoleClient, stage: ConsoleStage) {
        self.client = client
        self.stage = stage
        (events, sink) = AsyncStream.makeStream()
    }

    /// Tells the console what happened elsewhere, such as a lost connection.
    package func post(_ event: ConsoleEvent) {
        sink.yield(event)
    }

    /// Runs until the operator quits or the input ends, and returns the last state.
    @concurrent
    package func run(
        _ console: Console,
        input: some AsyncSequence<InputEvent, Never> & Sendable
    ) async -> Console {
        let screen = ScreenTask(stage: stage, sink: sink)
        let drawing = Task { await screen.run() }
        let reading = Task { await forward(input) }
        var run = ConsoleRun(console: console, client: client, stage: stage, sink: sink)
        run.take(.started, screen: screen)
        for await event in events {
            run.take(event, screen: screen)
            if run.isOver { break }
        }
        reading.cancel()
        await run.end()
        screen.finish()
        await drawing.value
        await reading.value
        return run.console
    }

    private func forward(_ input: some AsyncSequence<InputEvent, Never>) async {
        var iterator = input.makeAsyncIterator()
        while !Task.isCancelled, let event = await iterator.next(isolation: nil) {
            if let event = ConsoleEvent(event) { sink.yield(event) }
        }
        if !Task.isCancelled { sink.yield(.terminated(.hangUp)) }
    }
}

extension ConsoleEvent {
    /// What a terminal reported; nil for what means nothing here.
    init?(_ input: InputEvent) {
        switch input {
        case .key(let key): self = .keyPressed(key)
        case .paste(let text): self = .pasted(text)
        case .resize(let size): self = .resized(size)
        case .focus: return nil
        case .mouse(let mouse): self = .display(.mouse(mouse))
        case .report(let report): self = .display(.report(report))
        case .resumed: self = .resumed
        case .terminate(let reason): self = .terminated(reason)
        }
    }
}
