import Domain
import FoundationEssentials
import Sealing
import Storage

// DESIGN
//
//     gwk_live_<44 characters>_<43 characters>_<6 characters>
//
// 1. The first part is the tenant's id and the key's, so that the row is found by its primary key
//    and within one tenant. The second is a secret of 256 random bits, the third a checksum over
//    all before it: what was mistyped or made up never reaches the database.
// 2. Every part is of a fixed length and of letters and digits alone, so a scanner for leaked
//    secrets finds a key by `gwk_live_[0-9A-Za-z]{44}_[0-9A-Za-z]{43}_[0-9A-Za-z]{6}`.
// 3. Only SHA-256 of the secret is stored: 256 bits cannot be guessed, so no slow hash is needed.

/// The text of an API key.
struct APIKeyText: Sendable {
    let tenant: TenantID
    let key: APIKeyID
    private let secret: [UInt8]

    /// A new random one.
    init(tenant: TenantID, key: APIKeyID) {
        self.tenant = tenant
        self.key = key
        secret = Random.bytes(32)
    }

    /// Nil for text of another form, or with a wrong checksum.
    init?(parsing text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 104, bytes.starts(with: APIKeyPrefix.mark.utf8),
            bytes[53] == UInt8(ascii: "_"), bytes[97] == UInt8(ascii: "_"),
            let check = Base62.decode(bytes[98...], bytes: 4),
            check == Self.checksum(bytes[..<97]),
            let tenant = Base62.decode(bytes[9..<31], bytes: 16),
            let key = Base62.decode(bytes[31..<53], bytes: 16),
            let secret = Base62.decode(bytes[54..<97], bytes: 32)
        else { return nil }
        self.tenant = TenantID(UUID(bytes: tenant))
        self.key = APIKeyID(UUID(bytes: key))
        self.secret = secret
    }

    var text: String {
        let text = "\(APIKeyPrefix.text(of: key, in: tenant))_\(Base62.encode(secret))"
        return "\(text)_\(Base62.encode(Self.checksum(text.utf8)))"
    }

    var hash: [UInt8] { Digest.sha256(secret) }

    var proof: APIKeyProof { APIKeyProof(id: key, secretHash: hash) }

    private static func checksum(_ text: some Sequence<UInt8>) -> [UInt8] {
        let sum = CRC32.checksum(text)
        return [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: sum >> $0) }
    }
}

extension UUID {
    /// From 16 bytes; zeros stand for those that are missing.
    init(bytes: [UInt8]) {
        var id: uuid_t = (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
        withUnsafeMutableBytes(of: &id) { $0.copyBytes(from: bytes.prefix(16)) }
        self.init(uuid: id)
    }
}
