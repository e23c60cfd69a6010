/// Words that are looked for in a text, without regard to case, marks and the forms of Arabic
/// letters.
///
/// It folds as the database does for names and filters, but cluster by cluster: what is found is a
/// run of clusters of the text as it is.
public struct SearchedWords: Sendable, Hashable {
    /// The words as they were typed, made harmless.
    public let text: SafeText

    /// What each of their clusters folds to.
    let wanted: [String]

    /// Takes what was typed; nil when nothing of it can be found.
    public init?(_ typed: String) {
        text = SafeText(typed)
        wanted = text.string.map(Self.folded).filter { !$0.isEmpty }
        guard wanted.contains(where: { $0 != " " }) else { return nil }
    }

    /// What a cluster is compared as; empty for one that counts for nothing, as a stretched line.
    static func folded(_ cluster: Character) -> String {
        var folded = ""
        for scalar in cluster.unicodeScalars where !isMark(scalar.value) {
            folded.unicodeScalars.append(letters[scalar] ?? scalar)
        }
        return folded.lowercased()
    }

    /// Vowel signs and other marks on Arabic letters, and the line that stretches words.
    private static func isMark(_ value: UInt32) -> Bool {
        (0x610...0x61A).contains(value) || (0x64B...0x65F).contains(value) || value == 0x670
            || value == 0x640
    }

    /// Forms of alef, ya, ta and their carriers of a hamza.
    private static let letters: [Unicode.Scalar: Unicode.Scalar] = [
        "\u{623}": "\u{627}", "\u{625}": "\u{627}", "\u{622}": "\u{627}", "\u{671}": "\u{627}",
        "\u{649}": "\u{64A}", "\u{629}": "\u{647}", "\u{624}": "\u{648}", "\u{626}": "\u{64A}",
    ]
}
