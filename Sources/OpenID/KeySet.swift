package import Domain
import FoundationEssentials
import JWTKit
import Sealing

/// The keys that an issuer signs with (RFC 7517): those of them that are good enough.
package struct KeySet: Sendable {
    /// The most bytes and keys that a set may have.
    package static let largest = 65_536
    package static let most = 20

    let keys: [VerificationKey]

    /// Reads a set; keys of other kinds, for other uses or too weak are left out.
    ///
    /// - Throws: `idp_error` for what is no set, or one that is too large.
    package init(parsing bytes: [UInt8]) throws(DomainError) {
        guard bytes.count <= Self.largest else {
            throw .issuer("The issuer's key set is too large.")
        }
        guard let content = try? JSONDecoder().decode(Content.self, from: Data(bytes)) else {
            throw .issuer("The issuer's key set is not readable.")
        }
        guard content.keys.count <= Self.most else {
            throw .issuer("The issuer's key set has too many keys.")
        }
        keys = content.keys.compactMap(VerificationKey.init)
    }

    /// The keys that a token's header may mean; without a `kid` there must be just one.
    func candidates(kid: String?, algorithm: TokenAlgorithm) -> [VerificationKey] {
        let fitting = keys.filter { $0.fits(algorithm) }
        guard let kid else { return fitting.count == 1 ? fitting : [] }
        return fitting.filter { $0.kid == kid }
    }

    private struct Content: Decodable {
        let keys: [JSONKey]
    }
}

/// A key as it stands in a set; members that mean nothing here are skipped.
struct JSONKey: Decodable {
    let kty: String
    let use: String?
    let operations: [String]?
    let alg: String?
    let kid: String?
    let crv: String?
    let n: String?
    let e: String?
    let x: String?
    let y: String?

    enum CodingKeys: String, CodingKey {
        case kty, use, alg, kid, crv, n, e, x, y
        case operations = "key_ops"
    }
}

/// A public key that checks signatures.
struct VerificationKey: Sendable {
    let kid: String?
    private let algorithm: String?
    private let kind: Kind

    private enum Kind: Sendable {
        case rsa(Insecure.RSA.PublicKey)
        case p256(ES256PublicKey)
        case ed25519(EdDSA.PublicKey)
    }

    /// Bits of an RSA modulus: fewer are weak, more only cost time.
    static let modulusBits = 2_048...8_192

    /// Nil for a key that is not for signatures, of an unknown kind, or too weak.
    init?(_ key: JSONKey) {
        guard key.use == nil || key.use == "sig", key.operations?.contains("verify") != false,
            let kind = Self.kind(key)
        else { return nil }
        self.kind = kind
        kid = key.kid
        algorithm = key.alg
    }

    private static func kind(_ key: JSONKey) -> Kind? {
        switch (key.kty, key.crv) {
        case ("RSA", _):
            guard let n = key.n, let e = key.e, let modulus = Base64URL.decode(n),
                let exponent = Base64URL.decode(e), modulusBits.contains(bits(modulus)),
                (1...8).contains(exponent.count), exponent != [1],
                exponent.last.map({ $0 & 1 }) == 1
            else { return nil }
            return (try? Insecure.RSA.PublicKey(modulus: n, exponent: e)).map { .rsa($0) }
        case ("EC", "P-256"):
            guard let x = key.x, let y = key.y else { return nil }
            return (try? ES256PublicKey(parameters: (x, y))).map { .p256($0) }
        case ("OKP", "Ed25519"):
            guard let x = key.x else { return nil }
            return (try? EdDSA.PublicKey(x: x, curve: .ed25519)).map { .ed25519($0) }
        default: return nil
        }
    }

    private static func bits(_ number: [UInt8]) -> Int {
        let significant = number.drop { $0 == 0 }
        guard let first = significant.first else { return 0 }
        return significant.count * 8 - first.leadingZeroBitCount
    }

    /// Whether the key can have made a signature of that algorithm.
    func fits(_ wanted: TokenAlgorithm) -> Bool {
        if let algorithm, algorithm != wanted.rawValue { return false }
        return switch (kind, wanted) {
        case (.rsa, .rs256), (.rsa, .rs384), (.rsa, .rs512), (.rsa, .ps256), (.p256, .es256),
            (.ed25519, .edDSA):
            true
        default: false
        }
    }

    /// Whether the key has made the signature.
    func verifies(
        _ signature: [UInt8],
        of message: [UInt8],
        as algorithm: TokenAlgorithm
    ) async -> Bool {
        guard fits(algorithm) else { return false }
        let keys = JWTKeyCollection()
        switch kind {
        case .rsa(let key):
            switch algorithm {
            case .ps256: await keys.add(pss: key, digestAlgorithm: .sha256)
            case .rs384: await keys.add(rsa: key, digestAlgorithm: .sha384)
            case .rs512: await keys.add(rsa: key, digestAlgorithm: .sha512)
            default: await keys.add(rsa: key, digestAlgorithm: .sha256)
            }
        case .p256(let key): await keys.add(ecdsa: key)
        case .ed25519(let key): await keys.add(eddsa: key)
        }
        guard let verifier = try? await keys.getKey() else { return false }
        return (try? verifier.verify(signature, signs: message)) == true
    }
}
