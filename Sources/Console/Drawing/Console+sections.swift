import Terminal

/// A part of a tenant as the line below the header names it.
private struct SectionTab {
    /// The action that shows it.
    let action: String
    let label: String
    /// The screens that belong to it.
    let kinds: Set<ScreenKind>

    static let all = [
        SectionTab(action: "summary", label: "summary", kinds: [.tenant]),
        SectionTab(
            action: "members",
            label: "members",
            kinds: [.members, .roles, .invitations, .grants]
        ),
        SectionTab(action: "artifacts", label: "artifacts", kinds: [.artifacts, .artifact]),
        SectionTab(action: "ai", label: "AI", kinds: [.ai, .calls, .call, .alerts]),
        SectionTab(action: "audit", label: "audit", kinds: [.audit, .event]),
        SectionTab(action: "keys", label: "API keys", kinds: [.keys]),
        SectionTab(action: "requests", label: "personal data", kinds: [.requests]),
        SectionTab(action: "holds", label: "legal holds", kinds: [.holds]),
        SectionTab(action: "consents", label: "consents", kinds: [.consents]),
        SectionTab(action: "stays", label: "support", kinds: [.stays]),
    ]
}

extension Console {
    /// Whether the parts of the tenant on the screen are named; a low screen has no line for them.
    func showsSections(_ chrome: Chrome) -> Bool {
        !chrome.topLine.isEmpty && trail.current?.content.tenant != nil
    }

    /// The parts of the tenant with their keys, on the rule below the header; what cannot be shown
    /// now is faint.
    ///
    /// Where there is no room for all names, the last ones have their keys alone.
    func drawSections(into frame: inout Frame, _ chrome: Chrome) {
        guard showsSections(chrome), let content = trail.current?.content else { return }
        let kind = content.kind
        var tabs: [(tab: SectionTab, key: SafeText, label: SafeText)] = []
        for tab in SectionTab.all {
            guard let action = Actions.action(named: tab.action),
                let key = surroundings.settings.keymap.keys(of: action, on: kind).first
            else { continue }
            tabs.append((tab, SafeText(key.keySymbol), " " + frame.say(SafeText(tab.label))))
        }
        let room = chrome.topLine.width - 3
        func width(_ gap: Int) -> Int {
            tabs.reduce(gap * max(0, tabs.count - 1)) { $0 + $1.key.width + $1.label.width }
        }
        let gap = width(2) <= room ? 2 : 1
        for index in tabs.indices.reversed()
        where width(gap) > room && !tabs[index].tab.kinds.contains(kind) {
            tabs[index].label = ""
        }
        var x = chrome.topLine.x + 1
        for (index, tab) in tabs.enumerated() {
            draw(
                tab.key,
                tab.label,
                tab.tab,
                isFirst: index == 0,
                gap,
                at: &x,
                into: &frame,
                chrome
            )
        }
        let field = surroundings.styles[standing.elevation == nil ? .text : .readWrite]
        frame.write(" ", x: x, y: chrome.topLine.y, style: field, clip: chrome.topLine)
    }

    private func draw(
        _ key: SafeText,
        _ label: SafeText,
        _ tab: SectionTab,
        isFirst: Bool,
        _ gap: Int,
        at x: inout Int,
        into frame: inout Frame,
        _ chrome: Chrome
    ) {
        let styles = surroundings.styles
        let isCalm = standing.elevation == nil
        let field = styles[isCalm ? .text : .readWrite]
        let kind = trail.current.map { $0.content.kind }
        let isHere = kind.map(tab.kinds.contains) ?? false
        let isUsable = Actions.action(named: tab.action)?.refusal(in: self) == nil
        let faint = styles[.muted].over(field)
        let keyStyle = isCalm ? styles[.key] : field
        let chosen = styles[.selection]
        let blank = SafeText(String(repeating: " ", count: isFirst ? 1 : gap))
        let pieces = [
            (blank, field), (key, isHere ? chosen : isUsable ? keyStyle : faint),
            (label, isHere ? chosen : isUsable ? field : faint),
        ]
        for (text, style) in pieces {
            x += frame.write(text, x: x, y: chrome.topLine.y, style: style, clip: chrome.topLine)
        }
    }
}
