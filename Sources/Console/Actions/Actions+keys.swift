import Domain
import Terminal

extension Actions {
    /// The API keys of a tenant.
    static let keys: [Action] = [
        Action(
            id: "newkey",
            keys: ["n"],
            label: "new",
            help: "Make an API key; its text is shown once.",
            screens: [.keys],
            permission: .apikeyManage,
            writes: true,
            rank: 10,
            run: { $0.askNewKey() }
        ),
        Action(
            id: "editkey",
            keys: ["e"],
            label: "edit",
            help: "Change the key's name, its end or its rate limit.",
            screens: [.keys],
            permission: .apikeyManage,
            writes: true,
            rank: 11,
            obstacle: needsKey,
            run: { $0.askEditKey() }
        ),
        Action(
            id: "rotatekey",
            keys: ["t"],
            label: "rotate",
            help: "Give the key another secret; the old one may go on for a while.",
            screens: [.keys],
            permission: .apikeyManage,
            writes: true,
            rank: 12,
            obstacle: needsKey,
            run: { $0.askRotateKey() }
        ),
        Action(
            id: "revokekey",
            keys: ["D"],
            label: "revoke",
            help: "End the key for good, on its very next request.",
            screens: [.keys],
            permission: .apikeyManage,
            writes: true,
            rank: 13,
            obstacle: needsKey,
            run: { $0.askRevokeKey() }
        ),
    ]

    private static let needsKey: @Sendable (Console) -> String? = { console in
        guard let key = console.selectedKey else { return "No key is selected." }
        return key.status == .revoked ? "The key was revoked." : nil
    }
}

extension Console {
    var selectedKey: APIKey? { (trail.current?.content as? APIKeysScreen)?.list.selected }

    mutating func askNewKey() -> [Effect] {
        shownTenant.map { openForm(.newKey($0, context.zone, now: surroundings.now)) } ?? []
    }

    mutating func askEditKey() -> [Effect] {
        guard let tenant = shownTenant, let key = selectedKey else { return [] }
        return openForm(.editKey(key, in: tenant, context.zone, now: surroundings.now))
    }

    mutating func askRotateKey() -> [Effect] {
        guard let tenant = shownTenant, let key = selectedKey else { return [] }
        return openForm(.rotateKey(key, in: tenant))
    }

    mutating func askRevokeKey() -> [Effect] {
        guard let tenant = shownTenant, let key = selectedKey else { return [] }
        overlay = .dialog(.revoke(key, in: tenant))
        return []
    }

    /// Shows the text of a key once, over the list that knows the key now.
    mutating func issued(_ issued: IssuedAPIKey) -> [Effect] {
        overlay = .dialog(.issued(issued))
        return reload(isExplicit: true)
    }

    mutating func copyKey(_ issued: IssuedAPIKey) -> [Effect] {
        // No terminal says whether it took the text: the dialog stays until the operator has it.
        toast("Sent to the terminal's clipboard. Paste it before you close this.", .success)
        return [.copy(issued.text)]
    }
}
