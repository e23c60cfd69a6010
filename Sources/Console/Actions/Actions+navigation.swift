import Domain
import Terminal

extension Actions {
    /// Where to go.
    static let navigation: [Action] = [
        Action(
            id: "open",
            keys: ["enter"],
            label: "open",
            help: "Open the selected row.",
            screens: [
                .overview, .tenants, .workspaces, .tenant, .artifacts, .audit, .trail, .users,
                .operators, .visits, .calls, .jobs,
            ],
            rank: 1,
            run: { $0.openSelected() }
        ),
        Action(
            id: "command",
            keys: [":"],
            label: "command",
            help: "Name a screen, a tenant or an action; tab completes.",
            rank: 3,
            run: { $0.openCommandLine() }
        ),
        Action(
            id: "filter",
            keys: ["/", "f3", "f4"],
            label: "filter",
            help: "Search or filter what is on the screen; an empty filter shows all.",
            screens: [
                .tenants, .members, .invitations, .artifacts, .audit, .trail, .users, .operators,
                .visits,
                .stays, .calls, .jobs,
            ],
            rank: 2,
            run: { $0.openFilter() }
        ),
        Action(
            id: "help",
            keys: ["?", "f1"],
            label: "help",
            help: "Show the keys, and why some of them cannot be used now.",
            rank: 4,
            run: { console in
                console.overlay = .help(KeysHelp())
                return []
            }
        ),
        Action(
            id: "back",
            keys: ["esc", "["],
            label: "back",
            help: "Cancel what is being loaded, or go back to the screen before. Never quits.",
            rank: 90,
            run: { $0.goBack() }
        ),
        Action(
            id: "forward",
            keys: ["]"],
            label: "forward",
            help: "Go forward again after going back.",
            run: { $0.walk { $0.go(by: 1) } }
        ),
        Action(
            id: "last",
            keys: ["-"],
            label: "last screen",
            help: "Go to the screen that was shown before this one, and back again.",
            run: { $0.walk { $0.goToLastShown() } }
        ),
        Action(
            id: "reload",
            keys: ["r", "f5"],
            label: "reload",
            help: "Load what is shown again.",
            rank: 80,
            run: { $0.reload(isExplicit: true) }
        ),
        Action(
            id: "sort",
            keys: ["s", "f6"],
            label: "sort",
            help: "Put the list into the next order.",
            screens: [.tenants, .artifacts],
            rank: 30,
            run: { $0.sortNext() }
        ),
        Action(
            id: "reverse",
            keys: ["I"],
            label: "reverse",
            help: "Turn the order of the list round: the last first.",
            screens: [.tenants, .artifacts],
            rank: 31,
            obstacle: { $0.reverseObstacle },
            run: { $0.reverseOrder() }
        ),
    ]

    /// The console itself.
    static let console: [Action] = [
        Action(
            id: "undo",
            keys: ["U"],
            label: "undo",
            help: "Take back the last change, while it can be: for a minute.",
            rank: 5,
            obstacle: { console in
                if console.isTakingBack { return "The change is being taken back already." }
                return console.notices.undo == nil ? "There is nothing to undo." : nil
            },
            run: { $0.undo() }
        ),
        Action(
            id: "elevate",
            keys: ["W"],
            label: "write",
            help: "Let this console write for some minutes, with a reason, on record.",
            obstacle: { $0.standing.elevation == nil ? nil : "This console may write already." },
            run: { console in
                console.overlay = .form(.elevation())
                return []
            }
        ),
        Action(
            id: "readonly",
            keys: [],
            label: "read-only",
            help: "Make the console read-only again.",
            obstacle: { $0.standing.elevation == nil ? "This console is read-only." : nil },
            run: { $0.endElevation() }
        ),
        Action(
            id: "overview",
            keys: [],
            label: "overview",
            help: "Show the platform at a glance.",
            permission: .platformTenantsRead,
            run: { $0.open(.overview) }
        ),
        Action(
            id: "tenants",
            keys: ["T"],
            label: "tenants",
            help: "Show the tenants.",
            permission: .platformTenantsRead,
            run: { $0.open(.tenants(filter: nil)) }
        ),
        Action(
            id: "workspaces",
            keys: [],
            label: "workspaces",
            help: "Show the tenants that you are a member of.",
            run: { $0.open(.workspaces) }
        ),
        Action(
            id: "sessions",
            keys: [],
            label: "sessions",
            help: "Show where you are signed in.",
            run: { $0.open(.sessions) }
        ),
        Action(
            id: "signout",
            keys: [],
            label: "sign out",
            help: "End this session.",
            run: { $0.send(.platform(.signOut), to: .root(.signOut)) }
        ),
        Action(
            id: "quit",
            keys: ["q", "ctrl-c", "f10"],
            label: "quit",
            help: "Leave the console; asks first while a change is on its way.",
            rank: 99,
            run: { $0.leave() }
        ),
    ]
}
