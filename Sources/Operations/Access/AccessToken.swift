package import Domain

/// A JWT and how long it is good for.
package struct AccessToken: Hashable, Sendable {
    package let text: String
    package let expiresAt: Instant
}

/// What a checked access token says of its bearer.
package struct AccessTokenClaims: Hashable, Sendable {
    package var user: UserID
    package var session: SessionID
    package var tenant: TenantID?
    package var expiresAt: Instant

    package init(user: UserID, session: SessionID, tenant: TenantID?, expiresAt: Instant) {
        self.user = user
        self.session = session
        self.tenant = tenant
        self.expiresAt = expiresAt
    }

    /// The bearer as a caller of use cases.
    package func caller(requestID: String) -> Caller {
        Caller(user: user, session: session, requestID: requestID)
    }
}
