package import Domain
import FoundationEssentials
import Sealing

/// How the text of an API key begins: all that stands before its secret.
///
/// The ids of the tenant and of the key are in it and nothing else, so it is no secret: whoever finds
/// a key in a log or in a program's settings finds by it which one that is.
package enum APIKeyPrefix {
    /// The first characters of every key.
    package static let mark = "gwk_live_"

    package static func text(of key: APIKeyID, in tenant: TenantID) -> String {
        [tenant.uuid.uuid, key.uuid.uuid].reduce(into: mark) { text, id in
            text += Base62.encode(withUnsafeBytes(of: id) { Array($0) })
        }
    }
}
