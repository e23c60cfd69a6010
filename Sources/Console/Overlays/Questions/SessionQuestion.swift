import Domain

/// What is asked before sessions of one's own end.
enum SessionQuestion: Question {
    case end(LiveSession)
    case endOthers
    /// A support session.
    case endVisit(SupportSession)

    var tenant: TenantRef? { nil }

    func ask(reason _: String) -> Ask? {
        switch self {
        case .end(let session): .platform(.endSession(session.id))
        case .endOthers: .platform(.endOtherSessions)
        case .endVisit(let visit): .platform(.endSupport(visit.id))
        }
    }

    func done(_ answer: ConsoleAnswer, in console: inout Console) -> [Effect] {
        switch self {
        case .end(let session):
            console.toast("Ended the session of \(session.device).", .success)
            return console.forget(session: session.id)
        case .endOthers:
            if case .ended(let count) = answer {
                console.toast("Ended \(Format.plural(count, "other session")).", .success)
            }
            return console.reload(isExplicit: true)
        case .endVisit(let visit): return console.ended(visit)
        }
    }
}

extension Console {
    fileprivate mutating func forget(session: SessionID) -> [Effect] {
        trail.change { content in
            guard var screen = content as? SessionsScreen else { return }
            screen.forget(session)
            content = screen
        }
        return reload(isExplicit: false)
    }
}
