/// The words of a text that are worth searching for.
enum OfflineWords {
    /// In small letters, in their order, each once; without words that say nothing alone.
    static func keywords(of text: String, most: Int = 8) -> [String] {
        var seen: Set<String> = []
        var words: [String] = []
        for word in split(text) where word.count > 1 && !idle.contains(word) {
            guard words.count < most else { break }
            if seen.insert(word).inserted { words.append(word) }
        }
        return words
    }

    /// Letters and digits belong together, everything else parts.
    static func split(_ text: String) -> [String] {
        text.lowercased().split { !$0.isLetter && !$0.isNumber }.map { String($0.prefix(60)) }
    }

    private static let idle: Set<String> = [
        "a", "about", "all", "am", "an", "and", "any", "are", "as", "at", "be", "been", "but", "by",
        "can", "could", "did", "do", "does", "draft", "find", "for", "from", "get", "give", "had",
        "has", "have", "how", "i", "if", "in", "into", "is", "it", "its", "know", "like", "list",
        "make", "many", "may", "me", "much", "my", "no", "not", "of", "on", "or", "our", "out",
        "please", "say", "says", "search", "see", "she", "should", "show", "so", "some", "tell",
        "than", "that", "the", "their", "them", "there", "these", "they", "this", "to", "us", "was",
        "we", "were", "what", "when", "where", "which", "who", "why", "will", "with", "would",
        "write", "you", "your",
        "في", "من", "على", "إلى", "الى", "عن", "ما", "ماذا", "هل", "كيف", "هو", "هي", "هذا", "هذه",
        "مع", "أن", "ان", "كم", "أين", "متى", "لماذا", "لا", "أو", "كل",
    ]
}
