import Domain
import Storage

/// What follows a try that proved somebody: it counts no more as failed, and over HTTP the device is
/// known from now on.
struct SignInSuccess: Sendable {
    private let admission: SignInAdmission
    private let user: UserID
    private let device: URLToken

    init(_ admission: SignInAdmission, user: UserID) {
        self.admission = admission
        self.user = user
        // A known device keeps what it has.
        let kept = admission.knowsDevice ? admission.attempt.device : nil
        device = kept ?? URLToken()
    }

    /// For the transaction in which the session begins.
    func statements(in scope: Scope) throws -> [Statement] {
        let counted = try SignInThrottle.succeeded(admission, in: scope)
        return admission.attempt.isLocal
            ? counted : counted + DeviceStore.note(device.hash, of: user)
    }

    /// What the device should keep; nil when it has it.
    var newDeviceToken: String? {
        admission.attempt.isLocal || admission.knowsDevice ? nil : device.text
    }
}
