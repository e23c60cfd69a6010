// DESIGN: words in a text that is broken into lines.
//
// 1. What is searched is the text in its logical order, not what the screen shows: a hit may go
//    over the end of a line, and lines of Arabic are searched as they are read.
// 2. The hit that one is at is known by its paragraph and its place there, so that it stays where
//    it is when lines break anew.
// 3. Going on looks at the whole text, drawing only at the paragraphs in sight.

/// A search in a text: what is looked for, and at which hit one is.
public struct TextSearch: Sendable, Hashable {
    /// What is looked for.
    public let words: SearchedWords

    /// The number of the hit that one is at, from 1; 0 for none.
    public private(set) var number = 0

    /// How many hits there are.
    public private(set) var count = 0

    private var place: Place?

    /// Where a hit begins.
    private struct Place: Sendable, Hashable {
        var paragraph: Int
        var unit: Int
    }

    /// A run of clusters of a drawn line that is a hit, or a part of one.
    public struct Mark: Sendable, Hashable {
        /// The index of the line.
        public let line: Int
        /// The clusters, counted over all pieces of the line.
        public fileprivate(set) var clusters: Range<Int>
        /// Whether one is at this hit.
        public let isHere: Bool
    }

    /// A cluster that counts, as it is compared.
    private struct Unit {
        var folded: String
        /// The drawn line; -1 for a space that a break took.
        var line: Int
        var cluster: Int
    }

    /// Begins a search; nil when nothing can be found of what was typed.
    public init?(_ typed: String) {
        guard let words = SearchedWords(typed) else { return nil }
        self.words = words
    }

    /// Goes to the next hit, or to the one before, and round the end.
    ///
    /// - Parameters:
    ///   - step: 1 for the next one, -1 for the one before.
    ///   - lines: the whole text.
    ///   - first: the line at which a search begins that has no hit yet.
    /// - Returns: the line that the hit is in; nil when there is none.
    public mutating func go(_ step: Int, in lines: [TextLine], from first: Int) -> Int? {
        let hits = hits(in: lines, 0..<lines.count)
        count = hits.count
        guard let index = index(of: step, among: hits, from: first) else {
            number = 0
            place = nil
            return nil
        }
        number = index + 1
        place = hits[index].place
        return hits[index].units.first { $0.line >= 0 }?.line
    }

    private func index(of step: Int, among hits: [Hit], from first: Int) -> Int? {
        guard !hits.isEmpty else { return nil }
        guard let place else {
            return hits.firstIndex { $0.units.contains { $0.line >= first } } ?? 0
        }
        func key(_ place: Place) -> (Int, Int) { (place.paragraph, place.unit) }
        return step > 0
            ? hits.firstIndex { key($0.place) > key(place) } ?? 0
            : hits.lastIndex { key($0.place) < key(place) } ?? hits.count - 1
    }

    /// The hits in some of the drawn lines.
    public func marks(in lines: [TextLine], at shown: Range<Int>) -> [Mark] {
        let shown = shown.clamped(to: lines.indices)
        guard !shown.isEmpty else { return [] }
        let start = lines[...shown.lowerBound].lastIndex { $0.joint == .none } ?? 0
        let end = lines[shown.upperBound...].firstIndex { $0.joint == .none } ?? lines.endIndex
        return hits(in: lines, start..<end).flatMap { marks(of: $0) }
            .filter { shown.contains($0.line) }
    }

    private func marks(of hit: Hit) -> [Mark] {
        var marks: [Mark] = []
        for unit in hit.units where unit.line >= 0 {
            if let last = marks.last, last.line == unit.line {
                marks[marks.count - 1].clusters = last.clusters.lowerBound..<unit.cluster + 1
            } else {
                let clusters = unit.cluster..<unit.cluster + 1
                let isHere = hit.place == place
                marks.append(Mark(line: unit.line, clusters: clusters, isHere: isHere))
            }
        }
        return marks
    }

    private struct Hit {
        var place: Place
        var units: ArraySlice<Unit>
    }

    private func hits(in lines: [TextLine], _ range: Range<Int>) -> [Hit] {
        var paragraph = lines[..<range.lowerBound].count { $0.joint == .none }
        var hits: [Hit] = []
        var units: [Unit] = []
        for index in range {
            if lines[index].joint == .none, index > range.lowerBound {
                hits += find(in: units, paragraph)
                units = []
                paragraph += 1
            }
            if lines[index].joint == .space {
                units.append(Unit(folded: " ", line: -1, cluster: 0))
            }
            units += Self.units(of: lines[index], at: index)
        }
        return hits + find(in: units, paragraph)
    }

    private static func units(of line: TextLine, at index: Int) -> [Unit] {
        var units: [Unit] = []
        var cluster = 0
        for (number, piece) in line.pieces.enumerated() {
            guard number >= line.lead else {
                cluster += piece.text.string.count
                continue
            }
            for character in piece.text.string {
                let folded = SearchedWords.folded(character)
                if !folded.isEmpty {
                    units.append(Unit(folded: folded, line: index, cluster: cluster))
                }
                cluster += 1
            }
        }
        return units
    }

    private func find(in units: [Unit], _ paragraph: Int) -> [Hit] {
        let wanted = words.wanted
        guard units.count >= wanted.count else { return [] }
        var hits: [Hit] = []
        var start = 0
        while start <= units.count - wanted.count {
            let isHit = wanted.indices.allSatisfy { units[start + $0].folded == wanted[$0] }
            if isHit {
                let place = Place(paragraph: paragraph, unit: start)
                hits.append(Hit(place: place, units: units[start..<start + wanted.count]))
            }
            start += isHit ? wanted.count : 1
        }
        return hits
    }
}
