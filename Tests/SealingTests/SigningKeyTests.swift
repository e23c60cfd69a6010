import FoundationEssentials
import Testing

@testable import Sealing

@Suite struct SigningKeyTests {
    // RFC 8032, section 7.1, tests 1 to 3: seed, public key, message, signature.
    static let vectors = [
        [
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701c"
                + "f9b46bd25bf5f0595bbe24655141438e7a100b",
        ],
        [
            "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0"
                + "f11d8c387b2eaeb4302aeeb00d291612bb0c00",
        ],
        [
            "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f76098"
                + "4dc6594a7c15e9716ed28dc027beceea1ec40a",
        ],
    ]

    @Test(arguments: vectors)
    func `signatures are those of RFC 8032`(vector: [String]) throws {
        let key = try SigningKey(seed: secret(vector[0]))
        let message = bytes(vector[2])
        #expect(Hex.encode(key.publicKey.rawBytes) == vector[1])
        #expect(Hex.encode(try key.sign(message)) == vector[3])
        #expect(key.publicKey.isValid(bytes(vector[3]), for: message))
    }

    @Test func `a changed message, signature or key is no longer valid`() throws {
        let key = try SigningKey.generate()
        let signature = try key.sign([1, 2, 3])
        let other = try SigningKey.generate().publicKey
        var damaged = signature
        damaged[10] ^= 1
        #expect(key.publicKey.isValid(signature, for: [1, 2, 3]))
        #expect(!key.publicKey.isValid(signature, for: [1, 2, 4]))
        #expect(!key.publicKey.isValid(damaged, for: [1, 2, 3]))
        #expect(!key.publicKey.isValid(signature.dropLast(), for: [1, 2, 3]))
        #expect(!key.publicKey.isValid([], for: []))
        #expect(!other.isValid(signature, for: [1, 2, 3]))
    }

    @Test func `a failed check leaves no error behind for the next caller`() throws {
        let key = try SigningKey.generate()
        _ = key.publicKey.isValid([UInt8](repeating: 7, count: 64), for: [])
        #expect(
            OpenSSLStatus.failure("x") == .library(operation: "x", reason: "no reason given")
        )
    }

    @Test func `the name is the start of the hash of the public key`() throws {
        let key = try SigningKey(seed: secret(Self.vectors[0][0]))
        #expect(key.kid == "21fe31dfa154a261")
        #expect(key.kid == Hex.encode(Digest.sha256(key.publicKey.rawBytes)).prefix(16))
    }

    @Test func `seed and PEM give the same key back`() throws {
        let key = try SigningKey.generate()
        #expect(try SigningKey(seed: key.seed()).publicKey == key.publicKey)
        let pem = try key.pem()
        #expect(text(pem).hasPrefix("-----BEGIN PRIVATE KEY-----\n"))
        #expect(try SigningKey(pem: pem).publicKey == key.publicKey)
    }

    @Test func `the PEM of another tool is read`() throws {
        // RFC 8410, section 10.3.
        let pem = SecretBytes(
            """
            -----BEGIN PRIVATE KEY-----
            MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC
            -----END PRIVATE KEY-----
            """
        )
        let key = try SigningKey(pem: pem)
        #expect(
            Hex.encode(key.publicKey.rawBytes)
                == "19bf44096984cdfe8541bac167dc3b96c85086aa30b6b6cb0c5c38ad703166e1"
        )
    }

    @Test(arguments: [
        "", "nonsense", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
        // An encrypted key: OpenSSL must not ask anybody for its password.
        """
        -----BEGIN ENCRYPTED PRIVATE KEY-----
        MIGbMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAhCW4s2ZbKPlwICCAAw
        DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEHcYjYqVYrBLbYKSwcoq3GQEQNHY
        -----END ENCRYPTED PRIVATE KEY-----
        """,
    ])
    func `what is no key is refused`(pem: String) {
        #expect(throws: SealingError.self) { try SigningKey(pem: SecretBytes(pem)) }
    }

    @Test func `wrong lengths are refused`() {
        #expect(throws: SealingError.self) { try SigningKey(seed: .random(count: 31)) }
        #expect(throws: SealingError.self) { try VerifyingKey(rawBytes: Random.bytes(33)) }
    }
}
