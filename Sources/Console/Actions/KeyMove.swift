import Terminal

// DESIGN: keys inside of what takes keys.
//
// 1. Lists, forms, questions and lines have keys of their own. Each of them is a move with a name,
//    which keys.yaml binds like an action. A move has its built-in keys; the first of them is what
//    the widget knows, and every chosen key is turned into it before the widget sees it.
// 2. What a move lost means nothing any more in its place: it is swallowed.
// 3. Where text is typed, a letter is text and cannot be bound.
// 4. `ctrl-c` is no move's key: it leaves what is open whatever the file says, so that nobody is
//    caught by a mistake in their own file.

/// Something that a key does inside a list, a form, a question or a line.
struct KeyMove: Hashable, Sendable {
    /// The name in keys.yaml.
    let id: String
    let place: KeyPlace
    /// The built-in keys; the first is what the widget knows.
    let keys: [String]
    /// One sentence for documents.
    let help: String

    init(_ id: String, _ keys: [String], _ place: KeyPlace, _ help: String) {
        self.id = id
        self.keys = keys
        self.place = place
        self.help = help
    }

    /// The key that leaves what is open, and is nobody else's there.
    static let wayOut = KeyEvent(.character("c"), .control)

    var events: [KeyEvent] { keys.compactMap { try? KeyEvent(parsing: $0) } }

    static func named(_ id: String) -> KeyMove? { all.first { $0.id == id } }
}

/// Where keys have a meaning of their own.
enum KeyPlace: String, CaseIterable, Hashable, Sendable {
    case anywhere
    case list
    case form
    case question
    case result
    case line
    case choice
    case text
    case columns

    /// Whether letters are text there.
    var takesText: Bool {
        switch self {
        case .form, .line, .choice, .text: true
        case .anywhere, .list, .question, .result, .columns: false
        }
    }

    /// The place whose moves work here as well.
    var parent: KeyPlace? {
        switch self {
        case .result: .list
        case .form, .line, .choice: .text
        case .anywhere, .list, .question, .text, .columns: nil
        }
    }

    /// The place in words.
    var words: String {
        switch self {
        case .anywhere: "anywhere"
        case .list: "in lists"
        case .form: "in forms"
        case .question: "in questions"
        case .result: "while several rows are changed"
        case .line: "behind : and /"
        case .choice: "in the list of themes"
        case .text: "where text is typed"
        case .columns: "in the list of columns"
        }
    }
}

extension KeyMove {
    static let all: [KeyMove] =
        [KeyMove("redraw", ["ctrl-l"], .anywhere, "Paint the screen again.")] + lists + forms
        + questions + lines + text + columns

    private static let lists = [
        KeyMove("list-up", ["up", "k"], .list, "The row above."),
        KeyMove("list-down", ["down", "j"], .list, "The row below."),
        KeyMove("list-pageup", ["pageup", "ctrl-b"], .list, "A page back."),
        KeyMove("list-pagedown", ["pagedown", "ctrl-f"], .list, "A page on."),
        KeyMove("list-halfup", ["ctrl-u"], .list, "Half a page back."),
        KeyMove("list-halfdown", ["ctrl-d"], .list, "Half a page on."),
        KeyMove(
            "list-top",
            ["home", "g"],
            .list,
            "The first row, with everything that arrived meanwhile."
        ),
        KeyMove("list-bottom", ["end", "G"], .list, "The last row loaded, and the page after it."),
    ]

    private static let forms = [
        KeyMove("form-next", ["tab"], .form, "The next field."),
        KeyMove("form-previous", ["shift-tab"], .form, "The field before."),
        KeyMove("form-go", ["enter"], .form, "Go on; send from the last field; pick in a list."),
        KeyMove("form-send", ["ctrl-s"], .form, "Send."),
        KeyMove("form-help", ["f1"], .form, "More about the field."),
        KeyMove("form-down", ["down"], .form, "The field below; opens a list."),
        KeyMove("form-up", ["up"], .form, "The field above."),
        KeyMove("form-pageup", ["pageup"], .form, "A page back in an open list."),
        KeyMove("form-pagedown", ["pagedown"], .form, "A page on in an open list."),
        KeyMove("form-listup", ["ctrl-p"], .form, "The one above in an open list."),
        KeyMove("form-listdown", ["ctrl-n"], .form, "The one below in an open list."),
        KeyMove("form-list", ["ctrl-space"], .form, "Open the list of the field, or close it."),
        KeyMove("form-leave", ["esc"], .form, "Close the list, then the form."),
    ]

