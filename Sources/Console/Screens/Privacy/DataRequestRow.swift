import Domain
import Terminal

/// How a request about somebody's data looks in a list, and what is to be done with it.
enum DataRequestRow {
    // On a narrow screen who asked folds first, then the day by which it must be done.
    static let columns = [
        TableColumn(id: "kind", title: "KIND", span: .fixed(7)),
        TableColumn(id: "state", title: "STATE", span: .fixed(15)),
        TableColumn(id: "about", title: "ABOUT", span: .flexible(minimum: 12, weight: 2)),
        TableColumn(id: "by", title: "ASKED BY", span: .flexible(minimum: 10), foldOrder: 2),
        TableColumn(id: "at", title: "ASKED", span: .fixed(16)),
        TableColumn(id: "due", title: "DUE", span: .fixed(10), foldOrder: 1),
    ]

    static func row(_ request: DataRequest, _ context: ScreenContext) -> TableRow<DataRequestID> {
        TableRow(
            id: request.id,
            cells: [
                .text(SafeText(request.kind.word)),
                .text(SafeText(state(request)), request.status.role),
                .text(SafeText(name(request.subject, context), limit: 200)),
                .text(SafeText(name(request.requestedBy, context), limit: 200), .muted),
                .text(SafeText(context.zone.minute(request.createdAt)), .muted),
                .text(SafeText(context.zone.day(request.dueAt)), .muted),
            ]
        )
    }

    private static func name(_ user: UserID, _ context: ScreenContext) -> String {
        user == context.viewer ? "you" : context.name(of: user)
    }

    private static func state(_ request: DataRequest) -> String {
        switch request.status {
        case .running where request.progress.total > 0:
            "running \(request.progress.done) of \(request.progress.total)"
        case .done where request.kind == .export: request.file == nil ? "gone" : "ready"
        default: request.status.rawValue
        }
    }

    /// What the operator can do with the selected request.
    ///
    /// - Parameters:
    ///   - request: the selected one.
    ///   - path: where HTTP has its file, and for whom.
    ///   - context: the zone of the times.
    /// - Returns: Three lines at most.
    static func advice(
        _ request: DataRequest,
        path: (String, reader: String),
        _ context: ScreenContext
    ) -> [SafeText] {
        switch (request.status, request.file) {
        case (.pending, _):
            return [
                "Waits for an owner: a carries it out.",
                SafeText("It must be done by \(context.zone.minute(request.dueAt))."),
            ]
        case (.queued, _), (.running, _):
            return ["A worker makes it (ghostworks work, or up); r looks again."]
        case (.done, let file?):
            let hash = file.sha256.prefix(8).map { byte in
                String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
            }
            return [
                SafeText(
                    "w saves \(Format.bytes(file.bytes)) where this console was started. "
                        + "Kept until \(context.zone.minute(file.expiresAt))."
                ),
                SafeText("GET \(path.0)"),
                SafeText("has it over HTTP for \(path.reader). SHA-256 \(hash.joined())…"),
            ]
        case (.done, nil) where request.kind == .erase: return ["Carried out; the trail says so."]
        case (.cancelled, _): return ["An operator cancelled it: ask for another one."]
        case (.done, nil), (.expired, _): return ["Its file is gone: ask for another one."]
        case (.failed, _): return ["It could not be made: ask for another one."]
        }
    }

    static let adviceRows = 3
}

extension DataRequest {
    /// Whether there is a file to fetch.
    var isReady: Bool { status == .done && file != nil }
}

extension DataRequest.Kind {
    var word: String { self == .export ? "copy" : "erasure" }
}

extension DataRequest.Status {
    fileprivate var role: Terminal.Role {
        switch self {
        case .pending: .warning
        case .queued, .running: .accent
        case .done: .good
        case .failed: .error
        case .expired, .cancelled: .muted
        }
    }
}

extension Rect {
    /// The upper part that a list has when lines about the selected row stand below it.
    func above(rows: Int) -> Rect {
        let kept = height - rows - 1
        return kept < 4 ? self : Rect(x: x, y: y, width: width, height: kept)
    }
}

extension DrawContext {
    /// Draws what can be done with the selected row, below the list.
    func drawAdvice(_ lines: [SafeText], into frame: inout Frame, in rect: Rect, rows: Int) {
        guard rect.above(rows: rows) != rect else { return }
        for (index, line) in lines.prefix(rows).enumerated() {
            let row = rect.row(rect.height - rows + index)
            frame.write(line, in: row, style: styles[.muted])
        }
    }
}
