import Domain
import HTTPTypes
import Hummingbird
import Logging

/// Turns whatever is thrown into a problem, and finds out why there was no route.
struct ProblemMiddleware: RouterMiddleware {
    typealias Context = APIContext

    let table: RouteTable

    func handle(
        _ request: Request,
        context: APIContext,
        next: @concurrent (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as HTTPError where error.status == .notFound {
            return unrouted(request, context: context)
        } catch {
            let problem = Problem(error)
            if problem.status == .internalServerError {
                context.logger.error(
                    "A request failed for a reason that nobody foresaw.",
                    metadata: [
                        "request_id": .string(context.requestID),
                        "operation": .string(context.trace.values.operation ?? "unknown"),
                        "error": .string(String(describing: error)),
                    ]
                )
            }
            return problem.response(
                path: AccessLogMiddleware.path(request, template: context.trace.values.template),
                requestID: context.requestID,
                shape: context.trace.values.problems
            )
        }
    }

    /// 405 where another method would have been right, 404 elsewhere.
    private func unrouted(_ request: Request, context: APIContext) -> Response {
        let allowed = table.methods(at: request.uri.path)
        guard !allowed.isEmpty else {
            return Problem(DomainError.noRoute)
                .response(path: request.uri.path, requestID: context.requestID)
        }
        let error = DomainError(
            .malformed,
            .methodNotAllowed,
            "\(request.method.rawValue.prefix(20)) is not possible at this address."
        )
        var response = Problem(error)
            .response(path: request.uri.path, requestID: context.requestID)
        response.headers[.allow] = allowed.map(\.rawValue).joined(separator: ", ")
        return response
    }
}
