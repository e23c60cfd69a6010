import Domain
import HTTPTypes
import Hummingbird
import Logging

/// Turns whatever a route throws into a problem, and finds out why there was no route.
struct RouteProblems: Sendable {
    let table: RouteTable

    /// The answer to a request that no route may see: to an address with an empty segment, or with an
    /// expectation that is not met here (RFC 9110, section 10.1.1).
    func refusal(_ request: Request, _ context: APIContext) -> Response? {
        guard !RouteTable.hasEmptySegment(request.uri.path) else {
            return unrouted(request, context: context)
        }
        guard request.headers.contains(.expect) else { return nil }
        let expectations = request.headers[values: .expect].joined(separator: ",")
            .split(separator: ",").map { $0.trimmingSpaces.lowercased() }
        guard expectations.contains(where: { !$0.isEmpty && $0 != "100-continue" }) else {
            return nil
        }
        return Problem.expectationFailed.response(
            path: request.uri.path,
            requestID: context.requestID,
            shape: RouteTable.problems(at: request.uri.path)
        )
    }

    func response(to error: any Error, _ request: Request, _ context: APIContext) -> Response {
        if let error = error as? HTTPError, error.status == .notFound {
            return unrouted(request, context: context)
        }
        let problem = Problem(error)
        let trace = context.trace.values
        if problem.status == .internalServerError {
            context.logger.error(
                "A request failed for a reason that nobody foresaw.",
                metadata: [
                    "request_id": .string(context.requestID),
                    "operation": .string(trace.operation ?? "unknown"),
                    "error": .string(String(describing: error)),
                ]
            )
        }
        return problem.response(
            path: AccessLog.path(request, template: trace.template),
            requestID: context.requestID,
            shape: trace.problems
        )
    }

    /// 405 where another method would have been right, 404 elsewhere.
    private func unrouted(_ request: Request, context: APIContext) -> Response {
        let path = request.uri.path
        let shape = RouteTable.problems(at: path)
        let allowed = table.methods(at: path)
        guard !allowed.isEmpty else {
            return Problem(DomainError.noRoute)
                .response(path: path, requestID: context.requestID, shape: shape)
        }
        let error = DomainError(
            .malformed,
            .methodNotAllowed,
            "\(request.method.rawValue.prefix(20)) is not possible at this address."
        )
        var response = Problem(error)
            .response(path: path, requestID: context.requestID, shape: shape)
        response.headers[.allow] = allowed.map(\.rawValue).joined(separator: ", ")
        return response
    }
}
