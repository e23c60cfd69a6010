import HTTPTypes
import Hummingbird

// DESIGN
//
// 1. Nobody is let in unless the setting names them; a `*` does not exist here.
// 2. An answer that depends on the Origin says so (`Vary`), also to those who are not let in.
// 3. A preflight is answered for addresses that exist, and only to those who are let in; to
//    others it is a method that is not possible.

/// Lets pages of other origins read answers, when the setting names them.
struct CORSMiddleware: RouterMiddleware {
    typealias Context = APIContext

    let allowed: Set<String>
    let table: RouteTable

    private static let requestHeaders = """
        Authorization, Content-Type, Idempotency-Key, If-Match, X-Request-Id, X-Support-Session, \
        X-Visitor-Token, X-Workspace-Id
        """
    private static let answerHeaders = """
        ETag, Idempotent-Replayed, RateLimit, RateLimit-Policy, Retry-After, X-AI-Cache, \
        X-AI-Request-Id, X-Request-Id
        """

    func handle(
        _ request: Request,
        context: APIContext,
        next: @concurrent (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        guard !allowed.isEmpty else { return try await next(request, context) }
        let origins = request.headers[values: .origin]
        guard origins.count == 1, allowed.contains(origins[0]) else {
            return Self.varied(try await next(request, context))
        }
        let methods = table.methods(at: request.uri.path)
        let isPreflight =
            request.method == .options && !methods.isEmpty
            && request.headers[.accessControlRequestMethod] != nil
        var response =
            isPreflight
            ? Self.preflight(methods) : try await next(request, context)
        response.headers[.accessControlAllowOrigin] = origins[0]
        response.headers[.accessControlAllowCredentials] = "true"
        response.headers[.accessControlExposeHeaders] = Self.answerHeaders
        return Self.varied(response)
    }

    private static func preflight(_ methods: [HTTPRequest.Method]) -> Response {
        Response(
            status: .noContent,
            headers: [
                .accessControlAllowMethods: methods.map(\.rawValue).joined(separator: ", "),
                .accessControlAllowHeaders: requestHeaders, .accessControlMaxAge: "600",
            ]
        )
    }

    private static func varied(_ response: Response) -> Response {
        var response = response
        let vary = response.headers[.vary].map { "\($0), Origin" } ?? "Origin"
        response.headers[.vary] = vary
        return response
    }
}
