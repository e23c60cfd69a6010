import Domain
import Terminal

extension Console {
    typealias Piece = (text: SafeText, role: Terminal.Role)

    /// Where the operator is at the left; who, how and whether connected at the right.
    func drawHeader(into frame: inout Frame, _ chrome: Chrome) {
        let styles = surroundings.styles
        let field = styles[standing.elevation == nil ? .text : .readWrite]
        var pieces = standingPieces.map { (text: frame.phrase($0.text), role: $0.role) }
        // The person folds first, then the role: mode and connection matter most.
        while pieces.count > (display.isRecorded ? 3 : 2),
            width(of: pieces) > chrome.header.width * 2 / 3
        {
            pieces.removeFirst()
        }
        // Where one is matters more than who one is.
        var people = min(whoCount, pieces.count - (display.isRecorded ? 3 : 2))
        let names = trailNames(frame)
        let trail = names.dropFirst(names.count > 1 ? 1 : 0).reduce(0) { $0 + $1.width + 3 }
        while people > 0, width(of: pieces) + trail > chrome.header.width {
            pieces.removeFirst()
            people -= 1
        }
        let right = min(width(of: pieces), chrome.header.width)
        drawTrail(into: &frame, chrome, width: chrome.header.width - right - 2, field: field)
        var x = chrome.header.maxX - right
        for (index, piece) in pieces.enumerated() {
            if index > 0 {
                x += frame.write(
                    " · ",
                    x: x,
                    y: chrome.header.y,
                    style: styles[.muted].over(field),
                    clip: chrome.header
                )
            }
            x += frame.write(
                piece.text,
                x: x,
                y: chrome.header.y,
                style: standing.elevation == nil ? styles[piece.role] : field,
                clip: chrome.header
            )
        }
    }

    private func width(of pieces: [Piece]) -> Int {
        pieces.reduce(3 * max(0, pieces.count - 1)) { $0 + $1.text.width }
    }

    /// How many of the pieces tell who sits here; they come first.
    private var whoCount: Int { standing.identity == nil ? 0 : roleName == nil ? 1 : 2 }

    private var standingPieces: [Piece] {
        var pieces: [Piece] = []
        if let identity = standing.identity {
            pieces.append((SafeText(identity.email, limit: 40), .muted))
            if let role = roleName { pieces.append((SafeText(role), .muted)) }
        }
        if let support = standing.support {
            let left = surroundings.now.duration(to: support.expiresAt)
            let mode = support.mode == .readOnly ? "ro" : "rw"
            // On a screen of the tenant the trail names it.
            let isThere = trail.current?.content.tenant?.id == support.tenant
            let elsewhere = isThere ? "" : "\(support.tenantSlug) "
            pieces.append(
                (
                    SafeText("support \(elsewhere)\(mode) \(Format.countdown(left))"),
                    left <= Self.warning ? .warning : .accent
                )
            )
        }
        if let elevation = standing.elevation {
            let left = surroundings.now.duration(to: elevation.until)
            pieces.append((SafeText("READ-WRITE \(Format.countdown(left))"), .readWrite))
        } else {
            pieces.append(("READ-ONLY", .muted))
        }
        switch standing.connection {
        case .live where isPaused:
            pieces.append((feed.isDue ? "○ paused, changes wait" : "○ paused", .warning))
        case .live: pieces.append(("● live", .good))
        case .lost: pieces.append(("○ reconnecting", .error))
        }
        if display.isRecorded { pieces.append(("● REC", .error)) }
        return pieces
    }

    private var roleName: String? {
        if let tenant = trail.current?.content.tenant, let role = tenant.membership {
            return role.name
        }
        return standing.identity?.platformRole?.rawValue
    }

    /// From the console to this screen.
    private func trailNames(_ frame: Frame) -> [SafeText] {
        var names: [SafeText] = ["Ghostworks"]
        guard let content = trail.current?.content else { return names }
        if let tenant = content.tenant { names.append(SafeText(tenant.name, limit: 60)) }
        if !content.title.isEmpty {
            names.append(frame.say(SafeText(content.title, limit: 60)))
        }
        return names
    }

    private func drawTrail(
        into frame: inout Frame,
        _ chrome: Chrome,
        width: Int,
        field: Style
    ) {
        let styles = surroundings.styles
        var names = trailNames(frame)
        func total() -> Int { names.reduce(3 * (names.count - 1)) { $0 + $1.width } }
        if names.count > 1, total() > width { names.removeFirst() }
        if names.count > 1, total() > width {
            let room = width - 3 - (names.last?.width ?? 0)
            names[0] = names[0].truncated(to: max(4, room))
        }
        let area = Rect(x: chrome.header.x, y: chrome.header.y, width: max(0, width), height: 1)
        var x = area.x
        for (index, name) in names.enumerated() {
            if index > 0 {
                x += frame.write(
                    " ▸ ",
                    x: x,
                    y: area.y,
                    style: styles[.muted].over(field),
                    clip: area
                )
            }
            let isLast = index == names.count - 1
            let style = styles[isLast ? .breadcrumb : .text]
            x += frame.write(
                name.truncated(to: max(0, area.maxX - x)),
                x: x,
                y: area.y,
                style: standing.elevation == nil ? style : field,
                clip: area
            )
        }
    }
}
