import Domain
import Terminal

/// One thing an operator can do: the source of footer, help, completion and documents.
struct Action: Sendable {
    /// The name on the command line.
    let id: String
    /// The keys, in the syntax of `KeyEvent`.
    let keys: [String]
    /// The word beside the key in the footer.
    let label: String
    /// One sentence for help and documents.
    let help: String
    /// Where it exists; empty for everywhere.
    var screens: Set<ScreenKind> = []
    /// What one needs to be allowed.
    var permission: Permission?
    /// Whether it changes something, and so waits for a console that may write.
    var writes = false
    /// The place in the footer, smallest first; nil keeps it out of there.
    var rank: Int?
    /// Key and label in the footer, when one entry stands for several actions.
    var hint: (key: String, label: String)?
    /// A further reason why it cannot be used now.
    var obstacle: @Sendable (Console) -> String? = { _ in nil }
    let run: @Sendable (inout Console) -> [Effect]

    var events: [KeyEvent] { keys.compactMap { try? KeyEvent(parsing: $0) } }

    /// What one needs to be allowed on a screen: the platform's own trail is read with one permission.
    func permission(on kind: ScreenKind?) -> Permission? {
        permission?.needed(on: kind)
    }

    func exists(on kind: ScreenKind) -> Bool { screens.isEmpty || screens.contains(kind) }

    /// Why it cannot be used now; nil when it can.
    func refusal(in console: Console) -> String? {
        if let permission = permission(on: console.trail.current?.content.kind),
            let refusal = console.refusal(permission, writes: writes)
        {
            return refusal
        }
        if console.markCount > 0, let use = Actions.markUse[id] {
            switch use {
            case .each, .form: return nil
            case .one:
                let back = console.key("back")
                return "\(label) works on one row; \(back) takes the marks away."
            case .noRow: break
            }
        }
        return obstacle(console)
    }
}

/// All actions, in the order in which help shows them.
enum Actions {
    static let all: [Action] =
        navigation + platform + people + tenant + support + members + roles + grants + artifacts
        + ai + aiWork + budgets + feed + jobs + prices + audit + auditViewer + sessions + keys
        + privacy
        + exports + columns + search + keptFilters + display + marks + periods + copying + console

    static func action(named id: String) -> Action? { all.first { $0.id == id } }

    static func all(on kind: ScreenKind) -> [Action] { all.filter { $0.exists(on: kind) } }
}
