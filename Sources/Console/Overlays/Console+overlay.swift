import Domain
import Terminal

extension Console {
    mutating func pressInOverlay(_ key: KeyEvent) -> [Effect] {
        let key = key == KeyMove.wayOut ? KeyEvent(.escape) : key
        if let pending = requests.first(where: { $0 == .overlay }) {
            guard key == KeyEvent(.escape) else { return [] }
            guard !pending.writes else { return abandonWrite() }
            return cancel { $0 == .overlay } + pressInOverlay(key)
        }
        switch overlay {
        case .form(let form): return press(key, in: form)
        case .dialog(let dialog): return press(key, in: dialog)
        case .help(var help):
            overlay = help.press(key, console: self) ? .help(help) : nil
            return []
        case .command(var line):
            return take(line.press(key, palette))
        case .filter(let line): return take(line, key)
        case .find(let line): return press(key, in: line)
        case .themes(let choice): return press(key, in: choice)
        case .columns(let chooser): return press(key, in: chooser)
        case .bulk(let bulk): return press(key, in: bulk)
        case nil: return []
        }
    }

    /// Stops waiting for a write, of which nobody knows then whether it was made.
    private mutating func abandonWrite() -> [Effect] {
        let effects = cancel { $0 == .overlay }
        if overlay?.holdsTyping == true {
            overlay?.show(.stoppedWaiting, requestID: nil)
            return effects
        }
        overlay = nil
        let reload = key("reload")
        toast(
            "Stopped waiting; the change may have been made. \(reload) loads the screen again.",
            .failure
        )
        return effects
    }

    private mutating func press(_ key: KeyEvent, in open: DialogOverlay) -> [Effect] {
        var dialog = open
        guard !dialog.isLeaving else { return answer(key, whetherToLeave: dialog) }
        let outcome = dialog.dialog.handle(key)
        overlay = .dialog(dialog)
        return take(outcome, of: dialog)
    }

    private mutating func answer(_ key: KeyEvent, whetherToLeave open: DialogOverlay) -> [Effect] {
        var dialog = open
        var question = dialog.shown
        switch question.handle(key) {
        case .confirmed:
            overlay = nil
            toast("Discarded; nothing was changed in \(dialog.workTitle).", .hint)
        case .cancelled:
            dialog.isLeaving = false
            overlay = .dialog(dialog)
        case .ignored, .changed: break
        }
        return []
    }

    mutating func take(_ outcome: Form.Outcome, of form: FormOverlay) -> [Effect] {
        switch outcome {
        case .ignored, .changed: return []
        case .cancelled: return leave(form)
        case .submitted: break
        }
        do throws(DomainError) {
            switch try form.order(now: surroundings.now) {
            case .ask(let ask): return order(ask)
            case .confirm(let dialog):
                overlay = .dialog(dialog)
                return []
            case .confirmAll(let bulk):
                overlay = .bulk(bulk)
                return []
            case .export(let path, let format):
                overlay = nil
                return export(to: path, format)
            case .filter(let order): return carryOut(order)
            case .elevate(let minutes, let reason):
                overlay = nil
                return elevate(minutes: minutes, reason: reason)
            }
        } catch {
            overlay?.show(error, requestID: nil)
            return []
        }
    }

    private mutating func take(_ outcome: Dialog.Outcome, of dialog: DialogOverlay) -> [Effect] {
        switch (outcome, dialog.intent) {
        case (.ignored, _), (.changed, _): return []
        case (.cancelled, .artifact(.save)), (.cancelled, .artifact(.editAgain)):
            var leaving = dialog
            leaving.isLeaving = true
            overlay = .dialog(leaving)
            return []
        case (.cancelled, _):
            overlay = dialog.intent.question.form.map { .form($0) }
            return []
        case (.confirmed, .consent(.copyToken(let token))):
            toast("Sent to the terminal's clipboard. Paste it before you close this.", .success)
            return [.copy(token)]
        case (.confirmed, .quit): return [.quit]
        case (.confirmed, .undo(let question)): return carryOut(question)
        case (.confirmed, .key(.copy(let key))): return copyKey(key)
        case (.confirmed, .artifact(.editAgain(let work))):
            overlay = nil
            return edit(work)
        case (.confirmed(let reason), _):
            return dialog.intent.question.ask(reason: reason ?? "").map { order($0) } ?? []
        }
    }

    /// Sends what an overlay asks for, while there is the right to; else it waits for it.
    private mutating func order(_ ask: Ask) -> [Effect] {
        park(before: ask) ? [] : cancelChoices() + send(ask, to: .overlay)
    }

    private mutating func take(_ line: FilterLine, _ key: KeyEvent) -> [Effect] {
        var line = line
        let step = line.press(key)
        overlay = step == .leave ? nil : .filter(line)
        return step == .apply ? apply(filter: line.field.text) : []
    }

    /// Filters the shown screen; what is wrong with the words is said beside them.
    mutating func apply(filter text: String) -> [Effect] {
        guard let visit = trail.current else { return [] }
        var content = visit.content
        do throws(DomainError) {
            let asks = try content.filter(text, context)
            trail.set(content, of: visit.id)
            overlay = nil
            return send(asks, from: visit.id) + remember()
        } catch {
            if case .filter(var line) = overlay {
                line.show(error)
                overlay = .filter(line)
            } else {
                toast(error, .failure)
            }
            return []
        }
    }
}

extension Console {
    mutating func takeInOverlay(
        _ result: Result<ConsoleAnswer, DomainError>,
        id: RequestID
    ) -> [Effect] {
        switch result {
        case .failure(let error):
            if error.code == .versionConflict, case .dialog(let dialog) = overlay,
                case .artifact(.save(let work)) = dialog.intent
            {
                return askForNewest(of: work)
            }
            if error.code == .readOnly, parkAfterRefusal() { return [] }
            if case .dialog(let dialog) = overlay, let form = dialog.intent.question.form {
                overlay = .form(form)
            }
            let name = error.kind == .internal ? requestName(id) : nil
            overlay?.show(error, requestID: name)
            return []
        case .success(let answer):
            let finished = overlay
            overlay = nil
            trail.changeCurrent { $0.expect(answer) }
            switch finished {
            case .form(let form):
                return form.intent.entry.done(answer, FormValues(form.form), in: &self)
            case .dialog(let dialog): return dialog.intent.question.done(answer, in: &self)
            default: return []
            }
        }
    }
}
