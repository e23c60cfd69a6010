import Domain
import HTTPTypes
import Hummingbird

// DESIGN
//
// One middleware instead of seven: each would cost every request two hops between executors and a
// copy of its context, and none of them waits for anything.
//
// 1. From the outside in: id, client, log and metrics, headers, other origins, the address's limit,
//    the form of the request, errors, the route. What is answered further out never reaches what is
//    further in.
// 2. Errors have become answers before anything is written about them; only a cancelled connection
//    leaves without one.

/// What stands around each route.
struct EdgeMiddleware: RouterMiddleware {
    typealias Context = APIContext

    let proxies: TrustedProxies
    let accessLog: AccessLog
    let crossOrigin: CrossOrigin
    let addressLimit: AddressLimit
    let problems: RouteProblems

    func handle(
        _ request: Request,
        context: APIContext,
        next: @concurrent (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        context.requestID = RequestIdentifier.choose(request.headers[.requestID])
        context.clientAddress = client(of: request, context)
        let start = accessLog.begin()
        defer { accessLog.end() }
        var response: Response
        let refused =
            crossOrigin.preflight(request) ?? addressLimit.refusal(request, context)
            ?? problems.refusal(request, context)
        if let refused {
            response = refused
        } else {
            do {
                response = try await next(request, context)
            } catch {
                response = problems.response(to: error, request, context)
            }
            if let verdict = context.trace.values.rate { response.headers.tell(verdict) }
        }
        crossOrigin.admit(request, to: &response)
        SecurityHeaders.add(to: &response.headers)
        accessLog.note(request, context, status: response.status, since: start)
        response.headers.append(HTTPField(name: .requestID, value: context.requestID))
        return response
    }

    /// The client behind our own proxies; when there are none, `X-Forwarded-For` says nothing.
    private func client(of request: Request, _ context: APIContext) -> String? {
        guard !proxies.isEmpty else { return context.clientAddress }
        return proxies.client(
            peer: context.clientAddress,
            forwarded: request.headers[values: .forwardedFor]
        )
    }
}
