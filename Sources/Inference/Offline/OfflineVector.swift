import Domain

/// A text as a vector without a model: each word is counted in a place that its hash chooses.
///
/// It knows words, not meanings: texts are near each other as far as they share words.
enum OfflineVector {
    static let dimensions = 256

    /// Of length 1; all zeros for a text without words.
    static func of(_ text: String) -> [Float] {
        var vector = [Float](repeating: 0, count: dimensions)
        for word in OfflineWords.split(text) {
            let hash = hash(word)
            // Half of the words count down, so that words which share a place do not add up.
            vector[Int(hash % UInt64(dimensions))] += hash & (1 << 40) == 0 ? 1 : -1
        }
        let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return length > 0 ? vector.map { $0 / length } : vector
    }

    /// FNV-1a, 64 bits: the same in every process, which Swift's own hash is not.
    private static func hash(_ word: String) -> UInt64 {
        word.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }
}
