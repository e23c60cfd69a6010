internal import Synchronization

// DESIGN: the sentences of the interface in another language.
//
// 1. The English sentence is the key, so the code that makes sentences knows nothing of languages.
//    They are looked up where they are drawn, and the model, copies and exports stay as they are.
// 2. A sentence with values is found by its pattern: `Left {tenant}.` The pattern that spells most
//    of the sentence wins. `{*what}` is a value that is itself a sentence, and is looked up too;
//    `{#n}` is one that begins like a number, so that `{#n} rows` fits nothing else; `{+list}` is
//    one of names with what is said of each, joined by `; `.
// 3. Sentences joined by ` · ` are looked up one by one; so are those that follow each other, where
//    all of them are known and spell more than one pattern would.
// 4. In a language from the right, invisible marks keep numbers and sums as they are written, and
//    neighbouring sentences apart.
// 5. What is not found stays English: better than nothing, and a test collects it.

/// Sentences of the interface and what they are called in another language.
public final class Phrasebook: Sendable {
    /// A sentence in both languages.
    public typealias Entry = (english: String, other: String)

    /// The side from which the language is read.
    public let direction: TextDirection

    private let exact: [String: String]
    private let patterns: [PhrasePattern]
    private let state = Mutex(State())
    private let collectsMissing: Bool

    private struct State {
        var known: [String: Found?] = [:]
        var missing: Set<String> = []
    }

    /// A sentence in the other language, and how much of it the catalogue spells out.
    private struct Found {
        var text: String
        var spelled: Int
    }

    /// A screen has some hundred sentences; what nobody asks for any more goes.
    private static let mostRemembered = 2_000

    /// Makes a phrasebook; with `collectsMissing` it remembers what it was asked for in vain.
    public init(_ entries: [Entry], direction: TextDirection, collectsMissing: Bool = false) {
        self.direction = direction
        self.collectsMissing = collectsMissing
        let plain = entries.filter { !$0.english.contains("{") }
        exact = Dictionary(plain.map { ($0.english, $0.other) }) { first, _ in first }
        patterns = entries.filter { $0.english.contains("{") }.map { PhrasePattern($0, direction) }
            .sorted { $0.spelled > $1.spelled }
    }

    /// What was asked for and not found.
    public var missing: [String] { state.withLock { $0.missing.sorted() } }

    /// A sentence in the other language; itself when it is not known.
    public func translate(_ sentence: String) -> String {
        let start = sentence.prefix { $0 == " " }
        guard start.count < sentence.count else { return sentence }
        let end = String(sentence.reversed().prefix { $0 == " " })
        let core = String(sentence.dropFirst(start.count).dropLast(end.count))
        if let known = find(core) { return start + known + end }
        let pieces = core.split(separator: " · ").map(String.init)
        guard pieces.count > 1 else {
            miss(core)
            return sentence
        }
        let said = pieces.map { piece in
            find(piece)
                ?? {
                    miss(piece)
                    return piece
                }()
        }
        return start + direction.joined(said) + end
    }

    private func miss(_ sentence: String) {
        guard collectsMissing, sentence.contains(where: { $0.isASCII && $0.isLetter }) else {
            return
        }
        state.withLock { _ = $0.missing.insert(sentence) }
    }

    private func find(_ sentence: String) -> String? { best(of: sentence)?.text }

    private func best(of sentence: String) -> Found? {
        if let whole = exact[sentence] { return Found(text: whole, spelled: sentence.count) }
        if let known = state.withLock({ $0.known[sentence] }) { return known }
        let one = patterns.lazy.compactMap { pattern in
            pattern.fill(from: sentence) { self.find($0) ?? $0 }
                .map { Found(text: $0, spelled: pattern.spelled) }
        }.first
        let each = findEach(sentence)
        let found = (each?.spelled ?? 0) > (one?.spelled ?? 0) ? each : one
        state.withLock { state in
            if state.known.count >= Self.mostRemembered { state.known = [:] }
            state.known[sentence] = .some(found)
        }
        return found
    }

