import Console
import Domain
import Foundation
import Operations

extension PeopleClient {
    init(desk: ConsoleDesk) {
        self.init(
            perform: { try await desk.perform($0, by: $1) },
            stays: { isLive, page, caller in
                try await ListSupportSessions(try await desk.open())(
                    tenant: nil,
                    isLive: isLive,
                    page: page,
                    by: caller
                )
            },
            consents: { try await desk.perform($0, by: $1) }
        )
    }
}

extension OwnProfile {
    fileprivate init(_ me: Me) {
        self.init(
            name: me.user.name,
            timeZone: me.timeZone,
            zone: me.timeZone.flatMap { name in
                TimeZone(identifier: name).map { Zone($0, identifier: name) }
            },
            version: me.version
        )
    }
}

extension ConsoleDesk {
    fileprivate func perform(
        _ request: PeopleRequest,
        by caller: Caller
    ) async throws -> PeopleAnswer {
        switch request {
        case .list(let filter, let page):
            .accounts(try await ListUsers(try await open())(filter, page: page, by: caller))
        case .find(let user): .detail(try await FindUser(try await open())(user, by: caller))
        case .sessions(let user, let page):
            .sessions(
                try await ListUserSessions(try await open())(of: user, page: page, by: caller)
            )
        case .attempts(let address, let page):
            .attempts(
                try await ListSignInAttempts(try await open())(
                    of: .address(address),
                    page: page,
                    by: caller
                )
            )
        case .own: .own(OwnProfile(try await ShowMe(try await open())(by: caller)))
        case .changeOwn(let edit, let version):
            .own(
                OwnProfile(
                    try await UpdateMe(try await open())(edit, version: version, by: caller)
                )
            )
        case .zones: .zones(try await ListTimeZones(try await open())(by: caller))
        case .grants(let endedToo, let page):
            .grants(
                try await ListPlatformRoles(try await open())(
                    endedToo: endedToo,
                    page: page,
                    by: caller
                )
            )
        default: try await change { try await Self.change(request, by: caller, in: $0) }
        }
    }

    private static func change(
        _ request: PeopleRequest,
        by caller: Caller,
        in environment: Operations.Environment
    ) async throws -> PeopleAnswer {
        switch request {
        case .update(let user, let edit, let version):
            return .account(
                try await UpdateUser(environment)(user, edit, version: version, by: caller)
            )
        case .disable(let user, let reason):
            return .account(
                try await DisableUser(environment)(user, reason: reason, by: caller)
            )
        case .enable(let user, let reason):
            return .account(
                try await EnableUser(environment)(user, reason: reason, by: caller)
            )
        case .endSessions(let user, let reason):
            return .ended(
                try await RevokeUserSessions(environment)(user, reason: reason, by: caller)
            )
        case .grant(let wanted, let name):
            let user = try await ResolveUser(environment)(name, by: caller)
            return .grant(
                try await GrantPlatformRole(environment)(wanted, to: user, by: caller)
            )
        case .revoke(let role, let user, let reason):
            let revoke = RevokePlatformRole(environment)
            try await revoke(role, of: user, reason: reason, by: caller)
            return .done
        case .list, .find, .sessions, .attempts, .grants, .own, .changeOwn, .zones:
            return .done
        }
    }

    fileprivate func perform(
        _ request: ConsentRequests,
        by caller: TenantCaller
    ) async throws -> PeopleAnswer {
        switch request {
        case .stays(let isLive, let page):
            .stays(
                try await ListTenantSupportSessions(try await open())(
                    isLive: isLive,
                    page: page,
                    by: caller
                )
            )
        case .list(let page):
            .consents(try await ListSupportConsents(try await open())(page: page, by: caller))
        case .give(let wanted):
            try await change { .given(try await CreateSupportConsent($0)(wanted, by: caller)) }
        case .revoke(let id):
            try await change {
                try await RevokeSupportConsent($0)(id, by: caller)
                return .done
            }
        case .standing(let isOn):
            try await change {
                .tenant(try await ChangeSettings($0)(writeConsent: isOn, by: caller))
            }
        }
    }
}
