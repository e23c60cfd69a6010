import Domain
import Terminal
import Testing
import Themes

@testable import Console

/// Somebody at a console: presses keys, sees what is asked for, and gets answers.
struct Operator {
    var console: Console
    var now = World.now
    /// The loads that nobody answered yet, oldest first.
    var open: [(id: RequestID, request: ConsoleRequest)] = []

    static func themes() throws -> [ConsoleTheme] { try readThemes.get() }

    private static let readThemes: Result<[ConsoleTheme], any Error> = Result {
        try Themes.all.map { name, yaml in
            ConsoleTheme(
                name: name,
                styles: try Theme(yaml: yaml, file: name).styles(at: .full)
            )
        }
    }

    init(
        size: Size = Size(columns: 120, rows: 40),
        hasSession: Bool = true,
        command: String? = nil,
        memory: Memory = Memory(),
        keymap: Keymap = .standard
    ) throws {
        let settings = ConsoleSettings(
            themes: try Self.themes(),
            zone: Zone(minutesEast: 180),
            runID: "test",
            hasSession: hasSession,
            command: command,
            memory: memory,
            keymap: keymap
        )
        console = Console(settings, size: size)
    }

    @discardableResult
    mutating func send(_ event: ConsoleEvent, after pause: Duration = .zero) -> [Effect] {
        now = now.advanced(by: pause)
        let effects = console.update(event, at: now)
        for effect in effects {
            switch effect {
            case .load(let id, let request): open.append((id, request))
            case .cancel(let id): open.removeAll { $0.id == id }
            default: break
            }
        }
        return effects
    }

    /// Presses keys, written as in the documents.
    @discardableResult
    mutating func press(_ keys: String...) throws -> [Effect] {
        try keys.flatMap { send(.keyPressed(try KeyEvent(parsing: $0))) }
    }

    mutating func type(_ text: String) {
        for character in text { send(.keyPressed(KeyEvent(.character(character)))) }
    }

    /// Answers the oldest open request.
    @discardableResult
    mutating func answer(_ result: Result<ConsoleAnswer, DomainError>) throws -> [Effect] {
        try #require(!open.isEmpty)
        let id = open.removeFirst().id
        return send(.answered(id, result))
    }

    /// Answers everything, and what follows from it, out of the world; what waits for an event
    /// goes on waiting, because nothing happens there.
    mutating func answerAll() {
        while let next = open.firstIndex(where: { !Self.isWaiting($0.1) }) {
            let (id, request) = open.remove(at: next)
            send(.answered(id, .success(World.answer(request))))
        }
    }

    private static func isWaiting(_ request: ConsoleRequest) -> Bool {
        switch request {
        case .tenant(.audit(.wait), _), .platform(.audit(.wait), _): true
        default: false
        }
    }

    /// Lets the console look at its clock until it wants nothing more of it for a while.
    mutating func wait(_ pause: Duration = .milliseconds(250)) {
        send(.woke, after: pause)
        answerAll()
    }

    /// Signed in as an operator, on the overview.
    mutating func signIn(_ role: PlatformRole? = .superAdmin, _ user: User = World.ada) throws {
        send(.started)
        try answer(.success(.identity(World.identity(role, user))))
        answerAll()
    }

    /// At the sign-in, after a right password, where a code is wanted.
    mutating func askedForCode() throws {
        send(.started)
        type("ada@ghostworks.example")
        try press("tab")
        type("secret")
        try press("enter")
        try answer(.success(.codeWanted(token: "pass")))
    }

    /// Inside the tenant Acme, by a support session.
    mutating func enterAcme(_ mode: AccessMode = .readOnly) throws {
        run(":tenant acme")
        answerAll()
        type("ticket 4711")
        try press("tab", "tab")
        if mode == .readWrite { try press("right") }
        try press("ctrl-s")
        answerAll()
    }

    /// Types a command line and runs it.
    mutating func run(_ command: String) {
        for character in command { send(.keyPressed(KeyEvent(.character(character)))) }
        send(.keyPressed(KeyEvent(.enter)))
    }

    /// Makes the console one that may write.
    mutating func elevate() {
        run(":elevate 10m test of writing")
        answerAll()
        clearToasts()
    }

    /// Sentences that are shown now.
    var toasts: [String] { console.notices.toasts.map(\.text) }

    mutating func clearToasts() { console.notices.toasts = [] }

    var kind: ScreenKind? { console.trail.current?.content.kind }

    func screen<Content>(_: Content.Type = Content.self) throws -> Content {
        try #require(console.trail.current?.content as? Content)
    }

    var frame: Frame {
        var frame = Frame(size: console.size)
        console.draw(into: &frame)
        return frame
    }

    var lines: [String] { FrameText(frame).lines }
}

/// The loads among effects.
func loads(_ effects: [Effect]) -> [ConsoleRequest] {
    effects.compactMap { effect in
        if case .load(_, let request) = effect { return request }
        return nil
    }
}
