import Testing

@testable import Sealing

@Suite struct Base62Tests {
    @Test func `bytes come back from their digits`() {
        for count in [0, 1, 4, 16, 32] {
            for _ in 0..<50 {
                let bytes = Random.bytes(count)
                let text = Base62.encode(bytes)
                #expect(text.utf8.count == Base62.length(ofBytes: count))
                #expect(Base62.decode(text.utf8, bytes: count) == bytes)
            }
        }
    }

    @Test func `the digits are those of the number`() {
        #expect(Base62.encode([0]) == "00")
        #expect(Base62.encode([61]) == "0z")
        #expect(Base62.encode([62]) == "10")
        #expect(Base62.encode([0xFF, 0xFF, 0xFF, 0xFF]) == "4gfFC3")
        #expect(Base62.encode([UInt8](repeating: 0, count: 16)).utf8.count == 22)
    }

    @Test(arguments: ["", "0", "000", "0-", "zz", "0_"])
    func `what no byte spells is refused`(text: String) {
        #expect(Base62.decode(text.utf8, bytes: 1) == nil)
    }

    @Test func `the checksum is that of the standard`() {
        #expect(CRC32.checksum("123456789".utf8) == 0xCBF4_3926)
        #expect(CRC32.checksum("".utf8) == 0)
        #expect(CRC32.checksum("a".utf8) == 0xE8B7_BE43)
    }
}
