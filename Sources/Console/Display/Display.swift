package import Domain
package import Terminal

// DESIGN: what the console knows of the terminal that shows it.
//
// 1. The terminal is asked once, behind the first frame, and while the net line is shown at most
//    once a second and only when a frame goes out anyway: an idle console asks nothing.
// 2. An answer counts while it is fresh. A colour that comes later than `patience` is dropped, so
//    that the screen never changes its look under somebody who has begun to read.
// 3. The cost of a frame is told to the next one: telling it in a frame of its own would never end.

/// The terminal as the console sees it.
struct Display: Hashable, Sendable {
    var isMouseOn = false
    var showsNet = false
    var isRecorded = false
    /// When the colour behind the text was asked for.
    var colorAskedAt: Instant?
    /// When a sign of life was asked for; nil when none is awaited.
    var aliveAskedAt: Instant?
    /// Whether the last sign of life that was asked for did not come.
    var isSilent = false
    var lastAskedAt: Instant?
    var roundTrip: Duration?
    var cost = FrameReport()
    /// What is wrong with a theme's file.
    var themeProblem: String?

    /// How long an answer to the colour counts.
    static let patience = Duration.milliseconds(100)
    /// When an answer is waited for no longer.
    static let lost = Duration.seconds(2)
    /// A way longer than this leaves nothing for animation.
    static let slow = Duration.milliseconds(150)
}

/// What the last frame cost, and how many were never drawn.
package struct FrameReport: Hashable, Sendable {
    package var bytes: Int
    package var writes: Int
    package var dropped: Int

    package init(bytes: Int = 0, writes: Int = 0, dropped: Int = 0) {
        self.bytes = bytes
        self.writes = writes
        self.dropped = dropped
    }
}

/// Something that the terminal, or what belongs to it, told.
package enum DisplayEvent: Sendable, Hashable {
    case report(TerminalReport)
    case mouse(MouseEvent)
    case presented(FrameReport)
    /// The themes that there are now, and what is wrong with the files of others.
    case themes([ConsoleTheme], problem: String?)
    /// The recording ended before the console did.
    case recordingFailed(String)
    /// A line was typed, where the console is read line by line.
    case typed(String)
}

/// What is wanted of the terminal beside frames.
package enum DisplayWish: Sendable, Hashable {
    case ask(color: Bool)
    case mouse(Bool)
}

extension Console {
    /// Whether anything may move on the screen.
    var animates: Bool {
        surroundings.settings.moves && (display.roundTrip ?? .zero) <= Display.slow
    }

    mutating func take(_ event: DisplayEvent) -> [Effect] {
        switch event {
        case .report(let report): take(report)
        case .mouse(let mouse): return take(mouse)
        case .presented(let report): display.cost = report
        case .themes(let themes, let problem): take(themes, problem: problem)
        case .recordingFailed(let reason):
            display.isRecorded = false
            toast("The recording ended: \(reason)", .failure)
        case .typed(let line): return take(line: line)
        }
        return []
    }

    private mutating func take(_ report: TerminalReport) {
        let now = surroundings.now
        switch report {
        case .habits: break
        case .alive:
            guard let asked = display.aliveAskedAt else { return }
            display.aliveAskedAt = nil
            display.isSilent = false
            display.roundTrip = asked.duration(to: now)
        case .background(let color):
            guard let asked = display.colorAskedAt else { return }
            display.colorAskedAt = nil
            let isFresh = asked.duration(to: now) <= Display.patience
            guard isFresh, !surroundings.isThemeChosen, color.isLight == true else { return }
            wear(Self.lightTheme)
        }
    }

    /// The theme for a light terminal when nobody chose one.
    static let lightTheme = "paper"

    /// Asks the terminal once, when the console starts on one.
    mutating func askAtStart() -> [Effect] {
        guard surroundings.settings.asksTerminal else { return [] }
        return ask(color: !surroundings.isThemeChosen)
    }

    /// Asks again for the net line, if it is time.
    mutating func measure() -> [Effect] {
        guard display.showsNet, surroundings.settings.asksTerminal else { return [] }
        let now = surroundings.now
        if let last = display.lastAskedAt, last.duration(to: now) < .seconds(1) { return [] }
        return ask(color: false)
    }

    private mutating func ask(color: Bool) -> [Effect] {
        let now = surroundings.now
        if color { display.colorAskedAt = now }
        // An answer that has not come by now is lost, and the next one is not its.
        let awaited = display.aliveAskedAt.flatMap {
            $0.duration(to: now) < Display.lost ? $0 : nil
        }
        if awaited == nil, display.aliveAskedAt != nil { display.isSilent = true }
        display.aliveAskedAt = awaited ?? now
        display.lastAskedAt = now
        return [.display(.ask(color: color))]
    }
}

extension Console {
    /// Who is signed in; nil for nobody.
    package var person: Caller? { caller }

    mutating func toggleMouse() -> [Effect] {
        display.isMouseOn.toggle()
        toast(
            display.isMouseOn
                ? "The mouse is on: click selects, the wheel scrolls; \(key("mouse")) turns it off."
                : "The mouse is the terminal's again.",
            .hint
        )
        return [.display(.mouse(display.isMouseOn))]
    }

    mutating func toggleNet() -> [Effect] {
        display.showsNet.toggle()
        return display.showsNet ? measure() : []
    }

    /// A click selects a row of the list; the wheel is three steps of the arrows.
    private mutating func take(_ mouse: MouseEvent) -> [Effect] {
        guard display.isMouseOn, gate == nil, !notices.isEditing else { return [] }
        switch mouse.kind {
        case .wheelUp: return obey(KeyEvent(.up), times: 3)
        case .wheelDown: return obey(KeyEvent(.down), times: 3)
        case .press:
            guard overlay == nil, let list = trail.current?.content as? any ListScreen,
                let steps = list.steps(to: placed(mouse.place), in: context.area)
            else { return [] }
            return obey(KeyEvent(steps < 0 ? .up : .down), times: abs(steps))
        }
    }

    /// Where a point of the terminal is for who draws: from the right where that is read first.
    private func placed(_ point: Point) -> Point {
        guard surroundings.settings.tongue.direction == .rightToLeft else { return point }
        return Point(x: size.columns - 1 - point.x, y: point.y)
    }

    /// Moves several times, as an operator would.
    mutating func obey(_ key: KeyEvent, times: Int) -> [Effect] {
        var effects: [Effect] = []
        for _ in 0..<times { effects += obey(key) }
        return effects
    }
}

extension ListScreen {
    /// How far the selection is from the row at a point; nil when there is none.
    fileprivate func steps(to point: Point, in area: Rect) -> Int? {
        let rect = listArea(in: area)
        guard rect.contains(point), point.y > rect.y,
            let target = list.table.index(at: point.y - rect.y - 1, height: rect.height - 1),
            let current = list.table.selectedIndex
        else { return nil }
        return target - current
    }
}
