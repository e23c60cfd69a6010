import Sealing

/// The proof that a code is redeemed by whoever asked for it (RFC 7636).
package struct ProofKey: Hashable, Sendable {
    package let verifier: String

    /// A new random one.
    package init() {
        verifier = Base64URL.encode(Random.bytes(32))
    }

    package init(verifier: String) {
        self.verifier = verifier
    }

    /// The S256 challenge.
    package var challenge: String {
        Base64URL.encode(Digest.sha256(verifier))
    }
}
