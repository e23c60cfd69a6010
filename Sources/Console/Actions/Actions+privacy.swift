import Domain
import Terminal

extension Actions {
    /// Copies of people's data, erasures, and what forbids them.
    static let privacy: [Action] = [
        section("requests", key: "7", label: "personal data", .privacyExport, .requests),
        section("holds", key: "8", label: "legal holds", .retentionManage, .holds),
        Action(
            id: "copy-member",
            keys: ["p"],
            label: "copy of data",
            help: "Ask for a copy of what the tenant has about the member.",
            screens: [.members],
            permission: .privacyExport,
            writes: true,
            rank: 18,
            obstacle: needsMember,
            run: { $0.askMemberData(.export) }
        ),
        Action(
            id: "erase-member",
            keys: ["Z"],
            label: "erase",
            help: "Have the member forgotten here; one's own request waits for an owner.",
            screens: [.members],
            permission: .privacyErase,
            writes: true,
            rank: 19,
            obstacle: needsMember,
            run: { $0.askMemberData(.erase) }
        ),
        Action(
            id: "save",
            keys: ["w"],
            label: "save",
            help: "Save the copy as a file where the console was started; the trail says so.",
            screens: [.requests, .copies],
            rank: 10,
            obstacle: { $0.selectedDataRequest?.isReady == true ? nil : "It has no file." },
            run: { $0.saveCopy() }
        ),
        Action(
            id: "approve",
            keys: ["a"],
            label: "approve",
            help: "Carry an erasure out that a member asked for.",
            screens: [.requests],
            permission: .privacyErase,
            writes: true,
            rank: 11,
            obstacle: { console in
                guard let request = console.selectedDataRequest, request.kind == .erase,
                    request.status == .pending
                else { return "No erasure that waits is selected." }
                return nil
            },
            run: { $0.askApproval() }
        ),
        Action(
            id: "hold",
            keys: ["n"],
            label: "place",
            help: "Forbid to erase a member, or everybody.",
            screens: [.holds],
            permission: .retentionManage,
            writes: true,
            rank: 10,
            run: { console in console.shownTenant.map { console.openForm(.hold($0)) } ?? [] }
        ),
        Action(
            id: "lift",
            keys: ["D"],
            label: "lift",
            help: "Lift a legal hold; its line stays.",
            screens: [.holds],
            permission: .retentionManage,
            writes: true,
            rank: 11,
            obstacle: { $0.selectedHold == nil ? "No hold that holds is selected." : nil },
            run: { $0.askLift() }
        ),
        Action(
            id: "copies",
            keys: ["C"],
            label: "copies of data",
            help: "Show the copies of everything about the person, and ask for one.",
            screens: [.users, .user],
            permission: .platformUsersManage,
            rank: 15,
            obstacle: needsAccount,
            run: { console in console.selectedAccount.map { console.open(.copies($0)) } ?? [] }
        ),
        Action(
            id: "ask-copy",
            keys: ["n"],
            label: "ask",
            help: "Ask for a copy of everything about the person.",
            screens: [.copies],
            permission: .platformUsersManage,
            writes: true,
            rank: 11,
            run: { $0.askCopy() }
        ),
        Action(
            id: "erase-person",
            keys: ["Z"],
            label: "erase",
            help: "Make the person nobody, for good, everywhere.",
            screens: [.users, .user],
            permission: .platformUsersManage,
            writes: true,
            rank: 16,
            obstacle: needsAccount,
            run: { console in console.ask(console.selectedAccount.map { .erase($0) }) }
        ),
    ]
}

extension Console {
    var selectedDataRequest: DataRequest? {
        switch trail.current?.content {
        case let screen as RequestsScreen: screen.list.selected
        case let screen as CopiesScreen: screen.list.selected
        default: nil
        }
    }

    /// The selected hold, while it holds.
    var selectedHold: LegalHold? {
        guard let hold = (trail.current?.content as? HoldsScreen)?.list.selected, hold.isLive
        else { return nil }
        return hold
    }

    mutating func askMemberData(_ kind: DataRequest.Kind) -> [Effect] {
        guard let tenant = shownTenant, let member = selectedMember else { return [] }
        return ask(kind == .export ? .copy(of: member, in: tenant) : .erase(member, in: tenant))
    }

    mutating func askApproval() -> [Effect] {
        guard let tenant = shownTenant, let request = selectedDataRequest else { return [] }
        let person = standing.people[tenant.id]?[request.subject]
        return ask(.approve(request, of: person, in: tenant))
    }

    mutating func askLift() -> [Effect] {
        guard let tenant = shownTenant, let hold = selectedHold else { return [] }
        let name = hold.subject.map { context.name(of: $0) }
        return ask(.lift(hold, of: name, in: tenant))
    }

    mutating func askCopy() -> [Effect] {
        guard let screen = trail.current?.content as? CopiesScreen else { return [] }
        return openForm(.copy(of: screen.account))
    }

    /// Saves the file; the answer, a moment later, says where.
    mutating func saveCopy() -> [Effect] {
        guard let request = selectedDataRequest else { return [] }
        guard let tenant = shownTenant else {
            return send(.platform(.personal(.save(request.id))), to: .root(.save))
        }
        return send(.tenant(.privacy(.save(request.id)), tenant), to: .root(.save))
    }

    /// What follows work on personal data that was carried out.
    mutating func tookPrivacy(_ answer: ConsoleAnswer) -> [Effect] {
        guard case .privacy(let outcome) = answer else { return reload(isExplicit: true) }
        switch outcome {
        case .request(let request): toast(request.sentence(shownBy: key("requests")), .success)
        case .hold: toast("Placed the hold; it forbids to erase from now on.", .success)
        case .released: toast("Lifted the hold.", .success)
        case .erased: toast("Erased the person.", .success)
        case .saved(let file): toast("Wrote \(file).", .success)
        case .requests, .holds: break
        }
        let context = context
        trail.change { $0.note(answer, context) }
        return reload(isExplicit: true)
    }
}

extension DataRequest {
    /// What became of it just now.
    fileprivate func sentence(shownBy key: String) -> String {
        switch (kind, status) {
        case (.erase, .pending): "Asked to be erased; an owner must approve it (\(key))."
        case (.erase, _): "Erased the person in this tenant."
        case (.export, _) where tenant == nil: "Asked for the copy; a worker makes it."
        case (.export, _): "Asked for the copy; a worker makes it, and \(key) shows it."
        }
    }
}
