import Domain
import Sealing
import Storage

/// A try to sign in, as far as it matters for counting.
struct SignInTry: Sendable {
    /// As typed; nobody's address when it is none.
    let address: EmailAddress
    let network: AddressPrefix
    let device: DeviceToken?
    /// At a terminal of this machine.
    let isLocal: Bool
    /// Where it waits to be counted.
    let visitor: SignInVisitor
    /// The session that asks to change its password; nil for a sign-in.
    private let session: SessionID?
    let requestID: String

    static let nobody = "nobody@invalid.invalid"

    init(
        email: String,
        client: ClientInfo,
        kind: Session.Kind,
        requestID: String,
        sealer: Sealer
    ) throws {
        address = try (try? EmailAddress(email)) ?? EmailAddress(Self.nobody)
        network = AddressPrefix(client.ip)
        device = DeviceToken(parsing: client.device, sealer)
        isLocal = kind != .api
        visitor = isLocal ? .local : SignInVisitor(network, device)
        session = nil
        self.requestID = requestID
    }

    /// A signed-in person who shows the password once more: counted for the session.
    init(change email: String, of caller: Caller) throws {
        address = try EmailAddress(email)
        network = AddressPrefix(nil)
        device = nil
        isLocal = false
        visitor = SignInVisitor(caller.session)
        session = caller.session
        requestID = caller.requestID
    }

    var emailHash: [UInt8] { Digest.sha256(address.normalized) }

    /// The try for the books of support staff, refused at `time`.
    func delayed(at time: Instant) -> DelayedTries {
        DelayedTries(at: time, emailHash: emailHash, network: network)
    }

    /// The counters that apply.
    func keys(knowsDevice: Bool) -> [SignInCounter: String] {
        if let session {
            return [.device: Self.key("session", [session.description])]
        }
        if isLocal { return [.device: Self.key("device", [address.normalized, "local"])] }
        if knowsDevice, let device {
            let hash = Hex.encode(device.hash)
            return [.device: Self.key("device", [address.normalized, hash])]
        }
        return [
            .account: Self.account(address),
            .network: Self.key("network", [network.description]),
            .pair: Self.key("pair", [address.normalized, network.description]),
        ]
    }

    static func account(_ address: EmailAddress) -> String {
        key("account", [address.normalized])
    }

    /// The name of a counter; whom it is about is hashed.
    static func key(_ kind: String, _ parts: [String]) -> String {
        let bytes = Array(parts.joined(separator: "\0").utf8)
        return "\(kind):" + Hex.encode(Digest.sha256(bytes))
    }
}
