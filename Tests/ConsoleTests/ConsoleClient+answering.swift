import Domain

@testable import Console

extension ConsoleClient {
    typealias Answering = @Sendable (ConsoleRequest) async throws -> ConsoleAnswer

    /// A client whose every operation is answered by one function.
    static func answering(_ answer: @escaping Answering) -> ConsoleClient {
        var client = ConsoleClient(
            access: .answering(answer),
            sessions: .answering(answer),
            tenants: .answering(answer),
            support: .answering(answer),
            members: .answering(answer),
            roles: .answering(answer),
            invitations: .answering(answer),
            grants: .answering(answer),
            artifacts: .answering(answer),
            ai: .answering(answer),
            audit: .answering(answer),
            keys: .answering(answer),
            people: .answering(answer),
            privacy: .answering(answer),
            aiWork: AIWorkClient { request, caller in
                guard case .ai(let value) = try await answer(.tenant(.ai(request), caller))
                else { throw WrongAnswer() }
                return value
            },
            files: FileClient { request in
                guard case .file(let path) = try await answer(.file(request)) else {
                    throw WrongAnswer()
                }
                return path
            }
        )
        client.prices = PriceClient { request, caller in
            guard case .prices(let value) = try await answer(.platform(.prices(request), caller))
            else { throw WrongAnswer() }
            return value
        }
        client.jobs = JobClient { request, caller in
            guard case .jobs(let value) = try await answer(.platform(.jobs(request), caller))
            else { throw WrongAnswer() }
            return value
        }
        return client
    }
}

/// The answer was not of the operation's kind.
private struct WrongAnswer: Error {}

private func identity(_ answer: ConsoleAnswer) throws -> Identity {
    guard case .identity(let value) = answer else { throw WrongAnswer() }
    return value
}

extension AccessClient {
    fileprivate static func answering(_ answer: @escaping ConsoleClient.Answering) -> AccessClient {
        AccessClient(
            signIn: { email, password in
                let request = ConsoleRequest.access(.signIn(email: email, password: password))
                let value = try await answer(request)
                if case .codeWanted(let token) = value { return .codeWanted(token: token) }
                return .signedIn(try identity(value))
            },
            verify: { try identity(try await answer(.access(.verify(token: $0, code: $1)))) },
            resume: { try identity(try await answer(.access(.resume))) },
            signOut: { _ = try await answer(.platform(.signOut, $0)) },
            probe: { _ = try await answer(.access(.probe)) },
            workspaces: { caller in
                guard case .workspaces(let value) = try await answer(.platform(.workspaces, caller))
                else { throw WrongAnswer() }
                return value
            },
            elevate: { _ = try await answer(.platform(.elevate(reason: $0, minutes: $1), $2)) },
            endElevation: { _ = try await answer(.platform(.endElevation, $0)) }
        )
    }
}

extension SessionClient {
    fileprivate static func answering(_ answer: @escaping ConsoleClient.Answering) -> SessionClient
    {
        SessionClient(
            list: { page, caller in
                guard
                    case .sessions(let value) = try await answer(.platform(.sessions(page), caller))
                else { throw WrongAnswer() }
                return value
            },
            end: { _ = try await answer(.platform(.endSession($0), $1)) },
            endOthers: { caller in
                guard
                    case .ended(let count) = try await answer(.platform(.endOtherSessions, caller))
                else { throw WrongAnswer() }
                return count
            }
        )
    }
}

private func detail(_ answer: ConsoleAnswer) throws -> TenantDetail {
    guard case .tenantDetail(let value) = answer else { throw WrongAnswer() }
    return value
}

private func tenant(_ answer: ConsoleAnswer) throws -> Tenant {
    guard case .tenant(let value) = answer else { throw WrongAnswer() }
    return value
}

extension TenantClient {
    fileprivate static func answering(_ answer: @escaping ConsoleClient.Answering) -> TenantClient {
        TenantClient(
            overview: { caller in
                guard case .overview(let value) = try await answer(.platform(.overview, caller))
                else { throw WrongAnswer() }
                return value
            },
            highlights: { page, caller in
                guard
                    case .highlights(let value) = try await answer(
                        .platform(.highlights(page), caller)
                    )
                else { throw WrongAnswer() }
                return value
            },
            refreshFigures: { _ = try await answer(.platform(.refreshFigures, $0)) },
            list: { filter, page, caller in
                guard
                    case .tenants(let value) = try await answer(
                        .platform(.tenants(filter, page), caller)
                    )
                else { throw WrongAnswer() }
                return value
            },
            resolve: { try detail(try await answer(.platform(.resolve($0), $1))) },
            find: { try detail(try await answer(.platform(.tenant($0), $1))) },
            workspace: { try detail(try await answer(.tenant(.workspace, $0))) },
            change: Changes(
                provision: {
                    try tenant(
                        try await answer(.platform(.provision($0, idempotencyKey: $1), $2))
                    )
                },
                suspend: {
                    try tenant(try await answer(.platform(.suspend($0, reason: $1), $2)))
                },
                resume: {
                    try tenant(try await answer(.platform(.resumeTenant($0, reason: $1), $2)))
                },
                rename: { try tenant(try await answer(.platform(.rename($0, $1), $2))) },
                plan: { try detail(try await answer(.platform(.changePlan($0, $1), $2))) },
                quota: {
                    try detail(
                        try await answer(.platform(.changeQuota($0, $1, soft: $2, hard: $3), $4))
                    )
                }
            )
        )
    }
}

