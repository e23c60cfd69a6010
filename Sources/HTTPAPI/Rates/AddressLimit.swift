import Domain
import HTTPTypes
import Hummingbird
import Operations

/// Holds each address to its limit before anything else is looked at.
struct AddressLimit: Sendable {
    let gate: RateGate

    /// Those who watch over the process must not be turned away.
    private static let exempt: Set<String> = ["/livez", "/readyz"]

    /// The answer to one request too many; otherwise notes how the client stands.
    func refusal(_ request: Request, _ context: APIContext) -> Response? {
        guard gate.limits.address != nil, let client = context.client,
            !Self.exempt.contains(request.uri.path)
        else { return nil }
        let verdict = gate.take([RateCheck(.address(client), gate.limits.address)])
        guard let verdict, !verdict.decision.isAllowed else {
            context.trace.note(verdict)
            return nil
        }
        var response = Problem(DomainError.rateLimited(verdict)).response(
            path: request.uri.path,
            requestID: context.requestID,
            shape: RouteTable.problems(at: request.uri.path)
        )
        response.headers.tell(verdict)
        return response
    }
}

extension APIContext {
    /// The client's address as limits count it.
    var client: String? {
        guard let clientAddress else { return nil }
        guard clientAddress.contains(":") else { return clientAddress }
        return IPAddress(clientAddress)?.client ?? clientAddress
    }
}

extension RequestTrace {
    /// Keeps the strictest verdict.
    func note(_ verdict: RateVerdict?) {
        guard let verdict else { return }
        note { values in
            if verdict.isStricter(than: values.rate) { values.rate = verdict }
        }
    }
}

extension HTTPFields {
    /// `RateLimit-Policy` and `RateLimit` of draft-ietf-httpapi-ratelimit-headers: how many in how
    /// many seconds, how many are left, and in how many seconds all will be there again.
    mutating func tell(_ verdict: RateVerdict) {
        let name = verdict.check.bucket.name
        let limit = verdict.check.limit
        let window = Swift.max(1, limit.window.components.seconds)
        let reset = verdict.decision.resetAfter.nanoseconds
        self[.rateLimitPolicy] = "\"\(name)\";q=\(limit.count);w=\(window)"
        self[.rateLimit] =
            "\"\(name)\";r=\(verdict.decision.remaining);t=\((reset + 999_999_999) / 1_000_000_000)"
    }
}

extension HTTPField.Name {
    static let rateLimit = named("RateLimit")
    static let rateLimitPolicy = named("RateLimit-Policy")
    static let forwardedFor = named("X-Forwarded-For")
}
