package import Postgres

/// The public halves of all signing keys there ever were.
package enum SigningKeyStore {
    /// The public key of a name.
    package static func find(_ kid: String) -> SQL {
        """
        SELECT k.public_key
        FROM signing_keys AS k
        WHERE k.kid = \(kid)
        """
    }

    package static func publicKey(_ row: Row) throws -> [UInt8] {
        try row.decode("public_key")
    }
}
