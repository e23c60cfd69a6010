import Domain
import HTTPTypes
import Hummingbird
import Logging
import Observability

/// Writes one line and counts once for each request that was answered; of many that are refused,
/// some of the lines.
struct AccessLog: Sendable {
    let metrics: RequestMetrics
    private let refusals = RefusalLog()

    init(metrics: RequestMetrics) {
        self.metrics = metrics
    }

    /// Counts a request as being in hand; the time it came.
    func begin() -> ContinuousClock.Instant {
        metrics.begin()
        return .now
    }

    /// Counts a request as being in hand no more.
    func end() {
        metrics.end()
    }

    /// Writes down and counts a request that was answered.
    func note(
        _ request: Request,
        _ context: APIContext,
        status: HTTPResponse.Status,
        since start: ContinuousClock.Instant
    ) {
        let taken = ContinuousClock.now - start
        let trace = context.trace.values
        metrics.count(
            method: Self.method(request.method),
            route: trace.template ?? "unknown",
            status: Int(status.code),
            duration: taken
        )
        log(request, context: context, trace: trace, status: status, taken: taken)
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
