import Domain
import Terminal
import Testing

@testable import Console

/// The console read line by line.
struct LinearTests {
    /// Somebody who only reads and types lines.
    struct Reader {
        var ada: Operator
        var printer = LinearPrinter()

        /// What is written since the last time.
        mutating func read() -> String { printer.text(for: ada.console.linearView) }

        /// Types a line, lets everything be answered, and reads.
        mutating func type(_ line: String) -> String {
            ada.send(.display(.typed(line)))
            var text = read()
            ada.answerAll()
            text += read()
            return text
        }
    }

    private func signedIn() throws -> Reader {
        var ada = try Operator(size: Size(columns: 100, rows: 60))
        try ada.signIn()
        var reader = Reader(ada: ada)
        _ = reader.read()
        return reader
    }

    @Test func `the sign-in is two questions, the second of them unseen`() throws {
        var reader = Reader(ada: try Operator(hasSession: false))
        reader.ada.send(.started)
        #expect(reader.read() == "Ghostworks, sign-in.\nMail: ")
        #expect(!reader.ada.console.linearView.isSecret)
        #expect(reader.type("ada@ghostworks.example") == "Password: ")
        #expect(reader.ada.console.linearView.isSecret)
        reader.ada.send(.display(.typed("hunter2")))
        #expect(reader.read() == "")
        guard
            case .access(.signIn(email: "ada@ghostworks.example", password: "hunter2"))? = reader
                .ada.open.first?
                .request
        else {
            Issue.record("asked for \(reader.ada.open)")
            return
        }
        try reader.ada.answer(.failure(DomainError(.unauthenticated, .unauthenticated, "Wrong.")))
        #expect(reader.read().contains("Wrong."))
    }

    @Test func `a list is numbered rows, a number selects and open opens`() throws {
        var reader = try signedIn()
        let list = reader.type("tenants")
        #expect(list.contains("Ghostworks, Tenants; read-only.\n"))
        #expect(list.contains("\n1. Acme Charity, "))
        #expect(list.contains("\nSelected 1: name Acme Charity; "))
        #expect(list.hasSuffix("What next (help lists it)? "))
        let chosen = reader.type("3")
        #expect(chosen.hasPrefix("Selected 3: name Crescent Relief; "))
        #expect(chosen.split(separator: "\n").count == 2)
        #expect(reader.type("99").hasPrefix("There is no row 99. What next"))
        let form = reader.type("open 1")
        #expect(form.contains("Form: "))
        #expect(form.contains("Reason: "))
    }

    @Test func `a filter and what is wrong in it are told`() throws {
        var reader = try signedIn()
        _ = reader.type("tenants")
        #expect(reader.type("/status:active").contains("status:active"))
        #expect(reader.type("/status:blue").contains("Failed: "))
    }

    @Test func `a form asks field by field, choices by number, and goes on at what is wrong`()
        throws
    {
        var reader = try signedIn()
        reader.ada.elevate()
        _ = reader.type("tenants")
        let first = reader.type("provision")
        #expect(first.contains("Form: "))
        guard case .form(let form)? = reader.ada.console.overlay else {
            Issue.record("no form")
            return
        }
        let fields = form.form.fields
        let choice = try #require(fields.firstIndex { !$0.answers.isEmpty })
        for index in 0..<choice { _ = reader.type("x\(index)") }
        #expect(reader.ada.console.linearView.body.contains { $0.hasPrefix("1. ") })
        #expect(reader.type("99").contains("Answer with a number from 1 to "))
        _ = reader.type("2")
        guard case .form(let later)? = reader.ada.console.overlay else {
            Issue.record("the form is gone")
            return
        }
        #expect(later.form.fields[choice].value == Plan.allCases[1].rawValue)
        #expect(reader.type("cancel").contains("Tenants"))
        #expect(reader.ada.console.overlay == nil)
    }

    @Test func `an action tells its plan, and nothing but its words confirm it`() throws {
        var reader = try signedIn()
        reader.ada.elevate()
        _ = reader.type("tenants")
        let plan = reader.type("suspend")
        #expect(plan.contains("Question: Suspend Acme Charity."))
        #expect(plan.contains("Changes 1 tenant."))
        #expect(plan.hasSuffix("Type acme: "))
        _ = reader.type("wrong")
        let wrong = reader.type("a test")
        #expect(wrong.contains("Wrong: Type acme does not match acme"))
        _ = reader.type("acme")
        let done = reader.type("")
        #expect(done.contains("Done: "))
    }

    @Test func `a refusal says why, and help lists what can be done`() throws {
        var reader = try signedIn()
        _ = reader.type("tenants")
        #expect(reader.type("suspend").contains("Note: This console is read-only"))
        let help = reader.type("help")
        #expect(help.contains("suspend: "))
        #expect(help.contains("Not now: This console is read-only"))
        #expect(help.contains("elevate: "))
        #expect(reader.type("nonsense").contains("Failed: There is no command \"nonsense\"."))
    }

