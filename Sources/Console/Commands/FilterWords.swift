import Domain

/// A filter as typed: `key:value` pairs and plain words.
struct FilterWords: Sendable {
    private(set) var pairs: [(key: String, value: String)] = []
    private(set) var words: [String] = []

    /// Reads a filter whose keys must be among `known`; values may stand in double quotes.
    ///
    /// - Throws: A validation error that names an unknown key or an empty value.
    init(_ text: String, known: [String]) throws(DomainError) {
        for piece in Self.pieces(of: text) {
            guard let colon = piece.firstIndex(of: ":"), colon != piece.startIndex else {
                words.append(piece)
                continue
            }
            let key = piece[..<colon].lowercased()
            let value = String(piece[piece.index(after: colon)...])
            guard known.contains(key) else {
                throw .filter(
                    "There is no filter \"\(key):\".",
                    hint: "There are \(known.map { $0 + ":" }.listed)."
                )
            }
            guard !value.isEmpty else {
                throw .filter("The filter \(key): needs a value.", hint: "Such as \(key):…")
            }
            pairs.append((key, value))
        }
    }

    var text: String? { words.isEmpty ? nil : words.joined(separator: " ") }

    /// The value of a key that may occur once.
    func value(_ key: String) throws(DomainError) -> String? {
        let values = self.values(key)
        guard values.count < 2 else {
            throw .filter("The filter \(key): occurs twice.", hint: "Leave one of them out.")
        }
        return values.first
    }

    func values(_ key: String) -> [String] { pairs.filter { $0.key == key }.map(\.value) }

    /// A value out of a closed list.
    func choice<Value: RawRepresentable & CaseIterable>(
        _ key: String,
        of _: Value.Type
    ) throws(DomainError) -> Value? where Value.RawValue == String {
        guard let text = try value(key) else { return nil }
        guard let choice = Value(rawValue: text.lowercased()) else {
            throw .filter(
                "There is no \(key) \"\(text)\".",
                hint: "There are \(Value.allCases.map(\.rawValue).listed)."
            )
        }
        return choice
    }

    /// A moment: a date, a time stamp, or how long ago (`7d`, `12h`, `30m`).
    func moment(_ key: String, _ context: ScreenContext) throws(DomainError) -> Instant? {
        guard let text = try value(key) else { return nil }
        if let ago = Self.ago(text) {
            return Instant(microseconds: context.now.microseconds - ago * 1_000_000)
        }
        if text.count == 10, let day = Instant(rfc3339: text) {
            return context.zone.start(of: day.date)
        }
        guard let instant = Instant(rfc3339: text) else {
            throw .filter(
                "\"\(text)\" is no time.",
                hint: "Write 2026-03-01, 2026-03-01T10:00:00Z, 7d, 12h or 30m."
            )
        }
        return instant
    }

    /// The same, where a day means its end: what was known when it was over.
    func lastMoment(_ key: String, _ context: ScreenContext) throws(DomainError) -> Instant? {
        guard let moment = try moment(key, context) else { return nil }
        let isDay = try value(key)?.count == 10
        return isDay ? moment.advanced(by: .seconds(86_400)) : moment
    }

    private static func ago(_ text: String) -> Int64? {
        let units: [Character: Int64] = ["m": 60, "h": 3_600, "d": 86_400, "w": 604_800]
        guard let last = text.last, let unit = units[last], let count = Int64(text.dropLast()),
            (0...100_000).contains(count)
        else { return nil }
        return count * unit
    }

    /// Splits at spaces outside of double quotes; the quotes go away.
    private static func pieces(of text: String) -> [String] {
        var pieces: [String] = []
        var piece = ""
        var isQuoted = false
        for character in text {
            if character == "\"" {
                isQuoted.toggle()
            } else if character.isWhitespace, !isQuoted {
                if !piece.isEmpty { pieces.append(piece) }
                piece = ""
            } else {
                piece.append(character)
            }
        }
        return piece.isEmpty ? pieces : pieces + [piece]
    }
}

extension DomainError {
    static func filter(_ sentence: String, hint: String) -> DomainError {
        DomainError(
            .invalid([FieldProblem("filter", sentence)]),
            .validationError,
            sentence,
            hint: hint
        )
    }
}
