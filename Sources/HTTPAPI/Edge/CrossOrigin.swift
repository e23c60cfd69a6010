import HTTPTypes
import Hummingbird

// DESIGN
//
// 1. Nobody is let in unless the setting names them; a `*` does not exist here.
// 2. An answer that depends on the Origin says so (`Vary`), also to those who are not let in.
// 3. A preflight is answered for addresses that exist, and only to those who are let in; to
//    others it is a method that is not possible.

/// Lets pages of other origins read answers, when the setting names them (Fetch Standard, CORS).
struct CrossOrigin: Sendable {
    let allowed: Set<String>
    let table: RouteTable

    private static let requestHeaders = """
        Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, X-Request-Id, \
        X-Support-Session, X-Visitor-Token, X-Workspace-Id
        """
    private static let answerHeaders = """
        ETag, Idempotent-Replayed, RateLimit, RateLimit-Policy, Retry-After, X-AI-Cache, \
        X-AI-Request-Id, X-Request-Id
        """

    /// The answer to a question whether a request would be let in.
    func preflight(_ request: Request) -> Response? {
        guard request.method == .options, origin(of: request) != nil,
            request.headers.contains(.accessControlRequestMethod)
        else { return nil }
        let methods = table.methods(at: request.uri.path)
        return methods.isEmpty ? nil : Self.preflight(methods)
    }

    /// Says in an answer who may read it.
    func admit(_ request: Request, to response: inout Response) {
        guard !allowed.isEmpty else { return }
        if let origin = origin(of: request) {
            response.headers[.accessControlAllowOrigin] = origin
            response.headers[.accessControlAllowCredentials] = "true"
            response.headers[.accessControlExposeHeaders] = Self.answerHeaders
        }
        let vary = response.headers[.vary].map { "\($0), Origin" } ?? "Origin"
        response.headers[.vary] = vary
    }

    /// The request's origin when it is one that is let in.
    private func origin(of request: Request) -> String? {
        guard !allowed.isEmpty else { return nil }
        let origins = request.headers[values: .origin]
        return origins.count == 1 && allowed.contains(origins[0]) ? origins[0] : nil
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
}
