import Domain
import Terminal
import Testing

@testable import Console

/// The catalogue of Arabic against everything that the console says.
struct CatalogueTests {
    private static var entries: [Phrasebook.Entry] {
        Phrasebook.arabicPhrases + Phrasebook.read(ArabicPhrases.readOut)
    }

    private static func book() -> Phrasebook {
        Phrasebook(Phrasebook.arabicPhrases, direction: .rightToLeft, collectsMissing: true)
    }

    @Test func `every value of a sentence is in both languages`() {
        #expect(Self.entries.count > 700)
        for (english, arabic) in Self.entries {
            #expect(Self.names(in: english) == Self.names(in: arabic), "\(english)")
        }
    }

    private static func names(in text: String) -> Set<String> {
        var names: Set<String> = []
        for part in text.split(separator: "{", omittingEmptySubsequences: false).dropFirst() {
            let name = part.split(separator: "}", omittingEmptySubsequences: false)[0]
            names.insert(name.filter { !"*#+".contains($0) })
        }
        return names
    }

    @Test func `every sentence is in the catalogue once, and in Arabic`() {
        let english = Self.entries.map(\.english)
        #expect(Set(english).count == english.count)
        let foreign: Set = ["Ghostworks", "p50 / p99"]
        for (english, arabic) in Self.entries where !foreign.contains(english) {
            let spelled = english.replacing(/\{[^}]*\}/, with: "")
            guard spelled.contains(where: \.isLetter) else { continue }
            let letters = arabic.unicodeScalars.filter { (0x600...0x6FF).contains($0.value) }
            #expect(!letters.isEmpty || english.first == "✗", "\(english)")
        }
    }

    @Test func `every action has an Arabic label and help`() {
        let book = Self.book()
        for action in Actions.all {
            _ = book.translate(action.label)
            _ = book.translate(action.help)
            if let hint = action.hint { _ = book.translate(hint.label) }
        }
        for kind in ScreenKind.allCases {
            _ = book.translate(kind.heading)
            if kind.filterHint.hasPrefix("words") { _ = book.translate(kind.filterHint) }
        }
        for word in Command.words { _ = book.translate(word.help) }
        #expect(book.missing == [])
    }

    @Test func `every sentence that an operation can fail with has its Arabic`() throws {
        let book = Self.book()
        let found = try ErrorSentences.all()
        #expect(found.sentences.count > 200)
        for sentence in found.sentences { _ = book.translate(sentence) }
        #expect(book.missing == [])
        let nouns = found.nouns.filter { book.translate($0) == $0 }
        #expect(nouns == [])
    }

    @Test(arguments: [
        (
            "Invalid input: name must have 1 to 100 characters; got 0; slug must not look like "
                + "an id.",
            "مدخل غير صالح: name يجب أن يكون من \u{200E}1 إلى \u{200E}100 حرفًا؛ جاء \u{200E}0؛ "
                + "slug يجب ألا يشبه معرّفًا."
        ),
        (
            "You cannot disable yourself. Another super-admin can.",
            "لا يمكنك تعطيل نفسك. يستطيعه مدير عام آخر."
        ),
        ("No artifact \"Zakat guide\" exists.", "لا يوجد «Zakat guide» (وثيقة)."),
        (
            "You cannot disable yourself. Nobody knows why.",
            "You cannot disable yourself. Nobody knows why."
        ),
    ])
    func `what went wrong is said in Arabic, with all that belongs to it`(
        english: String,
        arabic: String
    ) {
        #expect(Self.book().translate(english) == arabic)
    }

    /// A console that speaks Arabic and notes what it could not say.
    private static func speaker(_ size: Size, _ book: Phrasebook) throws -> Operator {
        var ada = try Operator(size: size)
        ada.console.surroundings.settings.tongue = Tongue(book)
        return ada
    }

    @Test func `no screen, form or dialog says anything that has no Arabic`() throws {
        let size = Size(columns: 160, rows: 50)
        let book = Self.book()
        var ada = try Self.speaker(size, book)
        try ada.signIn()
        ada.elevate()
        try visit(&ada, ["enter", "P", "O", "A", "J", "enter"])
        ada.run(":sessions")
        try visit(&ada, ["d"])
        ada = try Self.speaker(size, book)
        try ada.signIn()
        ada.elevate()
        try ada.enterAcme(.readWrite)
        try visit(&ada, ["1", "2", "3", "4", "5", "6", "7", "8", "9", "0"])
        var omar = try Self.speaker(size, book)
        try omar.signIn(nil, World.omar)
        omar.elevate()
        try omar.press("enter")
        omar.answerAll()
        try visit(&omar, ["1", "2", "3", "4", "5", "6", "7", "8", "9", "0"])
        #expect(book.missing.filter { !Self.isData($0) } == [])
    }

    @Test func `the form of a price has its Arabic, with the help of every field`() throws {
        let book = Self.book()
        var ada = try Self.speaker(Size(columns: 120, rows: 40), book)
        try ada.signIn()
        ada.elevate()
        try ada.press("M")
        ada.answerAll()
        _ = ada.frame
        let before = Set(book.missing)
        try ada.press("j", "e")
        for _ in 0..<11 {
            _ = ada.frame
            try ada.press("f1")
            _ = ada.frame
            try ada.press("f1", "tab")
        }
        try ada.press("shift-tab")
        for text in ["1:2", "0:$1/M:$1/M", "1:$1/M:$99999/M", "200000:$1/M:$1/M"] {
            try ada.press("ctrl-u")
            ada.type(text)
            _ = ada.frame
        }
        #expect(Set(book.missing).subtracting(before) == [])
    }

    /// What stands where sentences do and is none: names, addresses, ids, keys and texts of people.
    private static func isData(_ text: String) -> Bool {
        let people = World.people.values.flatMap { [$0.name, $0.email] }
        let known =
            people + World.tenants.map(\.name) + World.hostileNames
            + World.members.flatMap { [$0.name, $0.email] }
        let words = text.split(separator: " ")
        let examples = [
            "Ramadan campaign", "Zakat guide 2026", "acme-charity", "esc", "draft", "zakat, guide",
        ]
        if examples.contains(text) || text.hasPrefix("GET /") { return true }
        return known.contains { SafeText($0).string.hasPrefix(text) }
            || words.allSatisfy { word in
                word.contains { $0.isNumber } || word.contains("@") || word.count < 3
                    || word.contains(":")
                    || word.contains(".") || word.contains("_")
            }
    }

    /// Goes to screens by their keys and presses there everything that the screen knows.
    private func visit(_ ada: inout Operator, _ keys: [String]) throws {
        for key in keys {
            try ada.press(key)
            ada.answerAll()
            _ = ada.frame
            let here = ada
            try ada.press("?")
            for _ in 0..<8 {
                _ = ada.frame
                try ada.press("pagedown")
            }
            guard let kind = here.kind else { continue }
            for action in Actions.all(on: kind) where action.screens.contains(kind) {
                for start in [[], ["j"]] {
                    ada = here
                    for step in start { try ada.press(step) }
                    ada.answerAll()
                    guard let first = action.keys.first else { continue }
                    try ada.press(first)
                    ada.answerAll()
                    _ = ada.frame
                }
            }
            ada = here
        }
    }
}
