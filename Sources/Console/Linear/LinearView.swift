import Domain
import Terminal

// DESIGN: the console as text that only grows.
//
// 1. It is the same state as on the screen, read out: a head that says where one is, a body, what
//    was told meanwhile, and one question. Nothing is drawn over.
// 2. Every line that is typed is the answer to the one question: a field, a confirmation, or what
//    to do on the screen.
// 3. A screen that is a list is read as numbered rows; any other as the lines of its drawing.

/// What there is to read.
package struct LinearView: Sendable, Hashable {
    /// Where one is.
    package var head: [String] = []
    /// What is there.
    package var body: [String] = []
    /// The row that is selected.
    package var selected: String?
    /// What was told: the newest last.
    package var notes: [String] = []
    /// The question.
    package var prompt = "> "
    /// Whether the answer must not be seen.
    package var isSecret = false
    /// Whether an answer of the database is awaited, and for how long; nil when none is.
    package var waiting: String?
    package var isWaiting = false
    /// How many lines were taken.
    package var turn = 0
    /// How often everything was asked for again.
    package var readings = 0
}

extension Console {
    /// The rows read at a time.
    static let linearPage = 20
    private static let linearRows = 60

    package var linearView: LinearView {
        var view = LinearView()
        view.turn = linear.turn
        view.readings = linear.readings
        view.notes = notices.toasts.map { said("\($0.kind.word): \(SafeText($0.text).string)") }
        if let waited = waiting(where: \.isShown) {
            view.isWaiting = true
            if waited >= Self.patience { view.waiting = said("Waiting …") }
        }
        if let gate {
            gate.read(into: &view, said)
            view.translate(said)
        } else if let overlay {
            read(overlay, into: &view)
            view.translate(said)
        } else {
            readScreen(into: &view)
        }
        if let problem = linear.problem { view.prompt = "\(said(problem)) \(view.prompt)" }
        return view
    }

    /// A sentence in the console's language, in the order in which it is read.
    func said(_ text: String) -> String { readingBook?.translate(text) ?? text }

    private var readingBook: Phrasebook? {
        surroundings.settings.tongue.phrasebook == nil ? nil : .arabicRead
    }

    private var linearHead: String {
        var names = ["Ghostworks"]
        if let content = trail.current?.content {
            if let tenant = content.tenant { names.append(SafeText(tenant.name).string) }
            if !content.title.isEmpty { names.append(said(SafeText(content.title).string)) }
        }
        var words = [names.joined(separator: ", ")]
        if let support = standing.support {
            words.append(said("support session in \(SafeText(support.tenantSlug).string)"))
        }
        words.append(said(standing.elevation == nil ? "read-only" : "READ-WRITE"))
        if case .lost = standing.connection { words.append(said("the database does not answer")) }
        return words.joined(separator: "; ") + "."
    }

    private func readScreen(into view: inout LinearView) {
        view.head = [linearHead]
        guard let content = trail.current?.content else { return }
        if let list = content as? any ListScreen {
            list.read(into: &view, said)
        } else {
            view.body = drawnLines(of: content)
        }
        if !content.status.isEmpty { view.body.append(said(SafeText(content.status).string)) }
        if let problem = display.themeProblem { view.body.append(said(problem)) }
        view.prompt = said("What next (help lists it)? ")
    }

    /// The lines of a screen's drawing, without what only separates.
    private func drawnLines(of content: any ConsoleScreen) -> [String] {
        var frame = Frame(size: Size(columns: content.readingWidth, rows: Self.linearRows))
        frame.tongue = Tongue(readingBook, shaping: .plain)
        var context = context
        context.area = frame.bounds
        let drawing = DrawContext(
            styles: .monochrome,
            screen: context,
            waiting: waiting(where: \.isScreen),
            progress: nil,
            isFocused: false,
            moves: false,
            keys: keyNames
        )
        content.draw(into: &frame, in: frame.bounds, drawing)
        return FrameText(frame).lines.map(\.readOut)
            .filter { line in line.contains { $0.isLetter || $0.isNumber } }
    }
}

extension String {
    /// A drawn line without lines, bars and curves, and without the space that they took.
    fileprivate var readOut: String {
        let plain = String(
            map { character -> Character in
                guard let scalar = character.unicodeScalars.first?.value else { return " " }
                let isDrawn =
                    (0x2500...0x259F).contains(scalar) || (0x2800...0x28FF).contains(scalar)
                return isDrawn ? " " : character
            }
        )
        let words = plain.split(separator: "  ").map { String($0).trimmed }.filter { !$0.isEmpty }
        return words.joined(separator: "  ")
    }
}

extension LinearView {
    /// Says everything in another language; what it does not know stays.
    mutating func translate(_ said: (String) -> String) {
        head = head.map(said)
        body = body.map(said)
        prompt = said(prompt)
    }
}

extension TimedToast.Kind {
    /// The kind, read out.
    fileprivate var word: String {
        switch self {
        case .success: "Done"
        case .hint: "Note"
        case .failure: "Failed"
        }
    }
}

extension ListScreen {
    fileprivate func read(into view: inout LinearView, _ said: (String) -> String) {
        let rows = list.table.rows
        if let failure = list.failure { view.body.append(said(SafeText("\(failure)").string)) }
        guard let current = list.table.selectedIndex else {
            if list.failure == nil, list.isLoaded { view.body.append(said("Nothing is listed.")) }
            return
        }
        let first = current / Console.linearPage * Console.linearPage
        for (index, row) in rows.enumerated().dropFirst(first).prefix(Console.linearPage) {
            let words = list.table.arranged.filter { $0 < row.cells.count }
                .map { row.cells[$0].text.string }.filter { !$0.isEmpty }
            view.body.append("\(index + 1). \(words.joined(separator: ", "))")
        }
        if rows.count > first + Console.linearPage || list.table.edges.hasAfter {
            view.body.append(said("There is more: type more."))
        }
        view.selected = reading(of: rows[current], at: current, said)
    }

    /// A row with the names of its columns.
    private func reading(
        of row: TableRow<ItemID>,
        at index: Int,
        _ said: (String) -> String
    ) -> String {
        let shown = list.table.arranged.filter { $0 < row.cells.count }
        let pairs = shown.map { (list.table.columns[$0], row.cells[$0]) }
        let words = pairs.compactMap { column, cell in
            cell.text.isEmpty
                ? nil : "\(said(column.title.string).lowercased()) \(cell.text.string)"
        }
        return said("Selected \(index + 1): \(words.joined(separator: "; ")).")
    }
}

extension SignInScreen {
    fileprivate func read(into view: inout LinearView, _ said: (String) -> String) {
        view.head = ["Ghostworks, sign-in."]
        if let message { view.body.append(SafeText(message).string) }
        if isResuming {
            view.prompt = "Type cancel to sign in anew: "
        } else {
            form.ask(into: &view, said)
        }
    }
}

extension Form {
    /// The question of the field with the focus.
    func ask(into view: inout LinearView, _ said: (String) -> String) {
        if let error { view.body.append("Wrong: \(error.string)") }
        guard let field = focusedField else { return }
        if let error = field.error {
            let parts = ["Wrong:", field.label.string, error.string].map(said)
            view.body.append(parts.joined(separator: " "))
        }
        if !field.hint.isEmpty { view.body.append(field.hint.string) }
        for (index, answer) in field.answers.enumerated() {
            view.body.append("\(index + 1). \(answer.string)")
        }
        let reading = field.reading.string
        view.prompt = field.label.string + (reading.isEmpty ? ": " : " [\(reading)]: ")
        view.isSecret = field.isSecret
    }
}
