import Testing

@testable import Sealing

@Suite struct SealerTests {
    let old: SealingKey
    let new: SealingKey
    let context: SealingContext = ["tokens", "secret", "tenant 1", "row 7"]

    init() throws {
        old = try SealingKey(id: 1, secret: .random(count: 32))
        new = try SealingKey(id: 0x0203_0405, secret: .random(count: 32))
    }

    // Test case 16 of the GCM specification submitted to NIST.
    @Test func `AES-256-GCM gives the published ciphertext and tag`() throws {
        let plaintext = bytes(
            """
            d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72
            1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39
            """
        )
        let key = secret("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308")
        let sealed = try SecretBytes(copying: plaintext).withUnsafeBytes { plaintext in
            try AESGCM.seal(
                plaintext,
                key: key,
                nonce: bytes("cafebabefacedbaddecaf888"),
                authenticating: bytes("feedfacedeadbeeffeedfacedeadbeefabaddad2")
            )
        }
        #expect(
            sealed
                == bytes(
                    """
                    522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa
                    8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662
                    76fc6ece0f4e1768cddf8853bb2d551b
                    """
                )
        )
    }

    @Test(arguments: ["", "x", "a longer secret that spans several blocks of the cipher"])
    func `a value comes back as it was`(value: String) throws {
        let sealer = Sealer(keys: try KeyRing(current: new))
        let sealed = try sealer.seal(SecretBytes(value), context: context)
        #expect(sealed.bytes.count == value.utf8.count + 33)
        #expect(sealed.bytes.prefix(5) == [1, 2, 3, 4, 5])
        let stored = try Sealed(parsing: sealed.bytes)
        #expect(text(try sealer.open(stored, context: context)) == value)
    }

    @Test func `the same value never looks the same`() throws {
        let sealer = Sealer(keys: try KeyRing(current: new))
        let all = try (0..<50).map { _ in try sealer.seal(SecretBytes("v"), context: context) }
        #expect(Set(all).count == 50)
    }

    @Test(arguments: [
        ["other", "secret", "tenant 1", "row 7"], ["tokens", "other", "tenant 1", "row 7"],
        ["tokens", "secret", "tenant 2", "row 7"], ["tokens", "secret", "tenant 1", "row 8"],
        ["tokens", "secret", "tenant 1row 7"], ["tokens", "secret", "tenant 1", "row 7", ""],
        ["tokenss", "ecret", "tenant 1", "row 7"], [],
    ])
    func `a value does not open in another place`(fields: [String]) throws {
        let sealer = Sealer(keys: try KeyRing(current: new))
        let sealed = try sealer.seal(SecretBytes("v"), context: context)
        #expect(throws: SealingError.notAuthentic(what: "the sealed value")) {
            try sealer.open(sealed, context: SealingContext(fields))
        }
    }

    @Test func `no changed byte goes unnoticed`() throws {
        let sealer = Sealer(keys: try KeyRing(current: new))
        let sealed = try sealer.seal(SecretBytes("value"), context: context)
        for index in sealed.bytes.indices {
            var bytes = sealed.bytes
            bytes[index] ^= 1
            #expect(throws: SealingError.self, "byte \(index)") {
                try sealer.open(Sealed(parsing: bytes), context: context)
            }
        }
    }

    @Test func `after a rotation old values still open and ask to be sealed again`() throws {
        let before = Sealer(keys: try KeyRing(current: old))
        let during = Sealer(keys: try KeyRing(current: new, previous: [old]))
        let after = Sealer(keys: try KeyRing(current: new))
        let sealed = try before.seal(SecretBytes("v"), context: context)
        #expect(text(try during.open(sealed, context: context)) == "v")
        #expect(during.needsResealing(sealed) && !before.needsResealing(sealed))
        #expect(throws: SealingError.unknownKey(id: "1")) {
            try after.open(sealed, context: context)
        }
    }

    @Test func `a value under a key's number but of another key does not open`() throws {
        let impostor = try SealingKey(id: old.id, secret: .random(count: 32))
        let sealed = try Sealer(keys: KeyRing(current: old)).seal(
            SecretBytes("v"),
            context: context
        )
        #expect(throws: SealingError.notAuthentic(what: "the sealed value")) {
            try Sealer(keys: KeyRing(current: impostor)).open(sealed, context: context)
        }
    }

    @Test func `wrong sizes and doubled numbers are refused`() throws {
        #expect(throws: SealingError.self) { try SealingKey(id: 1, secret: .random(count: 16)) }
        #expect(throws: SealingError.self) { try KeyRing(current: old, previous: [old]) }
        #expect(throws: SealingError.self) { try Sealed(parsing: [UInt8](repeating: 1, count: 32)) }
        #expect(throws: SealingError.self) { try Sealed(parsing: [UInt8](repeating: 2, count: 40)) }
        #expect(throws: SealingError.self) { try Sealed(parsing: []) }
    }
}
