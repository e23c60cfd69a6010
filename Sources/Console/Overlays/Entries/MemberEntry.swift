import Domain

/// What is filled in about the people of a tenant.
enum MemberEntry: Entry {
    case add(TenantRef)
    case role(TenantRef, Member)
    case invite(TenantRef)
    /// Gives a member a single artifact.
    case give(TenantRef, Member)
    /// Hands the ownership over.
    case transfer(TenantRef, Member)

    private var place: TenantRef {
        switch self {
        case .add(let tenant), .role(let tenant, _), .invite(let tenant), .give(let tenant, _),
            .transfer(let tenant, _):
            tenant
        }
    }

    var tenant: TenantRef? { place }

    func order(
        _ values: FormValues,
        of _: FormOverlay,
        now _: Instant
    ) throws(DomainError) -> FormOverlay.Order {
        switch self {
        case .add: .ask(.tenant(.members(try Self.add(values)), place))
        case .role(_, let member):
            .ask(
                Self.change(
                    member,
                    to: try RoleName(values["role"]),
                    version: member.version,
                    in: place
                )
            )
        case .invite:
            .ask(
                .tenant(
                    .invitations(
                        .invite(
                            try NewInvitation(
                                email: values["email"].trimmed,
                                role: values["role"],
                                language: values["language"]
                            )
                        )
                    ),
                    place
                )
            )
        case .give(_, let member): .ask(.tenant(.grants(try Self.give(values, to: member)), place))
        case .transfer(_, let heir):
            .ask(.tenant(.members(try Self.transfer(values, to: heir)), place))
        }
    }

    private static func add(_ values: FormValues) throws(DomainError) -> MemberRequest {
        var problems = FieldProblems()
        let email = problems.collect { () throws(DomainError) in
            try EmailAddress(values["email"].trimmed)
        }
        let role = problems.collect { () throws(DomainError) in try RoleName(values["role"]) }
        guard let email, let role else { throw .invalid(problems.list) }
        return .add(email: email.description, role: role, name: values["name"].nonBlank)
    }

    private static func give(
        _ values: FormValues,
        to member: Member
    ) throws(DomainError) -> GrantRequest {
        guard let artifact = ArtifactID(values["artifact"].trimmed) else {
            throw .invalid("artifact", "must be picked from the list, or be an artifact's id")
        }
        let permissions = try MemberGrant.permissions([values["may"]], of: .artifact)
        return .give(artifact, permissions, to: member.user)
    }

    private static func transfer(
        _ values: FormValues,
        to heir: Member
    ) throws(DomainError) -> MemberRequest {
        guard values["email"].trimmed.lowercased() == heir.email.lowercased() else {
            throw .invalid("email", "must be the new owner's address, as a confirmation")
        }
        return .transfer(heir.user, proof: values["password"])
    }

    private static func change(
        _ member: Member,
        to role: RoleName,
        version: Int64,
        in tenant: TenantRef
    ) -> Ask {
        .tenant(
            .members(.change(member.user, MemberEdit(role: role), version: version)),
            tenant
        )
    }

    func done(
        _ answer: ConsoleAnswer,
        _: FormValues,
        in console: inout Console
    ) -> [Effect] {
        switch (self, answer) {
        case (.add(let tenant), .member(let member)):
            console.toast(
                "Added \(member.email) to \(tenant.name) as \(member.role.name).",
                .success
            )
        case (.role(let tenant, let old), .member(let member)):
            let back = Self.change(
                old,
                to: RoleName(old.role),
                version: member.version,
                in: tenant
            )
            console.tell(
                "The role is \(member.role.name) now: \(member.name).",
                TakeBack("Make \(member.name) \(old.role.name) again", back),
                in: tenant
            )
            return console.settleAfterWrite(answer)
        case (.invite, .invitation(let invitation)):
            console.toast("Invited \(invitation.email) as \(invitation.role).", .success)
        case (.give(_, let member), .grant(let grant)): return console.gave(grant, to: member)
        case (.transfer(let tenant, let heir), _): return console.handedOver(tenant, to: heir)
        default: break
        }
        return console.reload(isExplicit: true)
    }

    func source(of field: String) -> ChoiceSource? {
        guard case .give(let tenant, _) = self, field == "artifact" else { return nil }
        return .artifacts(tenant)
    }
}
