import Domain
import Terminal

/// A screen around one list.
protocol ListScreen: ConsoleScreen {
    associatedtype Item: Hashable & Sendable
    associatedtype ItemID: Hashable & Sendable

    var list: Listing<Item, ItemID> { get set }

    /// What asks for a page of the list.
    func ask(_ page: PageRequest) -> Ask?
    /// What asks for a page of the list for a program that may keep it.
    func takingAsk(_ page: PageRequest) -> Ask?
    func page(in answer: ConsoleAnswer) -> Page<Item>?
    func row(_ item: Item, _ context: ScreenContext) -> TableRow<ItemID>
    /// The row of a value that was just made; nil for anything else.
    func made(in answer: ConsoleAnswer) -> ItemID?
    /// What a file of the list says of a value.
    func record(_ item: Item, _ context: ScreenContext) -> [ExportField]
    /// Whether the selected value is told in a pane beside the list.
    static var hasPane: Bool { get }
    /// Where the list stands in the screen's space.
    func listArea(in area: Rect) -> Rect
}

/// A screen that is a list and nothing else.
protocol PlainListScreen: ListScreen {
    /// What stands in the place of rows while there are none.
    var emptyText: String { get }
}

extension PlainListScreen {
    func draw(into frame: inout Frame, in rect: Rect, _ context: DrawContext) {
        drawList(into: &frame, in: rect, context, emptyText: emptyText)
    }
}

extension ListScreen {
    static var hasPane: Bool { false }

    func listArea(in area: Rect) -> Rect { area }

    var position: String { list.position }

    func takingAsk(_ page: PageRequest) -> Ask? { ask(page) }

    func made(in answer: ConsoleAnswer) -> ItemID? { nil }

    mutating func expect(_ answer: ConsoleAnswer) {
        if let id = made(in: answer) { list.expect(id) }
    }

    var wake: Instant? { [list.pulseUntil, list.pane.due].compactMap(\.self).min() }

    /// The pane is not drawn yet.
    var asksSoon: Bool { list.pane.due != nil }

    func asks(isRefresh: Bool, _ context: ScreenContext) -> [SlotAsk] {
        listAsk(isRefresh ? .refresh : .first)
    }

    func listAsk(_ place: ListPlace) -> [SlotAsk] {
        list.request(place).flatMap(ask).map { [SlotAsk(.list(place), $0)] } ?? []
    }

    mutating func take(
        _ answer: ConsoleAnswer,
        for slot: Slot,
        _ context: ScreenContext
    ) -> [SlotAsk] {
        takePage(answer, for: slot, context)
        return []
    }

    /// Takes a page of the list out of an answer, when there is one in it.
    mutating func takePage(_ answer: ConsoleAnswer, for slot: Slot, _ context: ScreenContext) {
        guard case .list(let place) = slot, let page = page(in: answer) else { return }
        let screen = self
        list.pulses = context.moves
        list.take(page, at: place, now: context.now) { screen.row($0, context) }
    }

    mutating func fail(_ error: DomainError, for slot: Slot) { list.fail(error) }

    mutating func press(_ key: KeyEvent, _ context: ScreenContext) -> [SlotAsk]? {
        let visible = Table<ItemID>.visibleRows(in: listArea(in: context.area))
        let before = list.table.selection
        let step = list.press(key, visible: visible)
        if Self.hasPane, step != .ignored { list.holdPane(at: before, now: context.now) }
        switch step {
        case .ignored: return nil
        case .moved: return []
        case .wants(let place): return listAsk(place)
        }
    }

    mutating func renderAgain(_ context: ScreenContext) {
        let screen = self
        list.renderAgain { screen.row($0, context) }
    }

    mutating func settle(_ context: ScreenContext) -> [SlotAsk] {
        list.settle(context.now)
        return []
    }

    /// Draws the list, or why there is none.
    func drawList(
        into frame: inout Frame,
        in rect: Rect,
        _ context: DrawContext,
        emptyText: String
    ) {
        var table = list.table
        table.notice.emptyText = ""
        table.isNumbered = true
        if !context.moves { table.notice.pulsing = [] }
        table.draw(into: &frame, in: rect, styles: context.styles, isFocused: context.isFocused)
        guard table.rows.isEmpty else { return }
        let body = Rect(
            x: rect.x + 1,
            y: rect.y + 2,
            width: rect.width - 2,
            height: rect.height - 2
        )
        context.drawInstead(
            into: &frame,
            in: body,
            failure: list.failure,
            isLoaded: list.isLoaded,
            emptyText: emptyText
        )
    }
}

extension DrawContext {
    /// Draws what stands in the place of data: an error with its hint, a wait, or emptiness.
    func drawInstead(
        into frame: inout Frame,
        in rect: Rect,
        failure: DomainError?,
        isLoaded: Bool,
        emptyText: String
    ) {
        var lines: [(SafeText, Terminal.Role)] = []
        if let failure {
            lines += frame.say(SafeText(failure.message)).wrapped(to: rect.width).map {
                ($0, .error)
            }
            // What is forbidden is not allowed by asking again.
            let way =
                failure.kind == .forbidden
                ? "\(key("back")) goes back." : "\(key("reload")) tries again."
            let hint = failure.hint ?? way
            lines += frame.say(SafeText(hint)).wrapped(to: rect.width).map { ($0, .muted) }
        } else if !isLoaded {
            let words =
                waiting.flatMap { $0 >= Console.patience ? Format.elapsed($0) : nil } ?? ""
            lines.append(
                (frame.say(words.isEmpty ? "Loading …" : SafeText("Loading … \(words)")), .muted)
            )
        } else {
            lines += emptyText.split(separator: "\n").flatMap {
                frame.say(SafeText($0)).wrapped(to: rect.width).map { ($0, .muted) }
            }
        }
        for (row, line) in lines.prefix(rect.height).enumerated() {
            frame.write(line.0, in: rect.row(row), style: styles[line.1])
        }
    }

    /// Draws a line of a label and a value.
    func drawPair(
        _ label: SafeText,
        _ value: SafeText,
        into frame: inout Frame,
        in rect: Rect,
        labelWidth: Int = 10,
        role: Terminal.Role = .text
    ) {
        guard !rect.isEmpty else { return }
        frame.write(
            frame.say(label).truncated(to: labelWidth),
            x: rect.x,
            y: rect.y,
            style: styles[.muted],
            clip: rect
        )
        let place = Rect(
            x: rect.x + labelWidth,
            y: rect.y,
            width: rect.width - labelWidth,
            height: 1
        )
        frame.write(
            frame.phrase(value).truncated(to: place.width),
            startingIn: place,
            style: styles[role]
        )
    }
}

/// What a key did to a list.
enum ListStep: Hashable, Sendable {
    case ignored
    case moved
    /// A page is needed.
    case wants(ListPlace)
}
