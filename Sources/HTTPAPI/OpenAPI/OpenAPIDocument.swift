import Domain
import HTTPTypes

/// The OpenAPI 3.1 document of a route table.
struct OpenAPIDocument {
    let table: RouteTable
    let version: String

    var json: JSON {
        [
            "openapi": "3.1.0",
            "info": [
                "title": "Ghostworks", "version": .string(version),
                "description": .string(Self.introduction),
                "license": ["name": "Apache 2.0", "identifier": "Apache-2.0"],
            ],
            "servers": [["url": "/"]],
            "tags": .array(tags),
            "paths": .object(paths),
            "components": [
                "schemas": .object(schemas),
                "responses": [
                    "Problem": Self.problem(.own), "OpenAIProblem": Self.problem(.openAI),
                    "AnthropicProblem": Self.problem(.anthropic),
                ],
                "securitySchemes": [
                    "bearer": ["type": "http", "scheme": "bearer", "bearerFormat": "JWT"],
                    "api_key": ["type": "http", "scheme": "bearer", "bearerFormat": "gwk"],
                ],
            ],
        ]
    }

    private static let introduction = """
        A request means one workspace: the one of the token, of `X-Workspace-Id` (id or slug) and \
        of the path. Where two of them are given they must agree. Operators reach a workspace \
        with `X-Support-Session`. Lists are read page by page with `cursor`. Times are RFC 3339 \
        in UTC. Errors are `application/problem+json`.
        """

    private static func problem(_ shape: ProblemShape) -> JSON {
        [
            "description": .string("What went wrong\(shape.form)."),
            "content": [
                "application/problem+json": ["schema": Schema.named(shape.schema).json]
            ],
        ]
    }

    private static let events: JSON = ["schema": Schema.text.json]

    private var tags: [JSON] {
        var seen: Set<String> = []
        return table.routes.map(\.about.tag).filter { seen.insert($0).inserted }
            .map { ["name": .string($0)] }
    }

    private var schemas: [(String, JSON)] {
        var seen: Set<String> = []
        let bodies = table.routes.compactMap(\.input.body).filter { seen.insert($0.name).inserted }
        return Components.all.map { ($0.0, $0.1.json) }
            + bodies.map { ($0.name, $0.schema.json) }
    }

    private var paths: [(String, JSON)] {
        var order: [String] = []
        var operations: [String: [(String, JSON)]] = [:]
        for route in table.routes {
            if operations[route.path] == nil { order.append(route.path) }
            operations[route.path, default: []]
                .append((route.method.rawValue.lowercased(), operation(route)))
        }
        return order.map { ($0, .object(operations[$0] ?? [])) }
    }

    private func operation(_ route: Route) -> JSON {
        var members: [(String, JSON)] = [
            ("operationId", .string(route.about.operation)),
            ("summary", .string(route.about.summary)),
            ("tags", [.string(route.about.tag)]),
            ("parameters", .array(parameters(route))),
        ]
        switch route.access {
        case .everyone, .visitor: members.append(("security", []))
        case .person: members.append(("security", Self.bearer))
        case .workspace(let permission), .platform(let permission):
            members.append(("security", route.access.takesKeys ? Self.bearerOrKey : Self.bearer))
            members.append(("x-permission", .string(permission.description)))
        }
        if let body = route.input.body {
            members.append(("requestBody", Self.requestBody(body)))
        }
        members.append(("responses", .object(responses(route))))
        return .object(members)
    }

    private static let bearer: JSON = .array([.object([("bearer", .array([]))])])

    private static let bearerOrKey: JSON = .array([
        .object([("bearer", .array([]))]), .object([("api_key", .array([]))]),
    ])

    private static func requestBody(_ body: BodyShape) -> JSON {
        [
            "required": true,
            "content": ["application/json": ["schema": Schema.named(body.name).json]],
        ]
    }

    private func parameters(_ route: Route) -> [JSON] {
        let path = route.parameters.map { name in
            Self.parameter(name, in: "path", required: true, schema: .text, note: "")
        }
        let query = route.input.query.map { parameter in
            Self.parameter(
                parameter.name,
                in: "query",
                required: false,
                schema: parameter.schema,
                note: parameter.note
            )
        }
        let headers = (route.input.headers + Self.tenancy(route)).map { header in
            Self.parameter(
                header.name,
                in: "header",
                required: header.isRequired,
                schema: .text,
                note: header.note
            )
        }
        return path + query + headers
    }

    private static func tenancy(_ route: Route) -> [HeaderParameter] {
        guard case .workspace = route.access else { return [] }
        return [
            HeaderParameter(
                name: "X-Workspace-Id",
                isRequired: false,
                note: "The workspace, by id or slug."
            ),
            HeaderParameter(
                name: "X-Support-Session",
                isRequired: false,
                note: "An operator's support session."
            ),
        ]
    }

