import Domain
import Support
import Terminal
import Testing

@testable import Console

/// The main screens in Arabic in three sizes, as text files in Screens/.
struct ArabicTests {
    private static let sizes = ScreenTests.sizes

    private func check(_ operator: Operator, _ name: String) throws {
        let size = `operator`.console.size
        let difference = try RecordedScreen.difference(
            of: `operator`.frame,
            named: "ar-\(name)-\(size.columns)x\(size.rows)",
            styles: `operator`.console.surroundings.styles
        )
        #expect(difference == nil)
    }

    private func huda(_ size: Size) throws -> Operator {
        var huda = try Operator(size: size)
        huda.console.surroundings.settings.tongue = Language.arabic.tongue(.joined)
        return huda
    }

    private func signedIn(_ size: Size) throws -> Operator {
        var huda = try huda(size)
        try huda.signIn()
        return huda
    }

    private func inAcme(_ size: Size, _ mode: AccessMode = .readOnly) throws -> Operator {
        var huda = try signedIn(size)
        try huda.enterAcme(mode)
        huda.clearToasts()
        return huda
    }

    @Test(arguments: sizes)
    func `the sign-in looks as recorded`(size: Size) throws {
        var ada = try Operator(size: size, hasSession: false)
        ada.console.surroundings.settings.tongue = Language.arabic.tongue(.joined)
        ada.send(.started)
        ada.type("ada@ghostworks.example")
        try check(ada, "sign-in")
    }

    @Test(arguments: sizes)
    func `the overview and the tenants look as recorded`(size: Size) throws {
        var huda = try signedIn(size)
        try check(huda, "overview")
        try huda.press("enter")
        huda.answerAll()
        try huda.press("j", "j")
        huda.clearToasts()
        try check(huda, "tenants")
    }

    @Test(arguments: sizes)
    func `a tenant and its parts look as recorded`(size: Size) throws {
        var huda = try inAcme(size)
        try check(huda, "tenant")
        for (key, name) in [
            ("2", "members"), ("3", "artifacts"), ("4", "ai"), ("5", "audit"), ("6", "keys"),
        ] {
            try huda.press(key)
            huda.answerAll()
            huda.wait()
            try check(huda, name)
        }
        try huda.press("3")
        huda.answerAll()
        try huda.press("enter")
        huda.answerAll()
        try check(huda, "artifact")
    }

    @Test(arguments: sizes)
    func `a question, a form, help and the command line look as recorded`(size: Size) throws {
        var huda = try signedIn(size)
        huda.elevate()
        try huda.press("T")
        huda.answerAll()
        let list = huda
        try huda.press("S")
        huda.type("acm")
        try check(huda, "suspend")
        huda = list
        try huda.press("n")
        huda.type("جمعية الخير")
        try huda.press("tab")
        huda.type("Not A Slug")
        try huda.press("ctrl-s")
        try check(huda, "provision")
        huda = list
        try huda.press("?")
        try check(huda, "help")
        huda = list
        huda.type(":acme")
        try huda.press("tab")
        try check(huda, "command")
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

    @Test func `names of people and filters are never translated`() throws {
        var ada = try signedIn(Size(columns: 120, rows: 40))
        try ada.press("T")
        ada.answerAll()
        let lines = ada.lines.joined(separator: "\n")
        #expect(lines.contains("Acme Charity"))
        #expect(lines.contains("suspended"))
    }
}
