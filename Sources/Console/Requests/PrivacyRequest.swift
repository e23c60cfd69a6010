package import Domain

/// Work on the personal data of a tenant's people.
package enum PrivacyRequest: Hashable, Sendable {
    case requests(PageRequest)
    case ask(DataRequest.Kind, of: UserID)
    /// Carries out an erasure that a member asked for.
    case approve(DataRequestID)
    /// Copies the file of a finished copy to where the console was started.
    case save(DataRequestID)
    case holds(PageRequest)
    /// On somebody by mail address or id; nil for everybody.
    case hold(String?, reason: String)
    case release(LegalHoldID)

    var writes: Bool {
        switch self {
        case .requests, .holds, .save: false
        case .ask, .approve, .hold, .release: true
        }
    }
}

/// Work on everything that the platform has about one person.
package enum PersonalDataRequest: Hashable, Sendable {
    case copies(UserID, PageRequest)
    case ask(UserID, reason: String)
    case save(DataRequestID)
    case erase(UserID, reason: String)

    var writes: Bool {
        switch self {
        case .copies, .save: false
        case .ask, .erase: true
        }
    }
}

/// What came of work on personal data.
package enum PrivacyAnswer: Sendable {
    case requests(Page<DataRequest>)
    case request(DataRequest)
    case holds(Page<LegalHold>)
    case hold(LegalHold)
    case released
    case erased
    /// The file that a copy was written to.
    case saved(String)
}

/// Personal data; the requests are values, so one closure takes all of a kind.
package struct PrivacyClient: Sendable {
    package var perform: @Sendable (PrivacyRequest, TenantCaller) async throws -> PrivacyAnswer
    package var platform: @Sendable (PersonalDataRequest, Caller) async throws -> PrivacyAnswer

    package init(
        perform: @escaping @Sendable (PrivacyRequest, TenantCaller) async throws -> PrivacyAnswer,
        platform: @escaping @Sendable (PersonalDataRequest, Caller) async throws -> PrivacyAnswer
    ) {
        self.perform = perform
        self.platform = platform
    }
}