private func people(_ answer: ConsoleAnswer) throws -> PeopleAnswer {
    guard case .directory(let value) = answer else { throw WrongAnswer() }
    return value
}

extension PeopleClient {
    fileprivate static func answering(_ answer: @escaping ConsoleClient.Answering) -> PeopleClient {
        PeopleClient(
            perform: { try people(try await answer(.platform(.people($0), $1))) },
            stays: { isLive, page, caller in
                let request = PlatformRequest.stays(isLive: isLive, page)
                guard
                    case .stays(let value) = try people(
                        try await answer(.platform(request, caller))
                    )
                else { throw WrongAnswer() }
                return value
            },
            consents: { try people(try await answer(.tenant(.consents($0), $1))) }
        )
    }
}

extension SupportClient {
    fileprivate static func answering(_ answer: @escaping ConsoleClient.Answering) -> SupportClient
    {
        SupportClient(
            open: { id, wish, caller in
                guard
                    case .supportSession(let value) = try await answer(
                        .platform(.openSupport(id, wish), caller)
                    )
                else { throw WrongAnswer() }
                return value
            },
            end: { _ = try await answer(.platform(.endSupport($0), $1)) }
        )
    }
}

private func member(_ answer: ConsoleAnswer) throws -> Member {
    guard case .member(let value) = answer else { throw WrongAnswer() }
    return value
}

extension MemberClient {
    fileprivate static func answering(_ answer: @escaping ConsoleClient.Answering) -> MemberClient {
        MemberClient(
            list: { filter, page, caller in
                guard
                    case .members(let value) = try await answer(
                        .tenant(.members(.list(filter, page)), caller)
                    )
                else { throw WrongAnswer() }
                return value
            },
            add: { email, role, name, caller in
                try member(
                    try await answer(
                        .tenant(.members(.add(email: email, role: role, name: name)), caller)
                    )
                )
            },
            change: { user, edit, version, caller in
                let change = MemberRequest.change(user, edit, version: version)
                return try member(try await answer(.tenant(.members(change), caller)))
            },
            remove: { _ = try await answer(.tenant(.members(.remove($0, reason: $1)), $2)) },
            transfer: { heir, proof, caller in
                let transfer = MemberRequest.transfer(heir, proof: proof)
                return try member(try await answer(.tenant(.members(transfer), caller)))
            },
            leave: { _ = try await answer(.tenant(.members(.leave), $0)) },
            people: { ids, caller in
                guard
                    case .people(let value) = try await answer(
                        .tenant(.members(.people(ids)), caller)
                    )
                else { throw WrongAnswer() }
                return value
            }
        )
    }
}

private func role(_ answer: ConsoleAnswer) throws -> TenantRole {
    guard case .role(let value) = answer else { throw WrongAnswer() }
    return value
}

extension RoleClient {
    fileprivate static func answering(_ answer: @escaping ConsoleClient.Answering) -> RoleClient {
        RoleClient(
            list: { caller in
                guard case .roles(let value) = try await answer(.tenant(.roles(.list), caller))
                else { throw WrongAnswer() }
                return value
            },
            create: { try role(try await answer(.tenant(.roles(.create($0)), $1))) },
            edit: {
                try role(try await answer(.tenant(.roles(.edit($0, $1, version: $2)), $3)))
            },
            delete: { _ = try await answer(.tenant(.roles(.delete($0)), $1)) }
        )
    }
}

private func invitation(_ answer: ConsoleAnswer) throws -> Invitation {
    guard case .invitation(let value) = answer else { throw WrongAnswer() }
    return value
}

extension InvitationClient {
    fileprivate static func answering(
        _ answer: @escaping ConsoleClient.Answering
    ) -> InvitationClient {
        InvitationClient(
            list: { status, page, caller in
                guard
                    case .invitations(let value) = try await answer(
                        .tenant(.invitations(.list(status, page)), caller)
                    )
                else { throw WrongAnswer() }
                return value
            },
            invite: { try invitation(try await answer(.tenant(.invitations(.invite($0)), $1))) },
            resend: { try invitation(try await answer(.tenant(.invitations(.resend($0)), $1))) },
            revoke: { _ = try await answer(.tenant(.invitations(.revoke($0)), $1)) }
        )
    }
}

private func artifact(_ answer: ConsoleAnswer) throws -> Artifact {
    guard case .artifact(let value) = answer else { throw WrongAnswer() }
    return value
}

