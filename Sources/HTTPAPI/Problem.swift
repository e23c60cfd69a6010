import Domain
import HTTPTypes
import Hummingbird
import Operations

// DESIGN
//
// 1. This is the one place that knows which status an error has; below it there are only kinds.
// 2. One body serves two readers: RFC 9457's members and the older names of the same things.
// 3. What is not a `DomainError` says nothing of itself: a generic sentence and the request's id.

/// An error as it travels: `application/problem+json`.
struct Problem: Sendable {
    static let contentType = "application/problem+json; charset=utf-8"

    var status: HTTPResponse.Status
    var error: DomainError
    /// What a client needs to go on, beside the hint.
    var details: [(String, JSON)] = []

    init(_ error: any Error) {
        if let required = error as? SecondFactorRequired {
            self.init(domain: required.problem)
            details = [
                ("mfa_token", .string(required.token)), ("expires_at", JSON(required.expiresAt)),
            ]
        } else if let required = error as? FreshProofRequired {
            self.init(domain: required.problem)
            details = [("proof", .string(required.need.rawValue))]
        } else if let error = error as? DomainError {
            self.init(domain: error)
        } else if let error = error as? HTTPError {
            self.init(router: error)
        } else if error is CancellationError {
            self.init(domain: DomainError(.timeout, .timeout, "The request was cancelled."))
        } else {
            self.init(domain: Self.unexplained)
        }
    }

    private init(domain error: DomainError) {
        self.error = error
        status = Self.status(of: error)
    }

    /// Errors that the framework throws before a route is reached.
    private init(router error: HTTPError) {
        switch error.status {
        case .notFound: self.init(domain: .noRoute)
        case .contentTooLarge: self.init(domain: .bodyTooLarge(nil))
        case let status where status.kind == .clientError:
            self.init(
                domain: DomainError(.malformed, .malformedRequest, "The request is malformed.")
            )
        default: self.init(domain: Self.unexplained)
        }
    }

    private static let unexplained = DomainError(
        .internal,
        .internalError,
        "Something went wrong on our side."
    )

    /// The refusal of an expectation other than `100-continue`.
    static let expectationFailed = Problem(
        "The request expects something that this server does not know.",
        hint: "Send no Expect, or 100-continue.",
        status: .expectationFailed
    )

    /// The refusal of a body that is more than chunked on its way.
    static let unknownCoding = Problem(
        "The body comes in a transfer coding that this server does not know.",
        hint: "Send it chunked, or with its Content-Length.",
        status: .notImplemented
    )

    /// What is wrong as HTTP, with the status that HTTP has for it.
    private init(_ message: String, hint: String, status: HTTPResponse.Status) {
        error = DomainError(.malformed, .malformedRequest, message, hint: hint)
        self.status = status
    }

    static func status(of error: DomainError) -> HTTPResponse.Status {
        switch error.kind {
        case .notFound: .notFound
        case .gone: .gone
        case .conflict: .conflict
        case .precondition: .preconditionFailed
        case .preconditionRequired: .preconditionRequired
        case .malformed: malformedStatus(error.code)
        case .invalid: .unprocessableContent
        case .tooLarge: .contentTooLarge
        case .forbidden: .forbidden
        case .unauthenticated: .unauthorized
        case .paymentRequired: HTTPResponse.Status(code: 402, reasonPhrase: "Payment Required")
        // The server's own limit, such as the queue of passwords, is not the client's fault.
        case .limited: error.code == .tooManyRequests ? .serviceUnavailable : .tooManyRequests
        case .unavailable: .serviceUnavailable
        case .upstream: .badGateway
        case .timeout: .gatewayTimeout
        case .internal: .internalServerError
        }
    }

    /// Requests that are wrong as HTTP have statuses of their own.
    private static func malformedStatus(_ code: DomainError.Code) -> HTTPResponse.Status {
        switch code {
        case .methodNotAllowed: .methodNotAllowed
        case .notAcceptable: .notAcceptable
        case .unsupportedMediaType: .unsupportedMediaType
        case .payloadTooLarge: .requestHeaderFieldsTooLarge
        case .timeout: .requestTimeout
        default: .badRequest
        }
    }
}

