import Testing

@testable import Sealing

struct EncodingTests {
    // RFC 4648, section 10.
    @Test(arguments: [
        ("", "", ""), ("f", "Zg", "MY"), ("fo", "Zm8", "MZXQ"), ("foo", "Zm9v", "MZXW6"),
        ("foob", "Zm9vYg", "MZXW6YQ"), ("fooba", "Zm9vYmE", "MZXW6YTB"),
        ("foobar", "Zm9vYmFy", "MZXW6YTBOI"),
    ])
    func `the published examples`(text: String, base64: String, base32: String) {
        let bytes = Array(text.utf8)
        #expect(Base64URL.encode(bytes) == base64)
        #expect(Base64URL.decode(base64) == bytes)
        #expect(Base32.encode(bytes) == base32)
    }

    @Test func `every byte comes back, in the alphabet for URLs`() {
        let bytes = (0...255).map { UInt8($0) }
        for count in 0...256 {
            let part = Array(bytes.prefix(count))
            #expect(Base64URL.decode(Base64URL.encode(part)) == part)
        }
        #expect(Base64URL.encode([0xFB, 0xEF, 0xFF]) == "--__")
    }

    @Test(arguments: ["A", "AAAAA", "Zg==", "Z+", "Z/", "Zh", "Zm9", "Zm8 ", "Zé"])
    func `what has another spelling is refused`(text: String) {
        #expect(Base64URL.decode(text) == nil)
    }

    // RFC 2202, section 3.
    @Test(arguments: [
        (
            [UInt8](repeating: 0x0B, count: 20), "Hi There",
            "b617318655057264e28bc0b6fb378c8ef146be00"
        ),
        (
            Array("Jefe".utf8), "what do ya want for nothing?",
            "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"
        ),
        (
            [UInt8](repeating: 0xAA, count: 80),
            "Test Using Larger Than Block-Size Key - Hash Key First",
            "aa4ae5e15272d00e95705637ce8a3b55ed402112"
        ),
    ])
    func `HMAC-SHA-1 gives the published codes`(key: [UInt8], message: String, code: String) {
        let found = HMAC.sha1(key: SecretBytes(copying: key), message: Array(message.utf8))
        #expect(Hex.encode(found) == code)
    }
}
