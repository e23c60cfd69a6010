import HTTPTypes
import Hummingbird

/// The versions that a client has already: the entity tags of `If-None-Match`.
///
/// Two tags are compared weakly, so whether one is weak says nothing (RFC 9110, section 13.1.2).
struct KnownTags: Hashable, Sendable {
    private let isAny: Bool
    private var tags: Set<String> = []

    /// - Parameter fields: The values of the header; what is no tag in quotes is passed over.
    init(_ fields: [String]) {
        var rest = fields.joined(separator: ",")[...]
        isAny = rest.trimmingSpaces == "*"
        while let start = rest.firstIndex(of: "\""),
            let end = rest[rest.index(after: start)...].firstIndex(of: "\"")
        {
            tags.insert(String(rest[start...end]))
            rest = rest[rest.index(after: end)...]
        }
    }

    func contains(_ tag: String) -> Bool {
        isAny || tags.contains(String(tag.drop { $0 != "\"" }))
    }
}

extension Response {
    /// The answer, or 304 without a body to a client that has this version already.
    func unlessKnown(to request: Request) -> Response {
        guard request.headers.contains(.ifNoneMatch), [.get, .head].contains(request.method),
            status == .ok, let tag = headers[.eTag],
            KnownTags(request.headers[values: .ifNoneMatch]).contains(tag)
        else { return self }
        var answer = Response(status: .notModified, headers: headers)
        answer.headers[.contentType] = nil
        return answer
    }
}
