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
    private let token: SessionToken?

    init(owner: SessionOwner, tenant: TenantID?, kind: Session.Kind, now: Instant) {
        id = SessionID(Random.uuidV7(now: now.microseconds))
        self.owner = owner
        self.tenant = tenant
        self.kind = kind
        expiresAt = now.advanced(by: Self.life(kind))
        token = kind == .api ? nil : SessionToken(session: id)
    }

    /// An API session outlives its first token; people at terminals sign in once a working day.
    private static func life(_ kind: Session.Kind) -> Duration {
        switch kind {
        case .api: .seconds(3_600)
        case .shell, .console: .seconds(12 * 3_600)
        }
    }

    func row(_ client: ClientInfo) -> NewSession {
        NewSession(
            session: Session(
                id: id,
                user: owner.user,
                kind: kind,
                tenant: tenant,
                expiresAt: expiresAt
            ),
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
            sessionToken: nil
        )
    }
}
