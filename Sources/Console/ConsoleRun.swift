import Domain
import Terminal

/// One run of a loop: the state, the tasks that work for it and the timer.
struct ConsoleRun {
    private(set) var console: Console
    private(set) var isOver = false
    /// The keys and pastes that were taken since the start.
    private var taken = 0
    private let client: ConsoleClient
    private let stage: ConsoleStage
    private let sink: AsyncStream<ConsoleEvent>.Continuation
    private var requests: [RequestID: Task<Void, Never>] = [:]
    private var timer: Timer?
    private var following: Following?

    /// The longest step that a watcher does not notice.
    static let patience = Duration.milliseconds(8)

    private struct Following {
        var watch: FeedWatch?
        var task: Task<Void, Never>
    }

    private struct Timer {
        var due: Instant
        var task: Task<Void, Never>
    }

    init(
        console: Console,
        client: ConsoleClient,
        stage: ConsoleStage,
        sink: AsyncStream<ConsoleEvent>.Continuation
    ) {
        self.console = console
        self.client = client
        self.stage = stage
        self.sink = sink
    }

    mutating func take(_ event: ConsoleEvent, screen: ScreenTask) {
        if case .answered(let id, _) = event { requests[id] = nil }
        if case .woke = event { timer = nil }
        if event.isTyped { taken += 1 }
        let before = stage.now()
        let effects = console.update(event, at: before)
        let took = before.duration(to: stage.now())
        if took > Self.patience { sink.yield(.stalled(took)) }
        for effect in effects where !effect.isQuestion { carryOut(effect, screen: screen) }
        // A slow drawing reports itself; drawing the report would go on for ever.
        switch event {
        case .stalled, .display(.presented): return
        default: break
        }
        screen.show(console, behind: taken)
        // Behind the frame: a question must not hold up what the operator waits for.
        for effect in effects where effect.isQuestion { carryOut(effect, screen: screen) }
        setTimer()
        setFeed()
    }

    /// Stops everything that works for the console and waits until it has stopped.
    mutating func end() async {
        let tasks =
            Array(requests.values) + [timer?.task, following?.task].compactMap(\.self)
        for task in tasks { task.cancel() }
        for task in tasks { await task.value }
        requests = [:]
        timer = nil
        following = nil
    }

    private mutating func carryOut(
        _ effect: Effect,
        screen: ScreenTask
    ) {
        switch effect {
        case .load(let id, let request): start(id, request)
        case .cancel(let id): requests[id]?.cancel()
        case .edit(let text): screen.edit(text)
        case .page(let path): screen.page(path)
        case .copy(let text): screen.signal(.copy(text))
        case .remember(let memory): screen.signal(.remember(memory))
        case .redraw: screen.signal(.redraw)
        case .bell: screen.signal(.bell)
        case .display(let wish): screen.signal(.display(wish))
        case .quit: isOver = true
        }
    }

    private mutating func start(_ id: RequestID, _ request: ConsoleRequest) {
        requests[id] = Task { [client, sink] in
            let result: Result<ConsoleAnswer, DomainError>
            do {
                let answer = try await client.perform(request) { headway in
                    sink.yield(.progressed(id, headway))
                }
                result = .success(answer)
            } catch {
                result = .failure(DomainError(shown: error))
            }
            sink.yield(.answered(id, result))
        }
    }

    /// Listens where the console wants to; one place takes the other's turn.
    private mutating func setFeed() {
        let wanted = console.watch
        guard wanted != following?.watch else { return }
        let last = following?.task
        last?.cancel()
        let task = Task { [client, sink] in
            await last?.value
            guard let wanted, !Task.isCancelled else { return }
            for await _ in client.feed.follow(wanted) { sink.yield(.fed(wanted)) }
        }
        following = Following(watch: wanted, task: task)
    }

    private mutating func setTimer() {
        let now = stage.now()
        let due = console.wake(after: now)
        guard due != timer?.due else { return }
        timer?.task.cancel()
        timer = nil
        guard let due else { return }
        let task = Task { [stage, sink] in
            let wait = max(.zero, now.duration(to: due))
            guard (try? await stage.sleep(wait)) != nil, !Task.isCancelled else { return }
            sink.yield(.woke)
        }
        timer = Timer(due: due, task: task)
    }
}

extension ConsoleEvent {
    /// Whether it came from a person's hands.
    fileprivate var isTyped: Bool {
        switch self {
        case .keyPressed, .pasted: true
        default: false
        }
    }
}

extension Effect {
    /// Whether it asks the terminal something.
    fileprivate var isQuestion: Bool {
        if case .display(.ask) = self { return true }
        return false
    }
}

extension DomainError {
    /// An error as people may see it: what is not ours becomes one generic sentence.
    init(shown error: any Error) {
        if let error = error as? DomainError {
            self = error
        } else if error is CancellationError {
            self = DomainError(.timeout, .timeout, "The request was cancelled.")
        } else {
            self = DomainError(
                .internal,
                .internalError,
                "Something went wrong inside Ghostworks.",
                hint: "The log has the details under the request's id."
            )
        }
    }
}
