import Domain
import Terminal

/// The tries to sign in with one mail address that did not succeed, by minute and network.
struct AttemptsScreen: ListScreen {
    static let kind = ScreenKind.attempts
    let address: EmailAddress
    var list = Listing<SignInAttempts, AttemptID>(columns: Self.columns)

    /// A network counts once a minute.
    struct AttemptID: Hashable, Sendable {
        var minute: Instant
        var network: String
    }

    init(_ address: EmailAddress) {
        self.address = address
    }

    var title: String { "Failed sign-ins" }
    var status: String { "\(list.count("row")) · \(address) · newest first" }

    func ask(_ page: PageRequest) -> Ask? { .platform(.people(.attempts(address, page))) }

    func page(in answer: ConsoleAnswer) -> Page<SignInAttempts>? {
        if case .directory(.attempts(let page)) = answer { return page }
        return nil
    }

    private static let columns = [
        TableColumn(id: "minute", title: "MINUTE", span: .fixed(16)),
        TableColumn(id: "network", title: "NETWORK", span: .flexible(minimum: 16, weight: 1)),
        TableColumn(id: "count", title: "TRIES", span: .fixed(7), alignment: .trailing),
        TableColumn(id: "reason", title: "THE LAST ONE", span: .flexible(minimum: 18, weight: 1)),
    ]

    func row(_ attempts: SignInAttempts, _ context: ScreenContext) -> TableRow<AttemptID> {
        TableRow(
            id: AttemptID(minute: attempts.minute, network: attempts.network),
            cells: [
                .text(SafeText(context.zone.minute(attempts.minute)), .muted),
                .text(SafeText(attempts.network, limit: 100)),
                .text(SafeText(Format.count(Int64(attempts.count)))),
                .text(SafeText(attempts.lastReason.words), attempts.lastReason.role),
            ]
        )
    }

    func draw(into frame: inout Frame, in rect: Rect, _ context: DrawContext) {
        drawList(
            into: &frame,
            in: rect,
            context,
            emptyText: "No try to sign in with this address has failed lately."
        )
    }
}

extension SignInAttempts.Reason {
    fileprivate var words: String { rawValue.replacing("_", with: " ") }

    /// Locks and disabled accounts are what support is asked about.
    fileprivate var role: Terminal.Role {
        switch self {
        case .locked, .disabled, .unverified: .warning
        default: .text
        }
    }
}
