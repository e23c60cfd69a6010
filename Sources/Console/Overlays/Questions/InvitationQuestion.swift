import Domain

/// What is asked before an invitation is taken back or sent again.
enum InvitationQuestion: Question {
    case revoke(TenantRef, Invitation)
    case resend(TenantRef, Invitation)

    var tenant: TenantRef? {
        switch self {
        case .revoke(let tenant, _), .resend(let tenant, _): tenant
        }
    }

    func ask(reason _: String) -> Ask? {
        switch self {
        case .revoke(let tenant, let invitation):
            .tenant(.invitations(.revoke(invitation.id)), tenant)
        case .resend(let tenant, let invitation):
            .tenant(.invitations(.resend(invitation.id)), tenant)
        }
    }

    func done(_: ConsoleAnswer, in console: inout Console) -> [Effect] {
        switch self {
        case .revoke(_, let invitation):
            console.toast("Took the invitation of \(invitation.email) back.", .success)
        case .resend(_, let invitation):
            console.toast("Sent \(invitation.email) another invitation.", .success)
        }
        return console.reload(isExplicit: true)
    }
}
