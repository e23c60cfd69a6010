import Domain
import Support

/// An answer as the API's.
extension HTTPReply {
    struct Missing: Error {
        let name: String
        let reply: String
    }

    func text(_ name: String) throws -> String {
        guard case .string(let value)? = try JSONValue(parsing: text, field: "reply")[name] else {
            throw Missing(name: name, reply: text)
        }
        return value
    }

    /// The code of a problem; nil for anything that is none.
    var problem: String? {
        guard headers["content-type"]?.hasPrefix("application/problem+json") == true else {
            return nil
        }
        return try? text("error")
    }

    /// Whether this is how the API says that the database does not serve it now.
    var isUnavailable: Bool {
        switch status {
        case 503: problem == "unavailable" || problem == "outcome_unknown"
        case 504: problem == "timeout"
        default: false
        }
    }
}
