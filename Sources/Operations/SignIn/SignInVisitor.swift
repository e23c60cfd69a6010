import Domain
import Sealing

/// Who stands at the sign-in door, as far as can be told before anything is counted.
struct SignInVisitor: Hashable, Sendable {
    /// Waits in the room that strangers cannot fill.
    let isPreferred: Bool
    private let network: String?
    private let device: String?

    /// Somebody over the network, with what the device brought along.
    init(_ network: AddressPrefix, _ device: DeviceToken?) {
        // Whoever makes a token up is a stranger.
        let own = device.flatMap { $0.isOurs ? $0 : nil }
        self.init(
            isPreferred: own != nil,
            network: network.description,
            device: own.map { Hex.encode($0.hash) }
        )
    }

    /// Somebody who is signed in.
    init(_ session: SessionID) {
        self.init(isPreferred: true, network: nil, device: session.description)
    }

    private init(isPreferred: Bool, network: String?, device: String?) {
        self.isPreferred = isPreferred
        self.network = network
        self.device = device
    }

    /// Somebody at a terminal of this machine.
    static let local = SignInVisitor(isPreferred: true, network: nil, device: nil)

    /// One network takes half of the door at most; one device, or one session, a place of it.
    func parties(width: Int, room: Int) -> [QueueParty] {
        let crowd = network.map { name in
            QueueParty("network \(name)", places: width / 2, seats: room / 2)
        }
        let own = device.map { QueueParty("device \($0)", places: 1, seats: 2) }
        return [crowd, own].compactMap(\.self)
    }
}
