import Domain
import Terminal
import Testing

@testable import Console

/// The console in Arabic, beside what SceneTests records of every screen.
struct ArabicTests {
    private func signedIn(_ size: Size) throws -> Operator {
        var huda = try Operator(size: size)
        huda.console.surroundings.settings.tongue = Language.arabic.tongue(.joined)
        try huda.signIn()
        return huda
    }

    @Test func `the language comes from the locale`() {
        #expect(Language(environment: ["LANG": "ar_KW.UTF-8"]) == .arabic)
        #expect(Language(environment: ["LANG": "ar_KW.UTF-8", "LC_ALL": "C.UTF-8"]) == .english)
        #expect(Language(environment: ["LC_MESSAGES": "ar", "LANG": "en_GB.UTF-8"]) == .arabic)
        #expect(Language(environment: ["LANG": "arn_CL.UTF-8"]) == .english)
        #expect(Language(environment: [:]) == .english)
    }

    @Test func `English has no phrasebook and no mirror`() {
        #expect(Language.english.tongue(.joined) == .english)
        #expect(Language.arabic.tongue(.joined).direction == .rightToLeft)
    }

    @Test(arguments: [
        ("2 done", "تم \u{200E}2"), ("2 done, 1 failed", "تم \u{200E}2، تعذّر \u{200E}1"),
        ("1 done, 2 left out", "تم \u{200E}1، تُرك \u{200E}2"),
        (
            "3 done, 2 failed, 4 not tried, 1 left out",
            "تم \u{200E}3، تعذّر \u{200E}2، لم يُجرَّب \u{200E}4، تُرك \u{200E}1"
        ),
    ])
    func `what came of several rows is said in Arabic`(english: String, arabic: String) {
        #expect(Phrasebook.arabic.translate(english) == arabic)
    }

    @Test(arguments: [
        ("0.1 ms / 294 ms", "\u{200E}0.1 م.ث / \u{200E}294 م.ث"),
        ("12 ms / 1.2 s", "\u{200E}12 م.ث / \u{200E}1.2 ث"),
        ("1.0 s / 1.2 s", "\u{200E}1.0 ث / \u{200E}1.2 ث"),
    ])
    func `two times side by side have their units in one language`(english: String, arabic: String)
    {
        #expect(Phrasebook.arabic.translate(english) == arabic)
    }

    @Test func `names of people and filters are never translated`() throws {
        var ada = try signedIn(Size(columns: 120, rows: 40))
        try ada.press("T")
        ada.answerAll()
        let lines = ada.lines.joined(separator: "\n")
        #expect(lines.contains("Acme Charity"))
        #expect(lines.contains("suspended"))
    }
}
