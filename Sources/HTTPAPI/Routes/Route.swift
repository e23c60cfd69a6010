import Domain
import HTTPTypes

/// One address of the API: what it takes, who may ask, what it answers, and the code behind it.
///
/// The router and the OpenAPI document are both made from these values, so neither can know
/// something that the other does not.
struct Route: Sendable {
    let method: HTTPRequest.Method
    /// With parameters in braces: `/api/v1/artifacts/{id}`.
    var path: String
    var about: About
    let access: RouteAccess
    var input: Input
    let output: Output
    let handler: @Sendable (Exchange) async throws -> Answer

    /// For readers of documents and logs.
    struct About: Sendable {
        /// `artifact.create`: the operation in logs and documents.
        var operation: String
        let summary: String
        let tag: String
    }

    /// What the client sends.
    struct Input: Sendable {
        var query: [QueryParameter] = []
        /// For an address that others call: they add parameters of their own.
        var ignoresOtherQuery = false
        var headers: [HeaderParameter] = []
        var body: BodyShape?
    }

    /// What the client gets.
    struct Output: Sendable {
        var status: HTTPResponse.Status = .ok
        /// Nil for an answer without a body.
        var schema: Schema?
        var mediaType = "application/json"
        /// What the same address answers with when it is asked to.
        var otherMediaTypes: [String] = []
        /// Codes besides the ones that every route may answer with.
        var errors: [DomainError.Code] = []
        /// Nil for the server's own.
        var deadline: Duration?
        /// How errors look.
        var problems = ProblemShape.own

        /// What the client gets who made something.
        static func created(_ schema: String, errors: [DomainError.Code]) -> Output {
            Output(status: .created, schema: .named(schema), errors: errors)
        }
    }

    init(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ about: About,
        access: RouteAccess,
        input: Input = Input(),
        output: Output,
        handler: @escaping @Sendable (Exchange) async throws -> Answer
    ) {
        self.method = method
        self.path = path
        self.about = about
        self.access = access
        self.input = input
        self.output = output
        self.handler = handler
    }

    /// The names in braces, in their order.
    var parameters: [String] {
        path.split(separator: "/").filter { $0.hasPrefix("{") }.map {
            String($0.dropFirst().dropLast())
        }
    }
}

/// Who may ask.
///
/// The use case behind the route checks it; documents and tests read it here.
enum RouteAccess: Hashable, Sendable {
    case everyone
    /// Somebody who looks at a storefront; the route has limits of its own.
    case visitor
    /// A signed-in person, about what is their own.
    case person
    /// Somebody who holds the permission in the workspace.
    case workspace(Permission)
    /// An operator who holds the permission on the platform.
    case platform(Permission)

    var needsToken: Bool { self != .everyone && self != .visitor }

    /// Whether an API key may be used.
    var takesKeys: Bool {
        if case .workspace(let permission) = self { permission.isForKeys } else { false }
    }
}

/// A header that means something to a route.
struct HeaderParameter: Hashable, Sendable {
    let name: String
    let isRequired: Bool
    let note: String

    static let ifMatch = HeaderParameter(
        name: "If-Match",
        isRequired: true,
        note: "The ETag of the version that is to be changed; `*` for any."
    )
    static let ifMatchOptional = HeaderParameter(
        name: "If-Match",
        isRequired: false,
        note: "The ETag of the version that is to be changed."
    )
    static let apiKey = HeaderParameter(
        name: "X-Api-Key",
        isRequired: false,
        note: "The credential, where there is no `Authorization`."
    )
    static let idempotencyKey = HeaderParameter(
        name: "Idempotency-Key",
        isRequired: false,
        note: "Repeating a request with the same key and body changes nothing a second time; a key "
            + "that was sent with another request is refused."
    )
}
