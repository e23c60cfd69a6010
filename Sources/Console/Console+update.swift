package import Domain
import Terminal

extension Console {
    /// Takes an event into the state and returns what is wanted from the world.
    package mutating func update(_ event: ConsoleEvent, at now: Instant) -> [Effect] {
        surroundings.now = now
        let effects = settle()
        let reaction = react(to: event) + openWaitingPager()
        if case .display = event { return effects + reaction }
        return effects + reaction + measure()
    }

    private mutating func react(to event: ConsoleEvent) -> [Effect] {
        switch event {
        case .started: return start() + askAtStart()
        case .keyPressed(let key): return press(key)
        case .pasted(let text): return paste(text)
        case .resized(let size):
            surroundings.size = size
            return settleScreen()
        case .woke: return []
        case .answered(let id, let result): return take(result, of: id)
        case .progressed(let id, let headway):
            requests.progress(id, headway)
            return []
        case .edited(let result): return takeEdited(result)
        case .fed(let watch): return heard(watch)
        case .connectionLost: return lostConnection()
        case .connectionRestored: return reconnected()
        case .resumed: return [.redraw]
        case .terminated: return end()
        case .display(let event): return take(event)
        case .stalled(let duration):
            notices.stalls += 1
            notices.longestStall = max(notices.longestStall, duration)
            return []
        }
    }

    mutating func press(_ key: KeyEvent) -> [Effect] {
        guard !notices.isEditing else { return [] }
        let meant = meant(key)
        if meant == KeyEvent(.character("l"), .control) { return [.redraw] }
        if gate != nil || overlay != nil { return meant.map { obey($0) } ?? [] }
        guard let visit = trail.current else { return [] }
        switch meaning(of: key, on: visit.content.kind) {
        case .action(let id): return Actions.action(named: id).map { perform($0) } ?? []
        case .beginning: return []
        case .nothing: return meant.map { obey($0, pressedAs: key) } ?? []
        }
    }

    /// Does what a key does to what takes keys now, whatever is bound to it and was pressed for it.
    mutating func obey(_ key: KeyEvent, pressedAs pressed: KeyEvent? = nil) -> [Effect] {
        guard !notices.isEditing else { return [] }
        if gate != nil { return pressInGate(key) }
        if overlay != nil { return pressInOverlay(key) }
        guard let visit = trail.current else { return [] }
        let context = context
        var content = visit.content
        guard let asks = content.press(key, context) else {
            let pressed = pressed ?? key
            if case .character = pressed.key {
                toast("\(pressed) means nothing here. \(self.key("help")) shows the keys.", .hint)
            }
            return []
        }
        trail.set(content, of: visit.id)
        return send(asks, from: visit.id)
    }

    /// What a key means after those before it; a chord that nobody has is given up.
    private mutating func meaning(of key: KeyEvent, on kind: ScreenKind) -> Keymap.Meaning {
        let before = surroundings.presses
        let presses = before + [key]
        surroundings.presses = []
        let meaning = surroundings.settings.keymap.meaning(of: presses, on: kind)
        if meaning == .beginning { surroundings.presses = presses }
        guard meaning == .nothing, !before.isEmpty else { return meaning }
        if key != KeyEvent(.escape) {
            let chord = presses.map(\.description).joined(separator: " ")
            toast("\(chord) means nothing here.", .hint)
        }
        return .beginning
    }

    /// Runs an action, or says why it cannot be run.
    mutating func perform(_ action: Action) -> [Effect] {
        if let reason = action.refusal(in: self) {
            toast(reason, .hint)
            return []
        }
        return performOnMarks(action) ?? action.run(&self)
    }

    /// Pasted text is data: it goes into a field, and nowhere else.
    private mutating func paste(_ text: String) -> [Effect] {
        let isTaken: Bool
        if gate != nil {
            isTaken = gate?.paste(text) ?? false
        } else {
            let palette = palette
            isTaken = overlay?.paste(text, palette) ?? false
        }
        guard isTaken else {
            let hasForm = if case .form = overlay { true } else { false }
            toast(
                hasForm
                    ? "Pasted text was ignored: this field takes none."
                    : "Pasted text was ignored: no field has the focus.",
                .hint
            )
            return []
        }
        return takePasted()
    }
}

extension Console {
    /// What screens may know of the console.
    var context: ScreenContext {
        let tenant = trail.current?.content.tenant
        return ScreenContext(
            now: surroundings.now,
            zone: surroundings.zone,
            area: Chrome(size: size).content,
            people: tenant.map { standing.people[$0.id] ?? [:] } ?? standing.operators,
            artifacts: tenant.flatMap { standing.artifacts[$0.id] } ?? [:],
            keys: tenant.flatMap { standing.keys[$0.id] } ?? [:],
            maySee: tenant.map(maySee) ?? false,
            mayFindPeople: standing.identity?.platformRole?.grants(.platformUsersManage) ?? false,
            viewer: standing.identity?.user,
            session: standing.identity?.session,
            moves: animates
        )
    }

    mutating func toast(_ text: String, _ kind: TimedToast.Kind) {
        let life: Duration = kind == .failure ? .seconds(12) : .seconds(6)
        // Why a key did nothing is of use until the next one did nothing.
        notices.toasts.removeAll { $0.text == text || kind == .hint && $0.kind == .hint }
        notices.toasts.append(
            TimedToast(text: text, kind: kind, until: surroundings.now.advanced(by: life))
        )
        if notices.toasts.count > 3 { notices.toasts.removeFirst() }
    }

    /// Tells an error as its sentence and hint; an internal one with the request's name.
    mutating func toast(_ error: DomainError, _ kind: TimedToast.Kind, requestID: RequestID? = nil)
    {
        toast(sentence(error, requestID: requestID), kind)
    }

    func sentence(_ error: DomainError, requestID: RequestID?) -> String {
        guard error.kind == .internal, let requestID else { return error.description }
        return "\(error.description) (\(requestName(requestID)))"
    }
}