extension ArtifactClient {
    fileprivate static func answering(
        _ answer: @escaping ConsoleClient.Answering
    ) -> ArtifactClient {
        ArtifactClient(
            list: { filter, page, caller in
                guard
                    case .artifacts(let value) = try await answer(
                        .tenant(.artifacts(.list(filter, page)), caller)
                    )
                else { throw WrongAnswer() }
                return value
            },
            find: { try artifact(try await answer(.tenant(.artifacts(.find($0)), $1))) },
            revisions: { id, page, caller in
                guard
                    case .revisions(let value) = try await answer(
                        .tenant(.artifacts(.revisions(id, page)), caller)
                    )
                else { throw WrongAnswer() }
                return value
            },
            names: { ids, caller in
                guard
                    case .artifactNames(let value) = try await answer(
                        .tenant(.artifacts(.names(ids)), caller)
                    )
                else { throw WrongAnswer() }
                return value
            },
            change: Changes(
                create: {
                    try artifact(
                        try await answer(
                            .tenant(.artifacts(.create($0, idempotencyKey: $1)), $2)
                        )
                    )
                },
                update: {
                    try artifact(
                        try await answer(.tenant(.artifacts(.update($0, $1, version: $2)), $3))
                    )
                },
                delete: {
                    _ = try await answer(
                        .tenant(.artifacts(.delete($0, version: $1, reason: $2)), $3)
                    )
                },
                restore: {
                    try artifact(try await answer(.tenant(.artifacts(.restore($0)), $1)))
                }
            )
        )
    }
}

extension GrantClient {
    fileprivate static func answering(_ answer: @escaping ConsoleClient.Answering) -> GrantClient {
        GrantClient(
            list: { user, page, caller in
                guard
                    case .grants(let value) = try await answer(
                        .tenant(.grants(.list(of: user, page)), caller)
                    )
                else { throw WrongAnswer() }
                return value
            },
            give: { id, permissions, user, caller in
                guard
                    case .grant(let value) = try await answer(
                        .tenant(.grants(.give(id, permissions, to: user)), caller)
                    )
                else { throw WrongAnswer() }
                return value
            },
            take: { _ = try await answer(.tenant(.grants(.take($0, from: $1)), $2)) }
        )
    }
}

extension AIClient {
    fileprivate static func answering(_ answer: @escaping ConsoleClient.Answering) -> AIClient {
        AIClient(
            budgets: { caller in
                guard case .budgets(let value) = try await answer(.tenant(.budgets, caller))
                else { throw WrongAnswer() }
                return value
            },
            usage: { grouping, from, to, caller in
                guard
                    case .usage(let value) = try await answer(
                        .tenant(.usage(grouping, from: from, to: to), caller)
                    )
                else { throw WrongAnswer() }
                return value
            }
        )
    }
}

private func issuedKey(_ answer: ConsoleAnswer) throws -> IssuedAPIKey {
    guard case .issuedKey(let value) = answer else { throw WrongAnswer() }
    return value
}

private func key(_ answer: ConsoleAnswer) throws -> APIKey {
    guard case .key(let value) = answer else { throw WrongAnswer() }
    return value
}

extension KeyClient {
    fileprivate static func answering(_ answer: @escaping ConsoleClient.Answering) -> KeyClient {
        KeyClient(
            list: { page, caller in
                guard case .keys(let value) = try await answer(.tenant(.keys(.list(page)), caller))
                else { throw WrongAnswer() }
                return value
            },
            create: {
                try issuedKey(try await answer(.tenant(.keys(.create($0, scopes: $1)), $2)))
            },
            change: {
                try key(try await answer(.tenant(.keys(.change($0, $1, version: $2)), $3)))
            },
            rotate: {
                try issuedKey(try await answer(.tenant(.keys(.rotate($0, overlap: $1)), $2)))
            },
            revoke: { try key(try await answer(.tenant(.keys(.revoke($0, reason: $1)), $2))) }
        )
    }
}

extension AuditClient {
    fileprivate static func answering(_ answer: @escaping ConsoleClient.Answering) -> AuditClient {
        AuditClient(
            tenant: { request, caller, progress in
                if request == .verify { progress(Headway(1, of: 2)) }
                return try await answer(.tenant(.audit(request), caller))
            },
            platform: { request, caller, progress in
                if request == .verify { progress(Headway(1, of: 2)) }
                return try await answer(.platform(.audit(request), caller))
            }
        )
    }
}

extension PrivacyClient {
    fileprivate static func answering(_ answer: @escaping ConsoleClient.Answering) -> PrivacyClient
    {
        PrivacyClient(
            perform: { request, caller in
                guard
                    case .privacy(let value) = try await answer(.tenant(.privacy(request), caller))
                else { throw WrongAnswer() }
                return value
            },
            platform: { request, caller in
                guard
                    case .privacy(let value) = try await answer(
                        .platform(.personal(request), caller)
                    )
                else { throw WrongAnswer() }
                return value
            }
        )
    }
}
