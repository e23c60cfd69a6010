import Domain
import Terminal

/// How lists show an operator's stay in a tenant.
enum StayRow {
    // Below 80 columns the mode folds first, then the end, then the ticket.
    static let columns = [
        TableColumn(id: "started", title: "STARTED", span: .fixed(16)),
        TableColumn(id: "tenant", title: "TENANT", span: .flexible(minimum: 10, weight: 1)),
        TableColumn(id: "operator", title: "OPERATOR", span: .flexible(minimum: 10, weight: 1)),
        TableColumn(id: "mode", title: "MODE", span: .fixed(8), foldOrder: 3),
        TableColumn(id: "left", title: "LEFT", span: .fixed(8)),
        TableColumn(id: "reason", title: "REASON", span: .flexible(minimum: 12, weight: 3)),
        TableColumn(
            id: "ticket",
            title: "TICKET",
            span: .flexible(minimum: 8, weight: 1),
            foldOrder: 1
        ),
        TableColumn(id: "ended", title: "ENDED", span: .fixed(16), foldOrder: 2),
    ]

    static func row(
        _ stay: SupportSession,
        _ context: ScreenContext
    ) -> TableRow<SupportSessionID> {
        let isLive = stay.isLive(at: context.now)
        let left = isLive ? Format.countdown(context.now.duration(to: stay.expiresAt)) : "over"
        let ended = isLive ? "–" : context.zone.minute(stay.endedAt ?? stay.expiresAt)
        return TableRow(
            id: stay.id,
            cells: [
                .text(SafeText(context.zone.minute(stay.startedAt)), .muted),
                .text(SafeText(stay.tenantSlug)),
                .text(SafeText(stay.staffName, limit: 200)),
                .text(SafeText(mode(stay)), stay.mode == .readWrite ? .warning : .text),
                .text(SafeText(left), isLive ? .good : .muted),
                .text(SafeText(stay.reason, limit: 500)),
                .text(SafeText(stay.ticket ?? "–", limit: 100)),
                .text(SafeText(ended), .muted),
            ]
        )
    }

    /// `rw +pii` for a session that may also see personal data.
    private static func mode(_ stay: SupportSession) -> String {
        stay.mode.rawValue + (stay.allowsPersonalData ? " +pii" : "")
    }

    /// When the first countdown among the rows shows its next number.
    static func wake(_ stays: [SupportSession], shownAt now: Instant?) -> Instant? {
        guard let now, stays.contains(where: { $0.isLive(at: now) }) else { return nil }
        return now.advanced(by: .seconds(1))
    }
}
