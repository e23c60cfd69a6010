import Domain
import HTTPTypes
import Hummingbird
import Logging
import Observability

/// Writes one line and counts once for each request that was answered; of many that are refused,
/// some of the lines.
struct AccessLogMiddleware: RouterMiddleware {
    typealias Context = APIContext

    let metrics: RequestMetrics
    private let refusals = RefusalLog()

    init(metrics: RequestMetrics) {
        self.metrics = metrics
    }

    func handle(
        _ request: Request,
        context: APIContext,
        next: @concurrent (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        metrics.begin()
        // Errors have become answers further inside; only a cancelled connection throws here.
        defer { metrics.end() }
        let response = try await next(request, context)
        let taken = ContinuousClock.now - start
        let trace = context.trace.values
        metrics.count(
            method: Self.method(request.method),
            route: trace.template ?? "unknown",
            status: Int(response.status.code),
            duration: taken
        )
        log(request, context: context, trace: trace, status: response.status, taken: taken)
        return response
    }

    /// The path is logged without its query: searches are the tenant's business.
    private func log(
        _ request: Request,
        context: APIContext,
        trace: RequestTrace.Values,
        status: HTTPResponse.Status,
        taken: Duration
    ) {
        let level = Self.level(status, operation: trace.operation)
        guard level >= context.logger.logLevel, let heldBack = refusals.admit(status) else {
            return
        }
        let milliseconds = (taken / .microseconds(1)).rounded() / 1_000
        var fields: Logger.Metadata = [
            "request_id": .string(context.requestID),
            "operation": .string(trace.operation ?? "unknown"),
            "duration_ms": .stringConvertible(milliseconds),
            "status": .string(status.code < 400 ? "success" : "failure"),
            "http_status": .stringConvertible(status.code),
            "method": .string(request.method.rawValue),
            "path": .string(Self.path(request, template: trace.template)),
        ]
        if heldBack > 0 { fields["held_back"] = .stringConvertible(heldBack) }
        fields["tenant_id"] = trace.tenant.map { .string($0.description) }
        fields["user_id"] = trace.user.map { .string($0.description) }
        fields["client"] = context.clientAddress.map { .string($0) }
        context.logger.log(
            level: level,
            "\(request.method.rawValue) \(trace.template ?? "unknown") \(status.code)",
            metadata: fields
        )
    }

    /// A token in a path opens something, so the route's template stands for it.
    static func path(_ request: Request, template: String?) -> String {
        guard let template, template.contains("{token}") else { return request.uri.path }
        return template
    }

    private static func level(_ status: HTTPResponse.Status, operation: String?) -> Logger.Level {
        if status.code >= 500 { return .error }
        return operation?.hasPrefix("system.") == true ? .debug : .info
    }

    /// A label must not be the client's to choose.
    private static func method(_ method: HTTPRequest.Method) -> String {
        RouteTable.methods.contains(method) ? method.rawValue : "other"
    }
}
