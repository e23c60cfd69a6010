import Foundation
import Testing

@testable import Terminal

/// The wrapper of FriBidi against samples of Unicode's own data, in Bidi/.
struct BidiConformanceTests {
    private static func lines(_ name: String) throws -> [String] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Bidi")
        let data = try Data(contentsOf: folder.appending(path: name))
        return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
            .filter { !$0.hasPrefix("#") }
    }

    /// What differs from the data, in words; nil when nothing does.
    private static func difference(
        _ scalars: [UInt32],
        _ base: TextDirection?,
        levels: [Int?],
        order: [Int]
    ) -> String? {
        guard let line = BidiParagraph(scalars, base: base, gathersMarks: false) else {
            return "refused"
        }
        // What X9 removes has no level of its own, and stands anywhere.
        let found = zip(line.levels, levels).map { level, wanted in wanted == nil ? nil : level }
        let shown = line.positions.filter { levels[$0] != nil }
        return found == levels && shown == order ? nil : "levels \(found), order \(shown)"
    }

    private static func numbers(_ text: some StringProtocol) -> [Int?] {
        text.split { $0 == " " || $0 == "\t" }.map { Int($0) }
    }

    @Test func `characters are ordered as Unicode's data tells`() throws {
        var count = 0
        for line in try Self.lines("BidiCharacterTest.sample.txt") {
            let fields = line.split(separator: ";", omittingEmptySubsequences: false)
            try #require(fields.count == 5)
            let scalars = fields[0].split(separator: " ").compactMap { UInt32($0, radix: 16) }
            let base: TextDirection? =
                fields[1] == "0" ? .leftToRight : fields[1] == "1" ? .rightToLeft : nil
            let difference = Self.difference(
                scalars,
                base,
                levels: Self.numbers(fields[3]),
                order: Self.numbers(fields[4]).compactMap(\.self)
            )
            #expect(difference == nil, "\(line)")
            count += 1
        }
        #expect(count > 500)
    }

    /// A character of each class that takes no part in brackets.
    private static let characters: [Substring: UInt32] = [
        "L": 0x61, "R": 0x5D0, "AL": 0x628, "EN": 0x31, "ES": 0x2B, "ET": 0x25, "AN": 0x661,
        "CS": 0x2C, "NSM": 0x300, "BN": 0xAD, "B": 0x2029, "S": 0x09, "WS": 0x20, "ON": 0x21,
        "LRE": 0x202A, "LRO": 0x202D, "RLE": 0x202B, "RLO": 0x202E, "PDF": 0x202C, "LRI": 0x2066,
        "RLI": 0x2067, "FSI": 0x2068, "PDI": 0x2069,
    ]

    private static let directions: [(bit: Int, base: TextDirection?)] = [
        (1, nil), (2, .leftToRight), (4, .rightToLeft),
    ]

    @Test func `classes are ordered as Unicode's data tells`() throws {
        var levels: [Int?] = []
        var order: [Int] = []
        var count = 0
        for line in try Self.lines("BidiTest.sample.txt") {
            if line.hasPrefix("@Levels:") {
                levels = Self.numbers(line.dropFirst(8))
            } else if line.hasPrefix("@Reorder:") {
                order = Self.numbers(line.dropFirst(9)).compactMap(\.self)
            } else {
                let parts = line.split(separator: ";")
                let scalars = try parts[0].split(separator: " ").map {
                    try #require(Self.characters[$0])
                }
                let bits = try #require(Int(parts[1].drop { $0 == " " }))
                for (bit, base) in Self.directions where bits & bit != 0 {
                    let difference = Self.difference(scalars, base, levels: levels, order: order)
                    #expect(difference == nil, "\(line), \(bit)")
                    count += 1
                }
            }
        }
        #expect(count > 500)
    }
}
