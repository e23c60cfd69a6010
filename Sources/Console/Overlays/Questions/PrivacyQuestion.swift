import Domain

/// What is asked before personal data goes anywhere, or away.
enum PrivacyQuestion: Question {
    case releaseHold(TenantRef, LegalHold)
    case request(TenantRef, Member, DataRequest.Kind)
    case approveErasure(TenantRef, DataRequest)

    var tenant: TenantRef? {
        switch self {
        case .releaseHold(let tenant, _), .request(let tenant, _, _),
            .approveErasure(let tenant, _):
            tenant
        }
    }

    func ask(reason _: String) -> Ask? {
        switch self {
        case .releaseHold(let tenant, let hold): .tenant(.privacy(.release(hold.id)), tenant)
        case .request(let tenant, let member, let kind):
            .tenant(.privacy(.ask(kind, of: member.user)), tenant)
        case .approveErasure(let tenant, let request):
            .tenant(.privacy(.approve(request.id)), tenant)
        }
    }

    func done(_ answer: ConsoleAnswer, in console: inout Console) -> [Effect] {
        console.tookPrivacy(answer)
    }
}
