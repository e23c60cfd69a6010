import Domain
import HTTPTypes
import Hummingbird

/// Finds the client behind our own proxies; not there when there are none, and then
/// `X-Forwarded-For` says nothing.
struct ClientAddressMiddleware: RouterMiddleware {
    typealias Context = APIContext

    let proxies: TrustedProxies

    func handle(
        _ request: Request,
        context: APIContext,
        next: @concurrent (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        context.clientAddress = proxies.client(
            peer: context.clientAddress,
            forwarded: request.headers[values: .forwardedFor]
        )
        return try await next(request, context)
    }
}
