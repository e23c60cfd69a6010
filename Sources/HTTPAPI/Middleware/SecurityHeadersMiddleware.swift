import HTTPTypes
import Hummingbird

/// Puts the headers on each answer that tell browsers to take no liberties.
struct SecurityHeadersMiddleware: RouterMiddleware {
    typealias Context = APIContext

    static let headers: [(HTTPField.Name, String)] = [
        (.named("X-Content-Type-Options"), "nosniff"),
        (.named("X-Frame-Options"), "DENY"),
        (.named("X-XSS-Protection"), "1; mode=block"),
        (.strictTransportSecurity, "max-age=31536000; includeSubDomains"),
        (
            .contentSecurityPolicy,
            "default-src 'self'; script-src 'self' 'unsafe-inline'"
        ),
        (.named("Referrer-Policy"), "strict-origin-when-cross-origin"),
        (.cacheControl, "no-store"),
    ]

    func handle(
        _ request: Request,
        context: APIContext,
        next: @concurrent (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        for (name, value) in Self.headers {
            // What is public may be kept: the route says so itself.
            if name == .cacheControl, response.headers[name] != nil { continue }
            response.headers[name] = value
        }
        return response
    }
}