    private static func parameter(
        _ name: String,
        in place: String,
        required: Bool,
        schema: Schema,
        note: String
    ) -> JSON {
        let parameter: JSON = [
            "name": .string(name), "in": .string(place), "required": .bool(required),
            "schema": schema.json,
        ]
        return note.isEmpty ? parameter : parameter.adding([("description", .string(note))])
    }

    /// The success and the errors that are the route's own; all others are the default.
    private func responses(_ route: Route) -> [(String, JSON)] {
        var success: JSON = ["description": .string(route.output.status.reasonPhrase)]
        if let schema = route.output.schema {
            let media: JSON = ["schema": schema.json]
            let types = [route.output.mediaType] + route.output.otherMediaTypes
            let content = JSON.object(
                types.map { type -> (String, JSON) in
                    (type, type == EventStream.mediaType ? Self.events : media)
                }
            )
            success = success.adding([("content", content)])
        }
        let shape = route.output.problems
        let problem = Self.problem(shape)
        let codes = Dictionary(grouping: route.output.errors) { code in
            shape.status(of: code, own: Problem.status(of: code)).code
        }
        let errors = codes.sorted { $0.key < $1.key }.map { status, codes -> (String, JSON) in
            let names = codes.map(\.rawValue).joined(separator: ", ")
            return (
                "\(status)", problem.replacing("description", with: .string(names))
            )
        }
        return [("\(route.output.status.code)", success)] + errors + [
            ("default", ["$ref": .string("#/components/responses/\(shape.schema)")])
        ]
    }
}

extension ProblemShape {
    /// The name of the schema that errors follow.
    fileprivate var schema: String {
        switch self {
        case .own: "Problem"
        case .openAI: "OpenAIProblem"
        case .anthropic: "AnthropicProblem"
        }
    }

    /// For descriptions: whose form it is.
    fileprivate var form: String {
        switch self {
        case .own: ""
        case .openAI: ", in the form of OpenAI's interface"
        case .anthropic: ", in the form of Anthropic's interface"
        }
    }
}

extension JSON {
    /// The object with another value for one of its members.
    fileprivate func replacing(_ name: String, with value: JSON) -> JSON {
        guard case .object(let members) = self else { return self }
        return .object(members.map { $0.0 == name ? (name, value) : $0 })
    }
}

extension Problem {
    /// The status that a code usually comes with, for documents.
    static func status(of code: DomainError.Code) -> HTTPResponse.Status {
        switch code {
        case .malformedRequest, .cursorInvalid: .badRequest
        case .methodNotAllowed: .methodNotAllowed
        case .notAcceptable: .notAcceptable
        case .unsupportedMediaType: .unsupportedMediaType
        case .unauthenticated, .tokenExpired, .sessionRevoked, .invalidCredentials,
            .refreshInvalid, .refreshReused:
            .unauthorized
        case .apiKeyInvalid, .apiKeyRevoked, .apiKeyExpired: .unauthorized
        case .mfaRequired, .mfaEnrolmentRequired, .mfaInvalid, .externalTokenInvalid: .unauthorized
        case .oidcState: .badRequest
        case .idpError: .badGateway
        case .identityUnknown, .reauthenticationRequired: .forbidden
        case .identityTaken, .lastCredential, .mfaConflict: .conflict
        case .permissionDenied, .tenantAccessDenied, .tenantSuspended, .supportSessionEnded,
            .consentRequired, .rankViolation, .grantExceedsOwn, .readOnly, .emailMismatch,
            .systemRole, .originRefused:
            .forbidden
        case .notFound: .notFound
        case .slugTaken, .alreadyMember, .lastOwner, .lastSuperAdmin, .invalidTransition,
            .requestInProgress, .invitationPending, .notPending, .roleInUse, .roleNameTaken,
            .legalHold, .soleOwner, .aiCallStopped, .aiCallAbandoned:
            .conflict
        case .invitationExpired, .invitationRevoked, .invitationDeclined: .gone
        case .linkExpired: .gone
        case .passwordPolicy: .unprocessableContent
        case .versionExists, .budgetExists, .nameTaken: .conflict
        case .versionConflict: .preconditionFailed
        case .versionRequired: .preconditionRequired
        case .payloadTooLarge: .contentTooLarge
        case .notAMember, .validationError, .reasonRequired, .queryTooComplex,
            .idempotencyKeyReused:
            .unprocessableContent
        case .modelNotAllowed, .contextTooLong, .unpricedModel: .unprocessableContent
        case .aiBudgetExceeded: .tooManyRequests
        case .budgetUnavailable: .serviceUnavailable
        case .aiBudgetExhausted, .aiRateLimited: .tooManyRequests
        case .providerError: .badGateway
        case .allProvidersDown: .serviceUnavailable
        case .providerTimeout: .gatewayTimeout
        case .planLimitReached, .rateLimited: .tooManyRequests
        case .auditPartitionMissing, .outcomeUnknown, .tooManyRequests, .unavailable:
            .serviceUnavailable
        case .timeout: .gatewayTimeout
        case .internalError: .internalServerError
        }
    }
}
