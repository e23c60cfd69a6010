import Domain
import HTTPTypes
import NIOCore
import Operations

/// One checked request, as a route's code sees it.
struct Exchange: Sendable {
    /// The route's.
    let operation: String
    let services: APIServices
    let context: APIContext
    let credential: Credential
    let head: HTTPRequest
    let query: Query
    let body: BodyFields
    let pathValues: [String: String]

    var environment: Operations.Environment { services.environment }
}

/// What all routes work with; shared, because each request holds it several times.
final class APIServices: Sendable {
    let environment: Operations.Environment
    let configuration: APIConfiguration
    let readiness: @Sendable () async -> Readiness
    /// Made once: it is large and the same for everybody, also while many are sent it.
    let openAPI: ByteBuffer
    let supportSessions = KnownSupportSessions()
    let rates: RateGate
    let shutdown = ShutdownFlag()

    init(
        environment: Operations.Environment,
        configuration: APIConfiguration,
        readiness: @escaping @Sendable () async -> Readiness
    ) {
        self.environment = environment
        self.configuration = configuration
        self.readiness = readiness
        rates = RateGate(configuration.rates)
        openAPI = ByteBuffer(string: APIServer.openAPI(version: configuration.version))
    }
}

extension Exchange {
    /// The signed-in person.
    func caller() throws(DomainError) -> Caller {
        switch credential {
        case .none: throw .noToken
        case .token(let claims): return claims.caller(requestID: context.requestID)
        case .key: throw .noKeysHere
        }
    }

    /// The value of a path parameter.
    func pathValue(_ name: String) -> String { pathValues[name] ?? "" }

    /// An id in the path; what is no UUID names nothing.
    func pathID<Entity>(
        _ name: String,
        noun: String,
        of _: Entity.Type = Entity.self
    ) throws(DomainError) -> Identifier<Entity> {
        let text = pathValue(name)
        guard let id = Identifier<Entity>(text) else {
            throw .notFound(noun, String(text.prefix(100)))
        }
        return id
    }

    /// The version that `If-Match` names; nil for `*` and when it is absent.
    func expectedVersion() throws(DomainError) -> Int64? {
        guard let text = head.headerFields[.ifMatch], text != "*" else { return nil }
        guard text.hasPrefix("\"v"), text.hasSuffix("\""),
            let version = Int64(text.dropFirst(2).dropLast()), text == "\"v\(version)\""
        else {
            throw DomainError(
                .precondition,
                .versionConflict,
                "If-Match does not name a version of this object.",
                hint: "Send the ETag of the answer to GET."
            )
        }
        return version
    }

    /// As `expectedVersion`, where a change without `If-Match` is refused.
    func requiredMatch() throws(DomainError) -> Int64? {
        guard head.headerFields[.ifMatch] != nil else {
            throw DomainError(
                .preconditionRequired,
                .versionRequired,
                "If-Match is required, so that no change of somebody else is lost.",
                hint: "Send the ETag of the answer to GET, or * to change any version."
            )
        }
        return try expectedVersion()
    }

    func idempotencyKey() throws(DomainError) -> IdempotencyKey? {
        guard let key = head.headerFields[.idempotencyKey] else { return nil }
        guard (1...255).contains(key.utf8.count) else {
            throw .invalid("Idempotency-Key", "must have 1 to 255 characters")
        }
        return IdempotencyKey(key, of: operation)
    }
}

/// What a client proved itself with.
enum Credential: Sendable {
    case none
    case token(AccessTokenClaims)
    /// Known to be a key; the guard says whether it is let in.
    case key(PresentedAPIKey)

    /// Who asks, or for whom a key does.
    var user: UserID? {
        switch self {
        case .none: nil
        case .token(let claims): claims.user
        case .key(let key): key.user
        }
    }
}

extension DomainError {
    static let noKeysHere = DomainError.forbidden(
        .permissionDenied,
        "This address does not take API keys."
    )

    static let noToken = DomainError(
        .unauthenticated,
        .unauthenticated,
        "This address needs an access token.",
        hint: "POST /api/v1/auth/login gives one; send it as Authorization: Bearer."
    )

    /// In the very words of the database's guard: a workspace that is not one's own and one that
    /// does not exist look the same.
    static let tenantAccessDenied = DomainError.forbidden(
        .tenantAccessDenied,
        "You do not have access to this workspace."
    )
}
