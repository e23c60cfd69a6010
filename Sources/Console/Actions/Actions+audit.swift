import Domain

extension Actions {
    /// Looking at the trail: live, in the past, folded, and by names of one's own.
    static let auditViewer: [Action] = [
        Action(
            id: "trail",
            keys: ["L"],
            label: "trail",
            help: "Show the platform's own audit trail: of what is selected, or all of it.",
            screens: [.overview, .tenants, .users, .user],
            permission: .platformAuditRead,
            rank: 42,
            run: { $0.showPlatformTrail() }
        ),
        Action(
            id: "live",
            keys: ["F"],
            label: "live",
            help: "Follow the trail: new events are announced, or shown at the top.",
            screens: [.audit, .trail],
            permission: .auditRead,
            rank: 11,
            obstacle: { console in
                let screen = console.trail.current?.content as? AuditScreen
                return screen?.query.filter.to == nil
                    ? nil : "Nothing new fits a filter that ends in the past."
            },
            run: { $0.toggleFollowing() }
        ),
        Action(
            id: "asof",
            keys: ["t"],
            label: "as of",
            help: "Show the trail as it was at a time.",
            screens: [.audit, .trail],
            permission: .auditRead,
            rank: 12,
            run: { $0.askMoment() }
        ),
        Action(
            id: "fold",
            keys: ["enter", "space"],
            label: "unfold",
            help: "Open what stayed the same below the cursor, or close it again.",
            screens: [.event, .trailEvent],
            rank: 1,
            run: { $0.toggleFold(all: false) }
        ),
        Action(
            id: "foldall",
            keys: ["z"],
            label: "unfold all",
            help: "Open everything that stayed the same, or close it again.",
            screens: [.event, .trailEvent],
            rank: 2,
            run: { $0.toggleFold(all: true) }
        ),
    ]

    /// Filters with names.
    static let keptFilters: [Action] = [
        Action(
            id: "keepfilter",
            keys: ["+"],
            label: "keep filter",
            help: "Give the filter a name and keep it on this machine.",
            screens: ScreenKind.filtered,
            rank: 84,
            obstacle: { console in
                let text = console.trail.current?.content.filterText ?? ""
                return text.isEmpty ? "There is no filter to keep." : nil
            },
            run: { $0.askKeepFilter() }
        ),
        Action(
            id: "keptfilters",
            keys: ["*"],
            label: "kept filters",
            help: "Use or forget a filter that was kept.",
            screens: ScreenKind.filtered,
            rank: 85,
            obstacle: { $0.hasKeptFilters ? nil : "No filter was kept here; + keeps one." },
            run: { $0.askKeptFilters() }
        ),
    ]
}

extension ScreenKind {
    /// Those that `/` filters.
    static let filtered: Set<ScreenKind> = [
        .tenants, .members, .invitations, .artifacts, .audit, .trail, .users, .operators, .visits,
        .stays,
    ]
}
