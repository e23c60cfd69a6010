package import Domain
import FoundationEssentials
import Sealing
import Storage

/// What is known of the machine that signs in.
package struct ClientInfo: Hashable, Sendable {
    package var userAgent: String?
    /// An IPv4 or IPv6 address without a port.
    package var ip: String?
    /// What an earlier sign-in gave to the device; a secret.
    package var device: String?

    package init(userAgent: String?, ip: String?, device: String? = nil) {
        self.userAgent = userAgent
        self.ip = ip
        self.device = device
    }
}

/// A session that has begun, and the token that proves it: a JWT for the API, an opaque one for a
/// shell or a console.
package struct SignedIn: Sendable {
    package let identity: Identity
    package let accessToken: String?
    package let accessTokenExpiresAt: Instant?
    package let sessionToken: String?
    /// Only of a session of the API.
    package var refresh: IssuedRefresh?
    /// Where it goes.
    package var refreshPlace = RefreshPlace.cookie
    /// What the device should keep and bring along next time; nil when it has such a token.
    package var deviceToken: String?
}

/// A session in the making.
struct SessionOpening: Sendable {
    let id: SessionID
    let owner: SessionOwner
    let tenant: TenantID?
    let kind: Session.Kind
    let expiresAt: Instant
    private let limits: SessionLimits
    private let token: SessionToken?
    private let refresh: RefreshToken?

    init(owner: SessionOwner, tenant: TenantID?, kind: Session.Kind, now: Instant) {
        id = SessionID(Random.uuidV7(now: now.microseconds))
        self.owner = owner
        self.tenant = tenant
        self.kind = kind
        let life = Self.life(kind)
        expiresAt = now.advanced(by: life.idle)
        limits = SessionLimits(
            endsAt: now.advanced(by: life.most),
            idleSeconds: life.idle.components.seconds
        )
        token = kind == .api ? nil : SessionToken(session: id)
        refresh = kind == .api ? RefreshToken() : nil
    }

    /// How long a session lives without use, and at most.
    ///
    /// An API session lives as long as its refresh tokens follow each
    /// other, 30 days at most; people at terminals sign in once a working day.
    private static func life(_ kind: Session.Kind) -> (idle: Duration, most: Duration) {
        switch kind {
        case .api: (.seconds(7 * 86_400), .seconds(30 * 86_400))
        case .shell, .console: (.seconds(4 * 3_600), .seconds(12 * 3_600))
        }
    }

    /// What the session needs in the database, the session itself first.
    func statements(_ client: ClientInfo) -> [Statement] {
        let session = SessionStore.insert(row(client))
        guard let refresh else { return [session] }
        let first = NewRefreshToken(
            hash: refresh.hash,
            family: id.uuid,
            session: id,
            expiresAt: expiresAt
        )
        return [session, RefreshTokenStore.insert(first)]
    }

    private func row(_ client: ClientInfo) -> NewSession {
        NewSession(
            session: Session(
                id: id,
                user: owner.user,
                kind: kind,
                tenant: tenant,
                expiresAt: expiresAt
            ),
            limits: limits,
            tokenHash: token?.hash,
            userAgent: client.userAgent.map { String($0.prefix(256)) },
            ip: client.ip
        )
    }

    func signedIn(by tokens: TokenIssuer) async throws -> SignedIn {
        let identity = Identity(
            user: owner.user,
            session: id,
            email: owner.email,
            name: owner.name,
            platformRole: owner.platformRole,
            tenant: tenant,
            expiresAt: expiresAt
        )
        guard kind == .api else {
            return SignedIn(
                identity: identity,
                accessToken: nil,
                accessTokenExpiresAt: nil,
                sessionToken: token?.text
            )
        }
        let access = try await tokens.issue(identity, role: owner.platformRole?.rawValue)
        return SignedIn(
            identity: identity,
            accessToken: access.text,
            accessTokenExpiresAt: access.expiresAt,
            sessionToken: nil,
            refresh: refresh.map { IssuedRefresh(text: $0.text, expiresAt: expiresAt) }
        )
    }
}