    /// Sentences behind each other, when every one of them is known.
    private func findEach(_ text: String) -> Found? {
        var start = text.startIndex
        while let stop = text[start...].firstRange(of: ". ") ?? text[start...].firstRange(of: "? ")
        {
            let first = best(of: String(text[..<text.index(after: stop.lowerBound)]))
            if let first, let others = best(of: String(text[stop.upperBound...])) {
                return Found(
                    text: first.text + " " + others.text,
                    spelled: first.spelled + others.spelled
                )
            }
            start = stop.upperBound
        }
        return nil
    }
}

extension Phrasebook: Hashable {
    /// A phrasebook is the same as itself alone.
    public static func == (left: Phrasebook, right: Phrasebook) -> Bool { left === right }

    /// Hashes the identity.
    public func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}

/// A sentence with values in it.
struct PhrasePattern: Sendable {
    /// What stands around the values: one more than there are values.
    let literals: [String]
    let names: [String]
    private let otherLiterals: [String]
    private let otherNames: [String]
    private let direction: TextDirection

    init(_ entry: Phrasebook.Entry, _ direction: TextDirection) {
        self.direction = direction
        (literals, names) = Self.split(entry.english)
        (otherLiterals, otherNames) = Self.split(entry.other)
    }

    /// How many characters the pattern spells out.
    var spelled: Int { literals.reduce(0) { $0 + $1.count } }

    private static func split(_ text: String) -> (literals: [String], names: [String]) {
        var literals: [String] = []
        var names: [String] = []
        var rest = Substring(text)
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            literals.append(String(rest[..<open]))
            names.append(String(rest[rest.index(after: open)..<close]))
            rest = rest[rest.index(after: close)...]
        }
        return (literals + [String(rest)], names)
    }

    /// The other language's sentence with the values of a sentence that fits; nil when it does not.
    func fill(from sentence: String, phrase: (String) -> String) -> String? {
        guard let values = values(of: sentence) else { return nil }
        var known: [String: String] = [:]
        for (name, value) in zip(names, values) {
            let isPhrase = name.hasPrefix("*")
            if name.hasPrefix("+") {
                known[Self.bare(name)] = Self.list(value, phrase)
                continue
            }
            if name.hasPrefix("#"), !Self.beginsLikeNumber(value) { return nil }
            known[Self.bare(name)] = isPhrase ? phrase(value) : mark(value) + value
        }
        var text = otherLiterals[0]
        for (index, name) in otherNames.enumerated() {
            text += (known[Self.bare(name)] ?? "") + otherLiterals[index + 1]
        }
        return text
    }

    /// Names with what is said of each; the names stay.
    private static func list(_ value: String, _ phrase: (String) -> String) -> String {
        var parts: [String] = []
        for part in value.split(separator: "; ").map(String.init) {
            // What begins so belongs to the sentence before it.
            let goesOn = ["got ", "write ", "check "].contains { part.hasPrefix($0) }
            if goesOn, let last = parts.popLast() {
                parts.append(last + "; " + part)
            } else {
                parts.append(part)
            }
        }
        return parts.map { part in
            guard let space = part.firstIndex(of: " ") else { return part }
            return part[..<space] + " " + phrase(String(part[part.index(after: space)...]))
        }.joined(separator: "؛ ")
    }

    /// What keeps a date or a sum of money in its order behind letters from the right.
    private func mark(_ value: String) -> String {
        guard direction == .rightToLeft, let first = value.first, first.isASCII, !first.isLetter
        else { return "" }
        return "\u{200E}"
    }

    private static func bare(_ name: String) -> String {
        name.first.map { "*#+".contains($0) } == true ? String(name.dropFirst()) : name
    }

    private static func beginsLikeNumber(_ value: String) -> Bool {
        value.first.map { $0.isNumber || "$<>-–".contains($0) } ?? false
    }

    private func values(of sentence: String) -> [String]? {
        guard sentence.hasPrefix(literals[0]), let last = literals.last, sentence.hasSuffix(last)
        else { return nil }
        guard literals[0].count + last.count < sentence.count else { return nil }
        var values: [String] = []
        var rest = sentence.dropFirst(literals[0].count).dropLast(last.count)
        for literal in literals.dropFirst().dropLast() {
            guard let range = rest.firstRange(of: literal), range.lowerBound > rest.startIndex
            else { return nil }
            values.append(String(rest[..<range.lowerBound]))
            rest = rest[range.upperBound...]
        }
        guard !rest.isEmpty else { return nil }
        return values + [String(rest)]
    }
}
