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

    private static let fields = headers.map { HTTPField(name: $0, value: $1) }

    func handle(
        _ request: Request,
        context: APIContext,
        next: @concurrent (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        // What is public may be kept: the route says so itself. The others are only set here.
        let isKept = response.headers[.cacheControl] != nil
        for field in Self.fields where !isKept || field.name != .cacheControl {
            response.headers.append(field)
        }
        return response
    }
}
