import Domain
import Sealing

extension TokenIssuer {
    /// The key that signs now, for something that is no token.
    ///
    /// What it signs must begin with a label of its own: a token begins with the base64url of a
    /// JSON object, so nothing else can be taken for one.
    func signer() throws(DomainError) -> SigningKey {
        guard let key = signingKey else {
            throw DomainError(.unavailable, .unavailable, "There is no key to sign with.")
        }
        return key
    }
}
