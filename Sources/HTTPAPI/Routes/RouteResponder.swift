import Domain
import HTTPTypes
import Hummingbird
import NIOCore
import Operations

/// Runs a route: may the client have JSON, who is it, what does it say, then the route's code.
final class RouteResponder: Sendable {
    let route: Route
    let services: APIServices
    private let parameters: [String]

    init(route: Route, services: APIServices) {
        self.route = route
        self.services = services
        parameters = route.parameters
    }

    func callAsFunction(_ request: Request, context: APIContext) async throws -> Response {
        context.trace.note { values in
            values.operation = route.about.operation
            values.template = route.path
            values.problems = route.output.problems
        }
        try checkAccept(request)
        let credential = route.access.needsToken ? try await authenticate(request) : .none
        context.trace.note { $0.user = credential.user }
        try await admit(request, credential, context: context)
        let exchange = Exchange(
            operation: route.about.operation,
            services: services,
            context: context,
            credential: credential,
            head: request.head,
            query: try Query(
                request.uri.query,
                parameters: route.input.query,
                ignoringOthers: route.input.ignoresOtherQuery
            ),
            body: try await body(of: request),
            pathValues: try pathValues(context)
        )
        let limit = route.output.deadline ?? services.configuration.deadlines.request
        let answer = try await withDeadline(limit, on: context.executor) { [self] in
            try await route.handler(exchange)
        }
        if case .key(let key) = credential { NoteKeyUses(services.environment).remember(key) }
        return answer.response(as: route.output).unlessKnown(to: request)
    }

    private func authenticate(_ request: Request) async throws -> Credential {
        let bearer = try shown(request.headers)
        guard ReadAPIKey.claims(bearer) else {
            return .token(try await ReadAccessToken(services.environment)(bearer))
        }
        guard route.access.takesKeys else { throw DomainError.noKeysHere }
        return .key(try await ReadAPIKey(services.environment)(bearer))
    }

    /// What a client proves itself with: a bearer, or a key in a header of its own where the route
    /// takes it.
    private func shown(_ headers: HTTPFields) throws(DomainError) -> String {
        guard let header = headers[.authorization] else {
            guard route.input.headers.contains(.apiKey), let key = headers[.apiKey] else {
                throw .noToken
            }
            return key
        }
        let scheme = header.prefix { $0 != " " }
        let token = header[scheme.endIndex...].drop { $0 == " " }
        guard scheme.lowercased() == "bearer", !token.isEmpty else { throw .noToken }
        return String(token)
    }

    private func checkAccept(_ request: Request) throws(DomainError) {
        let wanted = request.headers[values: .accept]
        guard !wanted.isEmpty else { return }
        let own = route.output.mediaType
        let types = [own] + route.output.otherMediaTypes
        let families = types.map { $0.prefix { $0 != "/" } + "/*" }
        let accepted = wanted.joined(separator: ",").split(separator: ",").contains { range in
            guard !Self.isUnwanted(range) else { return false }
            let type = range.prefix { $0 != ";" }.trimmingSpaces.lowercased()
            return type == "*/*" || families.contains { $0 == type } || types.contains(type)
                || type == "application/problem+json"
        }
        guard accepted else {
            throw DomainError(
                .malformed,
                .notAcceptable,
                "This address answers with \(types.joined(separator: " or ")) only."
            )
        }
    }

    /// Whether a range of `Accept` is one that is not wanted: `q=0`.
    private static func isUnwanted(_ range: Substring) -> Bool {
        range.split(separator: ";").dropFirst().contains { parameter in
            let text = parameter.trimmingSpaces.lowercased()
            return text.hasPrefix("q=0") && text.dropFirst(2).allSatisfy { $0 == "0" || $0 == "." }
        }
    }

    private func pathValues(_ context: APIContext) throws(DomainError) -> [String: String] {
        var values: [String: String] = [:]
        for name in parameters {
            guard let text = context.parameters.get(name),
                let bytes = PercentEncoding.decode(text.utf8), !bytes.contains(0),
                let value = String(validating: bytes, as: UTF8.self)
            else {
                throw DomainError(
                    .malformed,
                    .malformedRequest,
                    "The path is not percent-encoded UTF-8."
                )
            }
            values[name] = value
        }
        return values
    }

    private func body(of request: Request) async throws -> BodyFields {
        guard let shape = route.input.body else { return BodyFields() }
        guard Self.isJSON(request.headers[.contentType]) else {
            throw DomainError(
                .malformed,
                .unsupportedMediaType,
                "The body must be JSON.",
                hint: "Send Content-Type: application/json."
            )
        }
        guard Self.isPlain(request.headers[values: .contentEncoding]) else {
            throw DomainError(
                .malformed,
                .unsupportedMediaType,
                "The body must not be compressed.",
                hint: "Send it as it is, without Content-Encoding."
            )
        }
        let bytes = try await Self.collect(
            request.body,
            declared: request.headers[.contentLength],
            limit: services.configuration.limits.bodyBytes
        )
        return try shape.check(try Self.json(bytes))
    }

    private static func json(_ bytes: [UInt8]) throws(DomainError) -> JSONValue {
        do {
            return try JSONReader.read(bytes)
        } catch {
            throw DomainError(
                .malformed,
                .malformedRequest,
                "The body is not the JSON that is understood here: "
                    + "\(error.rule), at byte \(error.offset)."
            )
        }
    }

    /// `application/json`, in UTF-8 if a character set is named.
    private static func isJSON(_ type: String?) -> Bool {
        let parts = (type ?? "").split(separator: ";").map { $0.trimmingSpaces.lowercased() }
        guard parts.first == "application/json" else { return false }
        return parts.dropFirst().allSatisfy { parameter in
            !parameter.hasPrefix("charset=")
                || ["charset=utf-8", "charset=\"utf-8\""].contains(parameter)
        }
    }

    /// Whether the body is sent as it is.
    private static func isPlain(_ codings: [String]) -> Bool {
        codings.allSatisfy { $0[...].trimmingSpaces.lowercased() == "identity" }
    }

    /// The whole body; one that is declared too large is not even begun.
    private static func collect(
        _ body: RequestBody,
        declared: String?,
        limit: Int
    ) async throws -> [UInt8] {
        if let declared = declared.flatMap({ Int($0) }), declared > limit {
            throw DomainError.bodyTooLarge(limit)
        }
        var bytes: [UInt8] = []
        do {
            for try await part in body {
                guard bytes.count + part.readableBytes <= limit else {
                    throw DomainError.bodyTooLarge(limit)
                }
                bytes.append(contentsOf: part.readableBytesView)
            }
        } catch let error as DomainError {
            throw error
        } catch is CancellationError {
            throw CancellationError()
        } catch is SlowBody {
            throw DomainError.slowBody
        } catch {
            throw DomainError.brokenBody
        }
        return bytes
    }
}

extension Substring {
    /// Without the spaces and tabs at both ends.
    var trimmingSpaces: Substring {
        var text = drop { $0 == " " || $0 == "\t" }
        while let last = text.last, last == " " || last == "\t" { text.removeLast() }
        return text
    }
}
