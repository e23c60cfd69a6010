import Domain

/// What is asked before the people of a tenant change.
enum MemberQuestion: Question {
    case status(TenantRef, Member, MemberStatus)
    case remove(TenantRef, Member)
    /// Gives up one's own place.
    case depart(TenantRef)
    case take(TenantRef, Member, MemberGrant)

    var tenant: TenantRef? {
        switch self {
        case .status(let tenant, _, _), .remove(let tenant, _), .depart(let tenant),
            .take(let tenant, _, _):
            tenant
        }
    }

    func ask(reason: String) -> Ask? {
        switch self {
        case .status(let tenant, let member, let status):
            Self.change(
                member,
                to: MemberEdit(status: status, reason: reason.isEmpty ? nil : reason),
                version: member.version,
                in: tenant
            )
        case .remove(let tenant, let member):
            .tenant(.members(.remove(member.user, reason: reason)), tenant)
        case .depart(let tenant): .tenant(.members(.leave), tenant)
        case .take(let tenant, let member, let grant):
            .tenant(.grants(.take(grant.resource, from: member.user)), tenant)
        }
    }

    func takeBack(after answer: ConsoleAnswer) -> TakeBack? {
        guard case .status(let tenant, let member, let status) = self,
            case .member(let changed) = answer
        else { return nil }
        let isSuspension = status == .suspended
        let back = MemberEdit(
            status: member.status,
            reason: "undo of the \(isSuspension ? "suspension" : "reactivation")"
        )
        return TakeBack(
            "\(isSuspension ? "Reactivate" : "Suspend") \(member.name)",
            Self.change(member, to: back, version: changed.version, in: tenant)
        )
    }

    private static func change(
        _ member: Member,
        to edit: MemberEdit,
        version: Int64,
        in tenant: TenantRef
    ) -> Ask {
        .tenant(.members(.change(member.user, edit, version: version)), tenant)
    }

    func done(_ answer: ConsoleAnswer, in console: inout Console) -> [Effect] {
        switch self {
        case .status(let tenant, let member, let status):
            let sentence = "Now \(status.rawValue): \(member.name)."
            console.tell(sentence, takeBack(after: answer), in: tenant)
            return console.settleAfterWrite(answer)
        case .remove(let tenant, let member):
            console.toast("Removed \(member.name) from \(tenant.name).", .success)
            return console.forget(member: member.user)
        case .depart(let tenant): return console.departed(from: tenant)
        case .take(let tenant, let member, let grant):
            return console.took(grant, from: member, in: tenant)
        }
    }
}

extension Console {
    mutating func forget(member: UserID) -> [Effect] {
        trail.change { content in
            guard var screen = content as? MembersScreen else { return }
            screen.forget(member)
            content = screen
        }
        return reload(isExplicit: false)
    }
}
