import Domain
import FoundationEssentials
import Sealing
import Storage

/// Stands for a password that was right, until the second factor is shown: sealed, so that nobody
/// else can make or read one, good for some minutes, and for one session.
struct SecondFactorToken: Codable, Sendable {
    enum Purpose: String, Codable, Sendable {
        /// A code is asked for.
        case verify
        /// An operator must set a factor up first.
        case enrol
    }

    /// Under which its use is noted.
    let id: String
    let user: String
    let purpose: Purpose
    let kind: String
    let workspace: String?
    /// Where the refresh token of the session is to go.
    let refresh: String
    /// What a right code ends; nil when no password was asked for.
    let pending: PendingSignIn?
    /// The person's row as it was: a changed password ends the token.
    let version: Int64
    let expiresAt: Int64

    static let life = Duration.seconds(300)
    private static let longest = 2_048
    private static let place: SealingContext = ["second_factor", "token"]

    func sealed(by sealer: Sealer) throws -> String {
        let bytes = Array(try JSONEncoder().encode(self))
        return Base64URL.encode(
            try sealer.seal(SecretBytes(copying: bytes), context: Self.place).bytes
        )
    }

    /// - Throws: `mfa_invalid` for one that is not ours, is over, or is for something else.
    init(
        _ text: String,
        for purpose: Purpose,
        sealer: Sealer,
        now: Instant
    ) throws(DomainError) {
        guard text.utf8.count <= Self.longest, let bytes = Base64URL.decode(text),
            let sealed = try? Sealed(parsing: bytes),
            let opened = try? sealer.open(sealed, context: Self.place),
            let token = opened.withUnsafeBytes({ bytes in
                try? JSONDecoder().decode(SecondFactorToken.self, from: Data(bytes))
            }),
            token.purpose == purpose, now.seconds < token.expiresAt
        else { throw SecondFactorRefusals.token }
        self = token
    }

    init(
        _ user: UserID,
        _ purpose: Purpose,
        _ request: SessionRequest,
        pending: PendingSignIn?,
        version: Int64,
        now: Instant
    ) {
        id = Base64URL.encode(Random.bytes(16))
        self.user = user.description
        self.purpose = purpose
        kind = request.kind.rawValue
        workspace = request.workspace
        refresh = request.refresh.rawValue
        self.pending = pending
        self.version = version
        expiresAt = now.advanced(by: Self.life).seconds
    }

    /// The sign-in that goes on with a code.
    func proven(
        _ client: ClientInfo,
        requestID: String,
        sealer: Sealer
    ) throws(DomainError) -> ProvenPerson {
        guard let user = UserID(user), let kind = Session.Kind(rawValue: kind),
            let refresh = RefreshPlace(rawValue: refresh)
        else { throw SecondFactorRefusals.token }
        let success = pending.map { pending in
            SignInSuccess(
                pending,
                device: DeviceToken(parsing: client.device, sealer),
                isLocal: kind != .api,
                user: user,
                sealer
            )
        }
        let request = SessionRequest(
            kind: kind,
            workspace: workspace,
            client: client,
            requestID: requestID,
            refresh: refresh
        )
        return ProvenPerson(user: user, request: request, success: success, use: use)
    }

    /// That it opens its session now.
    var use: SecondFactorUse {
        SecondFactorUse(
            tokenHash: Digest.sha256(id),
            expiresAt: Instant(seconds: expiresAt)
        )
    }
}

/// The one session that a token opens.
struct SecondFactorUse: Sendable {
    let tokenHash: [UInt8]
    let expiresAt: Instant

    /// Takes it, in the transaction in which the code was right: of several at once one does.
    ///
    /// - Throws: `mfa_invalid` when it was taken before; nothing of the transaction stays then.
    func take(by user: UserID, in scope: Scope) throws {
        let statement = SecondFactorStore.use(
            token: tokenHash,
            of: user,
            expiresAt: expiresAt
        )
        guard try scope.change(statement) == 1 else { throw SecondFactorRefusals.token }
    }
}

/// Somebody whose password, or whose issuer, was believed, and who shows a code now.
struct ProvenPerson: Sendable {
    let user: UserID
    /// The session that was asked for.
    let request: SessionRequest
    /// What becomes of the try that was counted.
    let success: SignInSuccess?
    /// What the code is to take up with it.
    let use: SecondFactorUse

    /// Opens the session that the code was missing for.
    func open(_ environment: Environment, proof: SignInProof) async throws -> SignedIn {
        var signedIn = try await OpenSession(environment)(for: user, request, proof: proof) {
            scope in
            try success?.statements(in: scope) ?? []
        }
        signedIn.deviceToken = success?.newDeviceToken
        return signedIn
    }
}

/// What is told to somebody whose second factor is missing or wrong.
enum SecondFactorRefusals {
    static let token = DomainError(
        .unauthenticated,
        .mfaInvalid,
        "This sign-in is over.",
        hint: "Sign in again."
    )
    static let code = DomainError(
        .unauthenticated,
        .mfaInvalid,
        "The code is wrong, or it was used already.",
        hint: "Wait for the next code of your app, or use a recovery code."
    )
    static let none = DomainError(
        .conflict,
        .mfaConflict,
        "No second factor is set up.",
        hint: "Set one up first."
    )
    static let present = DomainError(
        .conflict,
        .mfaConflict,
        "A second factor is set up already.",
        hint: "Remove it first; that takes one of its codes."
    )

    static func locked(until: Instant, now: Instant) -> DomainError {
        DomainError(
            .limited(retryAfter: now.duration(to: until)),
            .rateLimited,
            "Too many wrong codes were given.",
            hint: "Wait a little; a recovery code does not help before."
        )
    }
}
