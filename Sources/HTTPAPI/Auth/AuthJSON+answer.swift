import Domain
import Operations

extension AuthJSON {
    /// The answer to whoever has a session now.
    static func answer(
        _ signedIn: SignedIn,
        refreshInBody: Bool,
        _ exchange: Exchange
    ) -> Answer {
        exchange.context.trace.note { trace in
            trace.user = signedIn.identity.user
            trace.tenant = signedIn.identity.tenant
        }
        return Answer.json(session(signedIn, now: .now))
            .keeping(deviceToken: signedIn.deviceToken)
    }
}
