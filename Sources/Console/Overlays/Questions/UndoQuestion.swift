import Domain
import Terminal

/// What is asked before the last change is taken back.
struct UndoQuestion: Question {
    let undo: Undo
    let ask: Ask

    var tenant: TenantRef? {
        if case .tenant(_, let tenant) = ask { tenant } else { nil }
    }

    /// The right to send it may have to be asked for first.
    var holdsWork: Bool { true }

    func ask(reason _: String) -> Ask? { ask }
    func done(_: ConsoleAnswer, in _: inout Console) -> [Effect] { [] }
}

extension DialogOverlay {
    static func takeBack(_ undo: Undo, _ ask: Ask) -> DialogOverlay {
        DialogOverlay(
            dialog: Dialog(
                title: "Take it back",
                lines: [
                    SafeText("Takes back 1 change: \(undo.label).", limit: 200),
                    "Both are on record. Undone by: making the change again.",
                ],
                verb: "Take back"
            ),
            intent: .undo(UndoQuestion(undo: undo, ask: ask))
        )
    }
}
