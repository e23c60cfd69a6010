import Domain
import Sealing
import Storage

/// What follows a try that proved somebody: it counts no more as failed, and over HTTP the device is
/// known from now on.
struct SignInSuccess: Sendable {
    private let keys: [SignInCounter: String]
    private let isLocal: Bool
    private let knowsDevice: Bool
    private let user: UserID
    private let device: DeviceToken

    /// After a password alone.
    init(_ admission: SignInAdmission, user: UserID, _ sealer: Sealer) {
        self.init(
            PendingSignIn(admission),
            device: admission.attempt.device,
            isLocal: admission.attempt.isLocal,
            user: user,
            sealer
        )
    }

    /// After a password and a code; `device` is what the device brought along with the code.
    init(
        _ pending: PendingSignIn,
        device brought: DeviceToken?,
        isLocal: Bool,
        user: UserID,
        _ sealer: Sealer
    ) {
        keys = pending.keys
        self.isLocal = isLocal
        self.user = user
        // A known device keeps what it has, unless that has no seal.
        let kept = brought.flatMap { pending.knowsDevice && $0.isOurs ? $0 : nil }
        knowsDevice = kept != nil
        device = kept ?? DeviceToken(sealer)
    }

    /// For the transaction in which the session begins.
    func statements(in scope: Scope) throws -> [Statement] {
        let counted = try SignInThrottle.succeeded(keys, in: scope)
        return isLocal ? counted : counted + DeviceStore.note(device.hash, of: user)
    }

    /// What the device should keep; nil when it has it.
    var newDeviceToken: String? {
        isLocal || knowsDevice ? nil : device.text
    }
}

/// A try that was let in and whose password was right, while a code is asked for.
struct PendingSignIn: Codable, Sendable {
    /// The counters that still count it as failed, by their names in the table.
    private let counters: [String: String]
    /// From a device that the account knows.
    let knowsDevice: Bool

    init(_ admission: SignInAdmission) {
        counters = Dictionary(
            admission.keys.map { ($0.key.rawValue, $0.value) },
            uniquingKeysWith: { first, _ in first }
        )
        knowsDevice = admission.knowsDevice
    }

    var keys: [SignInCounter: String] {
        Dictionary(
            counters.compactMap { name, key in SignInCounter(rawValue: name).map { ($0, key) } },
            uniquingKeysWith: { first, _ in first }
        )
    }
}
