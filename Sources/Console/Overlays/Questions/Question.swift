import Domain

/// What a dialog is about: what confirming asks for, what follows, and what takes it back.
protocol Question: Hashable, Sendable {
    /// The tenant whose own data confirming changes.
    ///
    /// It takes a right to be in there. Nil for what operators do to a tenant from outside.
    var tenant: TenantRef? { get }
    /// Whether something was typed for it before, in a form or in the editor.
    var holdsWork: Bool { get }

    /// The form that it followed, to which backing out leads again; nil where there was none.
    var form: FormOverlay? { get }

    /// What confirming asks for; nil for what needs no request.
    func ask(reason: String) -> Ask?
    /// What takes it back once this was answered; nil where nothing does.
    func takeBack(after answer: ConsoleAnswer) -> TakeBack?
    /// What follows when it was confirmed and carried out.
    func done(_ answer: ConsoleAnswer, in console: inout Console) -> [Effect]
}

extension Question {
    var holdsWork: Bool { false }
    var form: FormOverlay? { nil }
    func takeBack(after _: ConsoleAnswer) -> TakeBack? { nil }
}

/// A request that takes a change back, and what it does in words.
struct TakeBack: Hashable, Sendable {
    var label: String
    var ask: Ask

    init(_ label: String, _ ask: Ask) {
        self.label = label
        self.ask = ask
    }
}

extension DialogOverlay.Intent {
    /// The same as the question of its area.
    var question: any Question {
        switch self {
        case .tenant(let question): question
        case .member(let question): question
        case .artifact(let question): question
        case .key(let question): question
        case .invitation(let question): question
        case .role(let question): question
        case .session(let question): question
        case .person(let question): question
        case .consent(let question): question
        case .ai(let question): question
        case .job(let question): question
        case .privacy(let question): question
        case .undo(let question): question
        case .quit: QuitQuestion()
        }
    }
}

/// Whether to leave the console while a change is on its way.
struct QuitQuestion: Question {
    var tenant: TenantRef? { nil }
    func ask(reason _: String) -> Ask? { nil }
    func done(_: ConsoleAnswer, in _: inout Console) -> [Effect] { [] }
}

extension Console {
    /// Says what was done, and offers to take it back where that is possible.
    mutating func tell(_ sentence: String, _ takeBack: TakeBack?, in tenant: TenantRef?) {
        guard let takeBack else { return toast(sentence, .success) }
        offerUndo(takeBack.label, takeBack.ask, in: tenant, after: sentence)
    }
}
