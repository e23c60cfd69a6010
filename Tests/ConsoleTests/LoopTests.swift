import Domain
import Synchronization
import Terminal
import Testing

@testable import Console

/// The loop around the console: tasks, cancellation, frames and the end.
struct LoopTests {
    /// What the loop did to the world, and the answers that it gets.
    private final class Bench: Sendable {
        let frames = Mutex<[Frame]>([])
        let signals = Mutex<[ConsoleSignal]>([])
        let cancelled = Mutex(false)
        let input: AsyncStream<InputEvent>
        let keys: AsyncStream<InputEvent>.Continuation
        let drawn: AsyncStream<String>
        private let drawings: AsyncStream<String>.Continuation

        init() {
            (input, keys) = AsyncStream.makeStream()
            (drawn, drawings) = AsyncStream.makeStream()
        }

        var stage: ConsoleStage {
            ConsoleStage(
                present: { frame in
                    self.frames.withLock { $0.append(frame) }
                    self.drawings.yield(FrameText(frame).lines.joined(separator: "\n"))
                },
                edit: { text in text + "edited" },
                signal: { signal in self.signals.withLock { $0.append(signal) } },
                now: { World.now },
                // The clock stands still: a timer ends only when it is cancelled.
                sleep: { _ in
                    for await _ in AsyncStream<Void>.makeStream().stream {}
                    throw CancellationError()
                }
            )
        }

        func press(_ text: String) throws {
            for word in text.split(separator: " ") {
                keys.yield(.key(try KeyEvent(parsing: String(word))))
            }
        }

        /// Waits for a drawing that contains a text.
        func see(_ text: String) async -> Bool {
            for await drawing in drawn where drawing.contains(text) { return true }
            return false
        }
    }

    private func console() throws -> Console {
        try Operator().console
    }

    @Test(.timeLimit(.minutes(4)))
    func `answers reach the screen and q ends everything`() async throws {
        let bench = Bench()
        let loop = ConsoleLoop(client: .answering { World.answer($0) }, stage: bench.stage)
        let console = try console()
        async let last = loop.run(console, input: bench.input)
        #expect(await bench.see("12,480"))
        try bench.press("T")
        #expect(await bench.see("Crescent Relief"))
        try bench.press("q")
        let state = await last
        #expect(state.trail.current != nil)
        #expect(
            bench.signals.withLock { $0 }.contains { signal in
                if case .remember = signal { return true }
                return false
            }
        )
    }

    @Test(.timeLimit(.minutes(4)))
    func `a request that is replaced is cancelled for real`() async throws {
        let bench = Bench()
        let hanging = Mutex(0)
        let client = ConsoleClient.answering { request in
            if case .platform(.tenants, _) = request,
                hanging.withLock({
                    $0 += 1
                    return $0
                }) == 1
            {
                for await _ in AsyncStream<Void>.makeStream().stream {}
                bench.cancelled.withLock { $0 = true }
                throw CancellationError()
            }
            return World.answer(request)
        }
        let loop = ConsoleLoop(client: client, stage: bench.stage)
        let console = try console()
        async let last = loop.run(console, input: bench.input)
        #expect(await bench.see("12,480"))
        try bench.press("T r")
        #expect(await bench.see("Crescent Relief"))
        try bench.press("q")
        _ = await last
        #expect(bench.cancelled.withLock { $0 })
    }

    @Test(.timeLimit(.minutes(4)))
    func `behind the last key nothing is awaited, and what is drawn says so`() async throws {
        let bench = Bench()
        var stage = bench.stage
        let (notes, noting) = AsyncStream.makeStream(of: DrawingNote.self)
        stage.note = { noting.yield($0) }
        let gates = AsyncStream<Void>.makeStream()
        let client = ConsoleClient.answering { request in
            if case .platform(.tenants, _) = request { for await _ in gates.stream {} }
            return World.answer(request)
        }
        let loop = ConsoleLoop(client: client, stage: stage)
        let console = try console()
        async let last = loop.run(console, input: bench.input)
        #expect(await bench.see("12,480"))
        try bench.press("T")
        var seen = notes.makeAsyncIterator()
        while let note = await seen.next() {
            #expect(note.size == Size(columns: 120, rows: 40))
            if note.taken == 1 {
                // The list is on its way until the gate opens.
                #expect(note.awaited > 0)
                break
            }
        }
        gates.continuation.finish()
        while let note = await seen.next(), note.awaited > 0 {}
        #expect(await bench.see("Crescent Relief"))
        bench.keys.yield(.terminate(.terminate))
        _ = await last
    }

    @Test(.timeLimit(.minutes(4)))
    func `what is not our error is shown as one generic sentence`() async throws {
        struct Secret: Error {}
        let bench = Bench()
        let client = ConsoleClient.answering { request in
            if case .platform(.overview, _) = request { throw Secret() }
            return World.answer(request)
        }
        let loop = ConsoleLoop(client: client, stage: bench.stage)
        let console = try console()
        async let last = loop.run(console, input: bench.input)
        #expect(await bench.see("Something went wrong inside Ghostworks."))
        bench.keys.yield(.terminate(.terminate))
        _ = await last
    }

    @Test(.timeLimit(.minutes(4)), arguments: [true, false])
    func `an editor that is open or about to open ends with the screen`(isOpen: Bool) async {
        let (opened, open) = AsyncStream<Void>.makeStream()
        var stage = Bench().stage
        stage.edit = { _ in
            open.finish()
            for await _ in AsyncStream<Void>.makeStream().stream {}
            throw CancellationError()
        }
        let (events, sink) = AsyncStream<ConsoleEvent>.makeStream()
        let screen = ScreenTask(stage: stage, sink: sink)
        screen.edit("text")
        if !isOpen { screen.finish() }
        async let run: Void = screen.run()
        if isOpen {
            for await _ in opened {}
            screen.finish()
        }
        await run
        sink.finish()
        let edited = await events.reduce(into: 0) { count, _ in count += 1 }
        #expect(edited == (isOpen ? 1 : 0))
    }

    @Test(.timeLimit(.minutes(4)))
    func `the end of the input ends the loop`() async throws {
        let bench = Bench()
        let loop = ConsoleLoop(client: .answering { World.answer($0) }, stage: bench.stage)
        let console = try console()
        async let last = loop.run(console, input: bench.input)
        #expect(await bench.see("12,480"))
        bench.keys.finish()
        _ = await last
        #expect(!bench.frames.withLock { $0 }.isEmpty)
    }
}
