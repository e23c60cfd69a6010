package import Domain

/// Work on people and their roles on the platform.
package enum PeopleRequest: Hashable, Sendable {
    case list(AccountFilter, PageRequest)
    case find(UserID)
    case sessions(UserID, PageRequest)
    /// Failed tries to sign in with an address, whether or not somebody has it.
    case attempts(EmailAddress, PageRequest)
    case update(UserID, AccountEdit, version: Int64)
    /// Who sits at the console.
    case own
    case changeOwn(AccountEdit, version: Int64)
    /// All zones that can be chosen.
    case zones
    case disable(UserID, reason: String)
    case enable(UserID, reason: String)
    case endSessions(UserID, reason: String)
    case grants(endedToo: Bool, PageRequest)
    /// To the person of a mail address or an id.
    case grant(NewPlatformGrant, to: String)
    case revoke(PlatformRole, of: UserID, reason: String)

    var writes: Bool {
        switch self {
        case .list, .find, .sessions, .attempts, .grants, .own, .zones: false
        default: true
        }
    }

    /// Whether the console must be one that may write; for what is one's own it need not.
    var needsElevation: Bool {
        if case .changeOwn = self { false } else { writes }
    }
}

/// What the person at the console may change about themselves.
package struct OwnProfile: Hashable, Sendable {
    package var name: String
    package var timeZone: String?
    /// The same as the console shows times; nil where there is none, or this machine knows none.
    package var zone: Zone?
    package var version: Int64

    package init(name: String, timeZone: String?, zone: Zone?, version: Int64) {
        self.name = name
        self.timeZone = timeZone
        self.zone = zone
        self.version = version
    }
}

/// What a tenant decides and sees about operators inside it.
package enum ConsentRequests: Hashable, Sendable {
    case stays(isLive: Bool?, PageRequest)
    case list(PageRequest)
    case give(ConsentRequest)
    case revoke(SupportConsentID)
    /// Whether super-admins may write until further notice.
    case standing(Bool)

    var writes: Bool {
        switch self {
        case .stays, .list: false
        default: true
        }
    }
}

/// What came of work on people or on consents.
package enum PeopleAnswer: Sendable {
    case accounts(Page<Account>)
    case account(Account)
    case own(OwnProfile)
    case zones([TimeZoneChoice])
    case detail(AccountDetail)
    case sessions(Page<AccountSession>)
    case attempts(Page<SignInAttempts>)
    case ended(Int)
    case grants(Page<PlatformGrant>)
    case grant(PlatformGrant)
    case stays(Page<SupportSession>)
    case consents(Page<SupportConsent>)
    case given(GivenConsent)
    case tenant(Tenant)
    case done
}

/// People across tenants; the requests are values, so one closure takes them all.
package struct PeopleClient: Sendable {
    package var perform: @Sendable (PeopleRequest, Caller) async throws -> PeopleAnswer
    /// All operators' stays, running or over.
    package var stays:
        @Sendable (_ isLive: Bool?, PageRequest, Caller) async throws -> Page<SupportSession>
    /// The same and the consents behind them, as the tenant's own people see them.
    package var consents: @Sendable (ConsentRequests, TenantCaller) async throws -> PeopleAnswer

    package init(
        perform: @escaping @Sendable (PeopleRequest, Caller) async throws -> PeopleAnswer,
        stays:
            @escaping @Sendable (_ isLive: Bool?, PageRequest, Caller) async throws ->
            Page<SupportSession>,
        consents:
            @escaping @Sendable (ConsentRequests, TenantCaller) async throws -> PeopleAnswer
    ) {
        self.perform = perform
        self.stays = stays
        self.consents = consents
    }
}
