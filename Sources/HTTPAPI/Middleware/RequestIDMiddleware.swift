import HTTPTypes
import Hummingbird
import Logging

/// Gives each request an id and returns it.
struct RequestIDMiddleware: RouterMiddleware {
    typealias Context = APIContext

    func handle(
        _ request: Request,
        context: APIContext,
        next: @concurrent (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        context.requestID = Self.identifier(request.headers[.requestID])
        context.logger[metadataKey: "request_id"] = .string(context.requestID)
        var response = try await next(request, context)
        response.headers[.requestID] = context.requestID
        return response
    }

    /// The client's id if it is short and harmless in a log line, otherwise a new one.
    static func identifier(_ given: String?) -> String {
        if let given, (1...64).contains(given.utf8.count), given.utf8.allSatisfy(isAllowed) {
            return given
        }
        let number = UInt64.random(in: .min ... .max)
        let digits = String(number, radix: 16)
        return "req_" + String(repeating: "0", count: 16 - digits.count) + digits
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "-"):
            true
        default: false
        }
    }
}

extension HTTPField.Name {
    static let requestID = named("X-Request-Id")
    static let workspace = named("X-Workspace-Id")
    static let supportSession = named("X-Support-Session")
    static let idempotencyKey = named("Idempotency-Key")
    static let apiKey = named("X-Api-Key")

    /// A name that is known to be a token; the fallback is never taken.
    static func named(_ name: String) -> HTTPField.Name {
        HTTPField.Name(name) ?? .accept
    }
}
