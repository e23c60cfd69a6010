import Foundation
import Inference
import Testing

/// The short run of the fuzzer, over the corpus and blind mutations of it.
///
/// `make fuzz` runs libFuzzer, which sees the branches it reaches; this does not.
@Suite struct StreamRuleTests {
    private static let corpus: [(name: String, bytes: [UInt8])] = {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Corpus")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.sorted().compactMap { name in
            (try? Data(contentsOf: folder.appending(path: name))).map { (name, Array($0)) }
        }
    }()

    @Test(arguments: AnswerDialect.allCases)
    func `the rules hold for the corpus`(dialect: AnswerDialect) {
        #expect(Self.corpus.count >= 12)
        for (name, bytes) in Self.corpus {
            #expect(StreamRules.broken(by: bytes, dialect) == nil, "\(name)")
        }
    }

    @Test(arguments: AnswerDialect.allCases, 0..<4)
    func `the rules hold for mutations of the corpus`(dialect: AnswerDialect, seed: Int) {
        var chance = Mutation(seed: UInt64(seed + 1))
        for (name, bytes) in Self.corpus {
            for _ in 0..<12 {
                let mutated = chance.mutate(bytes)
                let broken = StreamRules.broken(by: mutated, dialect)
                #expect(broken == nil, "\(name): \(String(decoding: mutated, as: UTF8.self))")
            }
        }
    }
}

/// Changes bytes by chance, the same way for the same seed.
private struct Mutation: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed &* 0x9E37_79B9_7F4A_7C15
    }

    /// SplitMix64.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }

    mutating func mutate(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...6, using: &self) {
            let place = Int.random(in: 0...bytes.count, using: &self)
            let end = min(bytes.count, place + Int.random(in: 0...40, using: &self))
            switch Int.random(in: 0..<6, using: &self) {
            case 0: bytes.removeSubrange(place..<end)
            case 1: bytes.insert(contentsOf: bytes[place..<end], at: place)
            case 2: bytes.insert(.random(in: 0...255, using: &self), at: place)
            case 3:
                if place < bytes.count {
                    bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &self)
                }
            case 4:
                bytes.insert(contentsOf: Self.words.randomElement(using: &self) ?? [], at: place)
            default: bytes.removeSubrange(end...)
            }
        }
        return bytes
    }

    private static let words: [[UInt8]] =
        [
            "\n\n", "\r\n", "\r", "data: ", "data: [DONE]\n\n", ":", "{", "}", "\\ud83d", "\\u0000",
            "\"index\":-1", "1e999", "null", "\u{FEFF}", "\"finish_reason\":\"stop\"",
        ].map { Array($0.utf8) } + [[0xFF], [0xC3], [0xF0, 0x9F]]
}
