import Domain
import Synchronization

/// How many connections each address holds; none may hold them all.
///
/// Our own proxies hold everybody's, and are not counted.
final class ConnectionRoom: Sendable {
    /// What became of a connection at the door.
    enum Entry: Hashable, Sendable {
        case uncounted
        case counted(String)
        case refused
    }

    private let limit: Int
    private let proxies: TrustedProxies
    private let held = Mutex<[String: Int]>([:])

    /// - Parameters:
    ///   - limit: The most connections of one address; of one /64 network for IPv6.
    ///   - proxies: Whose connections are not counted.
    init(limit: Int, proxies: TrustedProxies) {
        self.limit = limit
        self.proxies = proxies
    }

    /// Lets a connection in, or refuses it.
    ///
    /// - Parameter address: The other side's; nil when the system does not tell it.
    /// - Returns: What to give back when it ends.
    func enter(_ address: String?) -> Entry {
        guard let address, let parsed = IPAddress(address), !proxies.contain(parsed) else {
            return .uncounted
        }
        let client = parsed.client
        return held.withLock { held in
            let count = held[client, default: 0]
            guard count < limit else { return .refused }
            held[client] = count + 1
            return .counted(client)
        }
    }

    /// Gives a place back.
    func leave(_ entry: Entry) {
        guard case .counted(let client) = entry else { return }
        held.withLock { held in
            let count = held[client, default: 1] - 1
            held[client] = count > 0 ? count : nil
        }
    }
}
