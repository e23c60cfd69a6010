import Testing

@testable import Sealing

@Suite struct DigestTests {
    // FIPS 180-4 examples.
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
    ])
    func `SHA-256 gives the published hashes`(message: String, expected: String) {
        #expect(Hex.encode(Digest.sha256(message)) == expected)
        #expect(Hex.encode(Digest.sha256(Array(message.utf8))) == expected)
    }

    @Test func `a hasher in parts equals one over the whole, again and again`() {
        var hasher = SHA256Hasher()
        for round in 0..<3 {
            let message = [UInt8](repeating: UInt8(round), count: 200)
            hasher.update(message[..<7])
            hasher.update(Array(message[7..<100]))
            message[100...].withUnsafeBytes { hasher.update($0) }
            hasher.update("tail")
            #expect(hasher.finish() == Digest.sha256(message + Array("tail".utf8)))
        }
    }

    @Test func `an empty message after another one is empty`() {
        var hasher = SHA256Hasher()
        hasher.update("something")
        _ = hasher.finish()
        #expect(hasher.finish() == Digest.sha256([UInt8]()))
    }
}

/// The test cases of RFC 4231 (without the truncated one).
struct HMACVector: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let key: String
    let message: String
    let sha256: String
    let sha384: String

    static let all = [
        HMACVector(
            testDescription: "case 1",
            key: "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b",
            message: "4869205468657265",
            sha256: "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
            sha384: "afd03944d84895626b0825f4ab46907f15f9dadbe4101ec682aa034c7cebc59c"
                + "faea9ea9076ede7f4af152e8b2fa9cb6"
        ),
        HMACVector(
            testDescription: "case 2, a short key",
            key: "4a656665",
            message: "7768617420646f2079612077616e7420666f72206e6f7468696e673f",
            sha256: "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
            sha384: "af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e"
                + "8e2240ca5e69e2c78b3239ecfab21649"
        ),
        HMACVector(
            testDescription: "case 6, a key longer than a block",
            key: String(repeating: "aa", count: 131),
            message: "54657374205573696e67204c6172676572205468616e20426c6f636b2d53697a"
                + "65204b6579202d2048617368204b6579204669727374",
            sha256: "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
            sha384: "4ece084485813e9088d2c63a041bc5b44f9ef1012a2b588f3cd11f05033ac4c6"
                + "0c2ef6ab4030fe8296248df163f44952"
        ),
    ]
}

@Suite struct HMACTests {
    @Test(arguments: HMACVector.all)
    func `the codes are those of RFC 4231`(vector: HMACVector) {
        let (key, message) = (secret(vector.key), bytes(vector.message))
        #expect(Hex.encode(HMAC.sha256(key: key, message: message)) == vector.sha256)
        #expect(Hex.encode(HMAC.sha384(key: key, message: message)) == vector.sha384)
    }

    @Test(arguments: HMACVector.all)
    func `two plain hashes over the padded blocks give the same code`(vector: HMACVector) {
        let blocks = HMAC.paddedBlocks(key: secret(vector.key))
        let inner = Digest.sha256(blocks.inner + bytes(vector.message))
        #expect(blocks.inner.count == 64 && blocks.outer.count == 64)
        #expect(Hex.encode(Digest.sha256(blocks.outer + inner)) == vector.sha256)
    }

    @Test func `a prepared key serves many tasks at once`() async {
        let vector = HMACVector.all[1]
        let key = HMACKey(secret(vector.key), .sha256)
        let message = bytes(vector.message)
        await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    (0..<500).allSatisfy { _ in
                        Hex.encode(key.authenticate(message)) == vector.sha256
                    }
                }
            }
            for await isRight in group { #expect(isRight) }
        }
    }
}
