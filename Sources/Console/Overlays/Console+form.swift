import Domain
import Terminal

// What a form does beside being sent: it says what is wrong while it is filled in, asks for what
// can be picked, explains its fields, and does not lose what was typed.

extension Console {
    mutating func press(_ key: KeyEvent, in form: FormOverlay) -> [Effect] {
        var form = form
        if form.aside == .leaving { return answer(key, whetherToLeave: form) }
        if key == KeyEvent(.function(1)) {
            form.aside = form.aside == .help ? .nothing : .help
            overlay = .form(form)
            return []
        }
        let before = form
        let outcome = form.form.handle(key)
        if form.form.values != before.form.values {
            form.followFormat()
            form.followScope()
            form.check(now: surroundings.now)
        }
        overlay = .form(form)
        if outcome == .changed { return askForChoices(of: form, unless: before) }
        return take(outcome, of: form)
    }

    /// Asks whether to throw away what was typed; a form that nobody changed closes at once.
    mutating func leave(_ form: FormOverlay) -> [Effect] {
        guard form.form.isEdited else { return discard() }
        var form = form
        form.aside = .leaving
        overlay = .form(form)
        return []
    }

    private mutating func answer(_ key: KeyEvent, whetherToLeave form: FormOverlay) -> [Effect] {
        switch key {
        case KeyEvent(.character("y")): return discard()
        case KeyEvent(.character("n")), KeyEvent(.escape), KeyEvent(.enter):
            var form = form
            form.aside = .nothing
            overlay = .form(form)
        default: break
        }
        return []
    }

    mutating func discard() -> [Effect] {
        let effects = cancelChoices()
        overlay = nil
        giveUpParked()
        return effects
    }

    /// Checks what was pasted, and searches for it where there is something to pick.
    mutating func takePasted() -> [Effect] {
        guard case .form(var form) = overlay else { return [] }
        form.check(now: surroundings.now)
        overlay = .form(form)
        return askForChoices(of: form)
    }
}

extension Console {
    mutating func cancelChoices() -> [Effect] {
        cancel { route in
            if case .field = route { true } else { false }
        }
    }

    /// Asks for what can be picked in the field with the focus, when its list opened or something
    /// else is searched for there.
    mutating func askForChoices(
        of form: FormOverlay,
        unless before: FormOverlay? = nil
    ) -> [Effect] {
        guard let field = form.form.focusedField, case .pick(let list) = field.content,
            let query = list.query, let source = form.intent.entry.source(of: field.id)
        else { return [] }
        if case .pick(let old)? = before?.form.focusedField?.content, let last = old.query {
            // The list knows everything, or the same was asked for already.
            if list.isWhole && !list.choices.isEmpty || last.text == query.text { return [] }
        }
        guard let ask = source.ask(matching: query.text) else { return [] }
        let route = Route.field(field.id)
        return cancel { $0 == route } + send(ask, to: route)
    }

    /// Shows what can be picked; a failure leaves the list as it is and says so.
    mutating func takeChoices(_ result: Result<ConsoleAnswer, DomainError>, of field: String) {
        guard case .form(var form) = overlay else { return }
        switch result {
        case .success(let answer):
            guard let source = form.intent.entry.source(of: field),
                let found = source.choices(in: answer)
            else { return }
            let isSearch = isSearching(field, in: form)
            form.form.offer(found.choices, isWhole: found.isWhole && !isSearch, to: field)
            overlay = .form(form)
        case .failure(let error): toast(error, .failure)
        }
    }

    private func isSearching(_ id: String, in form: FormOverlay) -> Bool {
        guard let field = form.form.focusedField, field.id == id,
            case .pick(let list) = field.content
        else { return false }
        return list.query?.text.isEmpty == false
    }
}
