import Domain
import HTTPTypes

@testable import HTTPAPI

extension Reply {
    /// What two answers to two ids must share: all but what is each request's own; `id` is what
    /// was asked with.
    func essence(hiding id: String) throws -> String {
        guard case .object(var members) = try json() else { return text }
        for name in ["request_id", "timestamp"] { members[name] = nil }
        let body = JSONValue.object(members).canonical.replacing(id, with: "ID")
        let names = headers.map(\.name.canonicalName)
        return "\(status) \(names) \(body.utf8.count) \(body)"
    }
}
