import FoundationEssentials
import Testing

@testable import Sealing

@Suite struct BytesTests {
    @Test func `a secret does not show its content`() {
        let secret = SecretBytes("open sesame")
        var dumped = ""
        dump(secret, to: &dumped)
        for text in ["\(secret)", String(reflecting: secret), dumped] {
            #expect(!text.contains("sesame") && !text.contains("111"), "\(text)")
        }
        #expect("\(secret)" == "SecretBytes(11 bytes)")
    }

    @Test func `a secret gives back what was copied into it`() {
        #expect(SecretBytes(copying: [0, 1, 255]).exposed == [0, 1, 255])
        #expect(SecretBytes(copying: [UInt8]()).exposed.isEmpty)
        #expect(SecretBytes.random(count: -1).count == 0)
    }

    @Test(arguments: [("", ""), ("a\n", "a"), ("a\r\n", "a"), ("a\n\n", "a\n"), ("a\r", "a\r")])
    func `one final line break is taken off`(content: String, expected: String) {
        #expect(text(SecretBytes(content).withoutFinalLineBreak()) == expected)
    }

    @Test func `random bytes have the wished count and do not repeat`() {
        #expect(Random.bytes(0).isEmpty)
        #expect(Random.bytes(-3).isEmpty)
        let all = (0..<100).map { _ in Random.bytes(13) }
        #expect(all.allSatisfy { $0.count == 13 })
        #expect(Set(all).count == 100)
        #expect(Set(Random.bytes(10_000)).count == 256)
    }

    @Test func `equality looks at length and every byte`() {
        #expect(constantTimeEquals([UInt8](), []))
        #expect(constantTimeEquals([1, 2, 3], [1, 2, 3]))
        #expect(!constantTimeEquals([1, 2, 3], [1, 2, 4]))
        #expect(!constantTimeEquals([0, 2, 3], [1, 2, 3]))
        #expect(!constantTimeEquals([1, 2], [1, 2, 3]))
        #expect(constantTimeEquals(SecretBytes("a"), SecretBytes("a")))
        #expect(!constantTimeEquals(SecretBytes("a"), SecretBytes("b")))
    }

    @Test func `hex goes both ways and refuses anything else`() {
        #expect(Hex.encode([0, 0x1F, 0xA0, 0xFF]) == "001fa0ff")
        #expect(Hex.decode("001fa0ff") == [0, 0x1F, 0xA0, 0xFF])
        for wrong in ["0", "0g", "FF", " 00", "0x00", "٠٠"] {
            #expect(Hex.decode(wrong) == nil, "\(wrong)")
        }
    }
}

@Suite struct UUIDTests {
    @Test func `the bits are where RFC 9562 wants them`() {
        // The example of RFC 9562, appendix A.6: 2022-02-22 14:22:22 -05:00.
        let ticks = Random.ticks(ofMicroseconds: 1_645_557_742_000_000) | 0xCC3
        let id = Random.uuidV7(ticks: ticks, randomness: 0x18C4_DC0C_0C07_398F << 2)
        #expect(id.uuidString == "017F22E2-79B0-7CC3-98C4-DC0C0C07398F")
    }

    @Test func `identifiers of one process rise`() {
        // The process's own clock is shared with tests that run beside this one.
        let now = Random.ticks(ofMicroseconds: 4_000_000_000_000_000)
        var last: UInt64 = 0
        let ids = (0..<5_000).map { _ in
            last = Random.tick(wanted: now, after: last)
            return Random.uuidV7(ticks: last, randomness: .random(in: .min ... .max)).uuidString
        }
        #expect(ids == ids.sorted())
        #expect(Set(ids).count == ids.count)
    }

    @Test func `a step within a millisecond changes the order`() {
        let earlier = Random.ticks(ofMicroseconds: 1_000_001)
        #expect(earlier < Random.ticks(ofMicroseconds: 1_000_002))
        #expect(Random.ticks(ofMicroseconds: 1_000_999) < Random.ticks(ofMicroseconds: 1_001_000))
    }

    @Test func `a short jump back goes on, a wanted past time is kept`() {
        let now = Random.ticks(ofMicroseconds: 5_000_000)
        let justBefore = Random.ticks(ofMicroseconds: 4_995_000)
        let longBefore = Random.ticks(ofMicroseconds: 1_000_000)
        #expect(Random.tick(wanted: now, after: now) == now + 1)
        #expect(Random.tick(wanted: justBefore, after: now) == now + 1)
        #expect(Random.tick(wanted: longBefore, after: now) == longBefore)
        #expect(Random.ticks(ofMicroseconds: -5) == 0)
    }
}