    @Test(arguments: ["-1", "0", "999", "99999999999999999999"])
    func `a row that is not there is named`(number: String) throws {
        var reader = try signedIn()
        _ = reader.type("tenants")
        #expect(reader.type("open \(number)").contains("There is no row \(number)."))
    }

    @Test func `keys can be pressed by name`() throws {
        var reader = try signedIn()
        _ = reader.type("key T")
        #expect(reader.ada.kind == .tenants)
        _ = reader.type("key j j")
        #expect(try reader.ada.screen(TenantsScreen.self).list.table.selectedIndex == 2)
        #expect(reader.type("key f99").contains("There is no key f99."))
    }

    @Test func `themes are chosen by number, and q leaves`() throws {
        var reader = try signedIn()
        #expect(reader.type("theme").contains("2. paper: "))
        _ = reader.type("2")
        #expect(reader.ada.console.surroundings.theme?.name == "paper")
        #expect(reader.ada.send(.display(.typed("quit"))).contains(.quit))
    }

    @Test func `what was told is not told again, and nothing while an answer is awaited`() throws {
        var reader = try signedIn()
        _ = reader.type("tenants")
        #expect(reader.read() == "")
        reader.ada.send(.woke, after: .seconds(1))
        #expect(reader.read() == "")
        reader.ada.send(.display(.typed("key r")))
        #expect(reader.read() == "")
        reader.ada.send(.woke, after: .seconds(1))
        #expect(reader.read() == "Waiting …\n")
        #expect(reader.read() == "")
        reader.ada.answerAll()
        #expect(reader.read().hasSuffix("What next (help lists it)? "))
    }

    @Test func `no control character of the database is ever written`() throws {
        var reader = try signedIn()
        let list = reader.type("tenants")
        #expect(!list.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
        #expect(!list.unicodeScalars.contains { (0x7F...0x9F).contains($0.value) })
        #expect(!list.unicodeScalars.contains { (0x202A...0x202E).contains($0.value) })
    }

    @Test(arguments: ["cancel", " two spaces  ", "key esc", "quit", "/"])
    func `a secret is taken exactly as it is typed`(secret: String) throws {
        var reader = Reader(ada: try Operator(hasSession: false))
        reader.ada.send(.started)
        _ = reader.type("ada@ghostworks.example")
        reader.ada.send(.display(.typed(secret)))
        guard case .access(.signIn(_, let password))? = reader.ada.open.first?.request else {
            Issue.record("asked for \(reader.ada.open)")
            return
        }
        #expect(password == secret)
    }
}

extension LinearTests {
    /// Lines that hold nothing Arabic, though they have letters.
    private static func inEnglish(_ text: String) -> [String] {
        text.split(separator: "\n").map(String.init).filter { line in
            line.contains(where: \.isLetter)
                && !line.unicodeScalars.contains { (0x600...0x6FF).contains($0.value) }
        }
    }

    private func inArabic() throws -> Reader {
        var huda = try Operator(size: Size(columns: 100, rows: 60))
        huda.console.surroundings.settings.tongue = Language.arabic.tongue(.joined)
        try huda.signIn()
        return Reader(ada: huda)
    }

    @Test func `a list is read in Arabic, and people's words stay as they are`() throws {
        var reader = try inArabic()
        _ = reader.read()
        let list = reader.type("tenants")
        #expect(list.hasPrefix("Ghostworks, المستأجرون; قراءة فقط.\n"))
        #expect(list.contains("\n1. Acme Charity, acme, "))
        #expect(list.contains("\nالمحدد 1: الاسم Acme Charity; "))
        #expect(list.hasSuffix("ماذا بعد (help يعرض الممكن)؟ "))
        #expect(reader.type("nonsense").contains("لا أمر باسم «nonsense»."))
        #expect(reader.type("77").contains("لا صف برقم 77."))
    }

    @Test func `a question is read and answered in Arabic`() throws {
        var reader = try inArabic()
        reader.ada.elevate()
        try reader.ada.press("T")
        reader.ada.answerAll()
        _ = reader.read()
        let question = reader.type("suspend")
        #expect(question.contains("سؤال: "))
        #expect(Self.inEnglish(question) == [])
        _ = reader.type("wrong")
        let fault = reader.type("a test")
        #expect(fault.contains("خطأ: "))
        #expect(Self.inEnglish(fault) == [])
    }

    /// Presentation forms are shapes for cells: a voice reads letters.
    @Test func `Arabic is read out in plain letters, lam and alef as two`() throws {
        var reader = try inArabic()
        let text = reader.read() + reader.type("help")
        #expect(text.contains("لا"))
        let shapes = text.unicodeScalars.filter { (0xFB50...0xFEFC).contains($0.value) }
        #expect(shapes.isEmpty, "\(String(String.UnicodeScalarView(shapes)))")
    }

    @Test func `help and the overview are read in Arabic`() throws {
        var reader = try inArabic()
        let overview = reader.read()
        #expect(overview.contains("▸ المستأجرون"))
        #expect(overview.contains("الموقوفون"))
        #expect(Self.inEnglish(reader.type("help")) == [])
    }
}