    private static let questions = [
        KeyMove("question-yes", ["y"], .question, "Yes: do it."),
        KeyMove("question-no", ["n"], .question, "No."),
        KeyMove("question-leave", ["esc"], .question, "Leave it."),
        KeyMove("result-close", ["enter"], .result, "Close the list of results."),
        KeyMove("result-stop", ["esc"], .result, "Stop before the next row; close at the end."),
        KeyMove("result-again", ["t"], .result, "Plan what failed again."),
        KeyMove("result-undo", ["U"], .result, "Plan to take back what was done."),
    ]

    private static let lines = [
        KeyMove("line-run", ["enter"], .line, "Run the line, or take the chosen proposal."),
        KeyMove("line-leave", ["esc"], .line, "Leave the line."),
        KeyMove("line-next", ["tab"], .line, "The next proposal."),
        KeyMove("line-previous", ["shift-tab"], .line, "The proposal before."),
        KeyMove("line-older", ["up"], .line, "What was run before."),
        KeyMove("line-newer", ["down"], .line, "What was run after that."),
        KeyMove("line-search", ["ctrl-r"], .line, "Search what was run before."),
        KeyMove("choice-up", ["up", "ctrl-p"], .choice, "The one above."),
        KeyMove("choice-down", ["down", "ctrl-n"], .choice, "The one below."),
        KeyMove("choice-pageup", ["pageup"], .choice, "Ten above."),
        KeyMove("choice-pagedown", ["pagedown"], .choice, "Ten below."),
        KeyMove("choice-take", ["enter"], .choice, "Take it."),
        KeyMove("choice-leave", ["esc"], .choice, "Go back to the one before."),
    ]

    private static let text = [
        KeyMove("text-left", ["left"], .text, "The character at the left; the choice before."),
        KeyMove("text-right", ["right"], .text, "The character at the right; the next choice."),
        KeyMove("text-back", ["ctrl-b"], .text, "The character before."),
        KeyMove("text-forward", ["ctrl-f"], .text, "The character behind."),
        KeyMove("text-wordback", ["ctrl-left", "alt-left", "alt-b"], .text, "The word before."),
        KeyMove("text-wordforward", ["ctrl-right", "alt-right", "alt-f"], .text, "The next word."),
        KeyMove("text-start", ["home", "ctrl-a"], .text, "The beginning of the line."),
        KeyMove("text-end", ["end", "ctrl-e"], .text, "The end of the line."),
        KeyMove("text-erase", ["backspace"], .text, "Erase the character before."),
        KeyMove("text-delete", ["delete", "ctrl-d"], .text, "Erase the character behind."),
        KeyMove("text-eraseword", ["ctrl-w", "alt-backspace"], .text, "Erase the word before."),
        KeyMove("text-erasestart", ["ctrl-u"], .text, "Erase to the beginning of the line."),
        KeyMove("text-eraseend", ["ctrl-k"], .text, "Erase to the end of the line."),
    ]

    private static let columns = [
        KeyMove("columns-up", ["up", "k"], .columns, "The column above."),
        KeyMove("columns-down", ["down", "j"], .columns, "The column below."),
        KeyMove("columns-toggle", ["space"], .columns, "Show the column, or hide it."),
        KeyMove("columns-earlier", ["K"], .columns, "Put the column before the one above."),
        KeyMove("columns-later", ["J"], .columns, "Put the column behind the one below."),
        KeyMove("columns-all", ["a"], .columns, "Show all, as they come."),
        KeyMove("columns-take", ["enter"], .columns, "Show the list so, now and later."),
        KeyMove("columns-leave", ["esc"], .columns, "Leave the list as it is."),
    ]
}
