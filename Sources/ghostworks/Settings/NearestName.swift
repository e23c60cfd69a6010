/// The known name that a mistyped one was meant for.
enum NearestName {
    /// The nearest name, when it is near enough that it was probably meant.
    static func find(_ name: String, among known: [String]) -> String? {
        let typed = Array(name.lowercased())
        let limit = max(1, min(3, typed.count / 3))
        return
            known.map { (name: $0, distance: distance(typed, Array($0.lowercased()))) }
            .filter { $0.distance <= limit || isBeginning(name, of: $0.name) }
            .min { ($0.distance, $0.name) < ($1.distance, $1.name) }?
            .name
    }

    /// `Did you mean "acme-charity"?`, when there is a near name.
    static func hint(for name: String, among known: [String]) -> String? {
        find(name, among: known).map { "Did you mean \"\($0)\"?" }
    }

    private static func isBeginning(_ name: String, of other: String) -> Bool {
        name.count >= 3 && other.lowercased().hasPrefix(name.lowercased())
    }

    /// Insertions, deletions, substitutions and swaps of neighbours between two texts (the
    /// restricted Damerau-Levenshtein distance).
    static func distance(_ left: [Character], _ right: [Character]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for (row, character) in left.enumerated() {
            var current = [row + 1]
            for (column, other) in right.enumerated() {
                var cost = min(
                    last[column] + (character == other ? 0 : 1),
                    last[column + 1] + 1,
                    current[column] + 1
                )
                if row > 0, column > 0, character == right[column - 1], other == left[row - 1] {
                    cost = min(cost, beforeLast[column - 1] + 1)
                }
                current.append(cost)
            }
            beforeLast = last
            last = current
        }
        return last[right.count]
    }
}
