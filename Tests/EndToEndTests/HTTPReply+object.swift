import Foundation
import Support

extension HTTPReply {
    /// The body as a JSON object; empty when it is none.
    var object: [String: Any] {
        let value = try? JSONSerialization.jsonObject(with: Data(text.utf8))
        return value as? [String: Any] ?? [:]
    }
}
