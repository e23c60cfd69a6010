import Domain
import Terminal

extension Actions {
    /// Budgets, alerts and calls.
    static let aiWork: [Action] = [
        Action(
            id: "budget",
            keys: ["e"],
            label: "edit budget",
            help: "Change the limits of the selected budget.",
            screens: [.ai],
            permission: .aiBudgetManage,
            writes: true,
            rank: 11,
            obstacle: { $0.selectedBudget == nil ? "No budget is selected." : nil },
            run: { $0.askEditBudget() }
        ),
        Action(
            id: "calls",
            keys: ["c"],
            label: "calls",
            help: "Show the calls in flight, and those that have ended.",
            screens: [.ai],
            permission: .aiUsageRead,
            rank: 12,
            run: { $0.openSection(.calls) }
        ),
        Action(
            id: "alerts",
            keys: ["a"],
            label: "alerts",
            help: "Show the budgets that reached a share of their limit.",
            screens: [.ai],
            permission: .aiUsageRead,
            rank: 13,
            run: { $0.openSection(.alerts) }
        ),
        Action(
            id: "acknowledge",
            keys: ["a"],
            label: "acknowledge",
            help: "Note that somebody saw to the alert.",
            screens: [.alerts],
            permission: .aiBudgetManage,
            writes: true,
            rank: 10,
            obstacle: { $0.selectedAlert == nil ? "No alert is selected." : nil },
            run: { $0.askAcknowledge() }
        ),
        Action(
            id: "running",
            keys: ["v"],
            label: "in flight/all",
            help: "Show all calls, or only those in flight again.",
            screens: [.calls],
            rank: 11,
            run: { $0.toggleRunning() }
        ),
        Action(
            id: "cancelcall",
            keys: ["D"],
            label: "end call",
            help: "Ask for the call to end; what was written by then is charged.",
            screens: [.calls, .call],
            permission: .aiUse,
            writes: true,
            rank: 12,
            obstacle: { console in
                guard let call = console.selectedCall else { return "No call is selected." }
                return call.state == .inFlight ? nil : "The call has ended."
            },
            run: { $0.askCancelCall() }
        ),
    ]
}

extension Console {
    var selectedBudget: Budget? { (trail.current?.content as? AIScreen)?.selected }

    var selectedAlert: ListedAlert? { (trail.current?.content as? AlertsScreen)?.list.selected }

    var selectedCall: AICallRecord? {
        switch trail.current?.content {
        case let screen as CallsScreen: screen.list.selected
        case let screen as CallScreen: screen.call
        default: nil
        }
    }

    mutating func openSection(_ section: Destination.Section) -> [Effect] {
        shownTenant.map { open(Destination(section, in: $0)) } ?? []
    }

    mutating func askEditBudget() -> [Effect] {
        guard let tenant = shownTenant, let budget = selectedBudget else { return [] }
        return openForm(.editBudget(budget, in: tenant, context))
    }

    mutating func askAcknowledge() -> [Effect] {
        guard let tenant = shownTenant, let alert = selectedAlert else { return [] }
        overlay = .dialog(.acknowledge(alert, in: tenant, context))
        return []
    }

    mutating func askCancelCall() -> [Effect] {
        guard let tenant = shownTenant, let call = selectedCall else { return [] }
        overlay = .dialog(.cancel(call, in: tenant))
        return []
    }

    mutating func toggleRunning() -> [Effect] {
        guard let visit = trail.current, var screen = visit.content as? CallsScreen else {
            return []
        }
        let asks = screen.toggle()
        trail.set(screen, of: visit.id)
        return send(asks, from: visit.id)
    }

    /// What follows work on AI that was accepted.
    mutating func takeDone(_ answer: AIAnswer) -> [Effect] {
        switch answer {
        case .budget(let budget):
            toast("The limit is \(budget.amount(budget.limits.hard)) now.", .success)
        case .created(let budget):
            toast("Made the budget of \(budget.label(context)).", .success)
        case .wasReset: toast("The period starts over; nothing is used.", .success)
        case .acknowledged: toast("Seen to.", .success)
        case .cancelled: toast("The call was asked to end.", .success)
        case .calls, .call, .alerts, .keyNames: break
        }
        return settleAfterWrite(.ai(answer))
    }
}
