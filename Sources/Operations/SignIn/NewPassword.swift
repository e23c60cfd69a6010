import Domain
import Storage

/// A password that takes the place of another: with the old one go the sessions, the links and the
/// devices that it had opened.
struct NewPassword {
    let hash: String
    let user: UserID
    /// The session and the device of whoever changes the password; they stay.
    var session: SessionID?
    var deviceHash: [UInt8]?

    var statements: [Statement] {
        [
            UserStore.setPassword(hash, of: user),
            SessionStore.revokeAll(of: user, but: session),
            LinkStore.void([.reset], of: user),
            DeviceStore.forgetAll(of: user, but: deviceHash),
        ]
    }
}
