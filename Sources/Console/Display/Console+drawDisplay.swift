import Domain
import Terminal

extension Console {
    /// The net line, over the rule above the footer; on a low screen over the status.
    func drawNet(into frame: inout Frame, _ chrome: Chrome) {
        guard display.showsNet else { return }
        let line = chrome.bottomLine.isEmpty ? chrome.status : chrome.bottomLine
        let style = surroundings.styles[.muted]
        frame.fill(line, style: style)
        frame.write(SafeText(netText).truncated(to: line.width), in: line, style: style)
    }

    /// The net line's words.
    var netText: String {
        let cost = display.cost
        let frames =
            "last frame \(Format.plural(cost.bytes, "byte")) in "
            + "\(Format.plural(cost.writes, "write")) · "
            + "\(Format.plural(cost.dropped, "frame")) dropped"
        return "net · \(roundTripText) · \(frames)\(animates ? "" : " · no animation")"
    }

    private var roundTripText: String {
        if let trip = display.roundTrip { return "round trip \(Format.elapsed(trip))" }
        guard !display.isSilent, let asked = display.aliveAskedAt,
            asked.duration(to: surroundings.now) < Display.lost
        else { return "round trip unknown: the terminal does not answer" }
        return "round trip …"
    }

    /// The console without anything that must not be kept: what is typed in secret, and what is
    /// shown once; nil when there is no such thing.
    package var masked: Console? {
        var copy = self
        copy.gate?.mask()
        switch overlay {
        case .form(var form):
            form.form.mask()
            copy.overlay = .form(form)
        case .dialog(var dialog):
            if dialog.dialog.closing != nil { dialog.dialog.lines = [Self.mask] }
            copy.overlay = .dialog(dialog)
        default: break
        }
        return copy.overlay == overlay && copy.gate == gate ? nil : copy
    }

    static let mask: SafeText = "(shown once, and not kept in the recording)"
}

extension Form {
    /// Words in the names of fields whose values are nobody else's business.
    private static let secrets = ["password", "secret", "token", "code", "key"]

    /// Empties what must not be kept.
    mutating func mask() {
        for index in fields.indices {
            guard case .text(var field) = fields[index].content, !field.text.isEmpty else {
                continue
            }
            let name = fields[index].id.lowercased()
            guard field.options.isSecret || Self.secrets.contains(where: name.contains) else {
                continue
            }
            field.text = ""
            fields[index].content = .text(field)
        }
    }
}