extension Problem {
    /// The members of the body, in the order in which people read them.
    func body(path: String, requestID: String, now: Instant) -> JSON {
        var members: [(String, JSON)] = [
            ("type", .string("urn:ghostworks:problem:\(error.code.rawValue)")),
            ("title", .string(title)),
            ("status", .integer(Int64(status.code))),
            ("detail", .string(error.message)),
            ("instance", .string(path)),
            ("error", .string(error.code.rawValue)),
            ("message", .string(error.message)),
            ("details", detailsJSON),
        ]
        if case .invalid(let problems) = error.kind {
            let list = problems.map { problem -> JSON in
                let members: [(String, JSON)] = [
                    ("field", .string(problem.field)), ("message", .string(problem.problem)),
                ]
                let column = problem.column.map { [("column", JSON.integer(Int64($0)))] } ?? []
                return .object(members + column)
            }
            members.append(("validation_errors", .array(list)))
        }
        members.append(("request_id", .string(requestID)))
        members.append(("timestamp", JSON(now)))
        return .object(members)
    }

    /// What would help, what a client needs to go on, and of a limit of the plan which one and the
    /// plan that allows more.
    private var detailsJSON: JSON {
        var members = error.hint.map { [("hint", JSON.string($0))] } ?? []
        if let limit = error.limit {
            members += [
                ("resource", .string(limit.resource.rawValue)), ("limit", .integer(limit.hard)),
                ("upgrade", JSON(limit.upgrade?.rawValue)),
            ]
        }
        members += details
        return members.isEmpty ? .null : .object(members)
    }

    /// The code as words: `Version conflict`, `AI budget exceeded`.
    private var title: String {
        let words = error.code.rawValue.replacing("_", with: " ")
        guard !words.hasPrefix("ai ") else { return "AI" + words.dropFirst(2) }
        return words.prefix(1).uppercased() + words.dropFirst()
    }

    func response(
        path: String,
        requestID: String,
        now: Instant = .now,
        shape: ProblemShape = .own
    ) -> Response {
        let status = shape.status(of: error.code, own: self.status)
        let own = body(path: path, requestID: requestID, now: now)
        let shown =
            switch shape {
            case .own: own
            case .openAI: OpenAIJSON.problem(self, beside: own)
            case .anthropic: AnthropicJSON.error(error, status: status, requestID: requestID)
            }
        var response = Response(
            status: status,
            headers: [.contentType: Self.contentType],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: shown.bytes))
        )
        switch error.kind {
        case .unauthenticated: response.headers[.wwwAuthenticate] = "Bearer"
        // A limit of the plan does not end by itself; of a budget the hint says when.
        case .limited(nil) where Self.untimed.contains(error.code): break
        case .conflict where error.code == .requestInProgress:
            response.headers[.retryAfter] = "1"
        case .limited(let wait): response.headers[.retryAfter] = Self.seconds(wait)
        case .unavailable:
            response.headers[.retryAfter] = error.wait.map(Self.seconds) ?? "1"
        default: break
        }
        if let call = error.call { response.headers[.modelCall] = call.description }
        return response
    }

    /// Limits that do not end by themselves after a while.
    private static let untimed: [DomainError.Code] = [
        .planLimitReached, .aiBudgetExceeded, .aiBudgetExhausted,
    ]

    private static func seconds(_ wait: Duration?) -> String {
        guard let wait else { return "60" }
        let (seconds, rest) = wait.components
        return String(max(1, seconds + (rest > 0 ? 1 : 0)))
    }
}

extension DomainError {
    static let noRoute = DomainError(
        .notFound,
        .notFound,
        "There is nothing at this address.",
        hint: "GET /openapi.json lists all addresses."
    )

    /// The refusal of a body of more than so many bytes; nil when the framework refused it.
    static func bodyTooLarge(_ limit: Int?) -> DomainError {
        DomainError(
            .tooLarge,
            .payloadTooLarge,
            "The body is larger than this server takes.",
            hint: limit.map { "At most \($0) bytes are taken." }
        )
    }

    static func headerTooLarge(_ limits: APILimits) -> DomainError {
        DomainError(
            .malformed,
            .payloadTooLarge,
            "The header is larger than this server takes.",
            hint: "At most \(limits.headerBytes) bytes and \(limits.headerCount) fields are taken."
        )
    }

    static let slowBody = DomainError(
        .malformed,
        .timeout,
        "The body did not arrive in time."
    )

    static let brokenBody = DomainError(
        .malformed,
        .malformedRequest,
        "The body was cut short or is not valid HTTP."
    )

    static let requestTimeout = DomainError(
        .timeout,
        .timeout,
        "The request took too long and was given up."
    )
}
