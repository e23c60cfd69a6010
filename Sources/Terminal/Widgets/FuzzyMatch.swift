/// How well a typed query fits a text, when its letters occur there in order.
public struct FuzzyMatch: Sendable, Hashable {
    /// The higher, the better: matches in a row and at the starts of words count more.
    public let score: Int

    /// The positions of the matched clusters.
    public let positions: [Int]

    /// Matches without regard to case; nil when the letters do not occur in this order.
    public init?(_ query: String, in text: String) {
        let wanted = Array(query.lowercased().filter { !$0.isWhitespace })
        let letters = text.map { Character($0.lowercased().prefix(1) + "") }
        var positions: [Int] = []
        var score = 0
        var start = 0
        for letter in wanted {
            guard let found = letters[start...].firstIndex(of: letter) else { return nil }
            let isWordStart =
                found == 0 || !letters[found - 1].isLetter && !letters[found - 1].isNumber
            score += positions.last == found - 1 ? 8 : 1
            if isWordStart { score += 6 }
            score -= min(found - start, 5)
            positions.append(found)
            start = found + 1
        }
        if !wanted.isEmpty, letters.starts(with: wanted) { score += 20 }
        self.score = score - letters.count / 16
        self.positions = positions
    }
}
