import Testing

@testable import Domain

@Suite struct PasswordPolicyTests {
    private static let ada = try? EmailAddress("Ada.Lovelace42@example.org")

    private func problem(_ password: [UInt8], email: EmailAddress? = Self.ada) -> String? {
        do {
            try PasswordPolicy().check(password, email: email)
            return nil
        } catch {
            #expect(error.code == .passwordPolicy)
            #expect(error.hint?.isEmpty == false)
            return error.message
        }
    }

    @Test(arguments: [
        "correct horse battery staple", "demo-ghostworks", "aaaaaaaaaaab", "x2 9f-Qk/pw.zz",
        "كلمة سر طويلة جدا", String(repeating: "ش", count: 63) + "ب", "monkey-eats-a-banana",
        "8241-9930-2217-love", "            a", "passwort-liebe-mond", "👻👻👻👻👻👻👻👻👻👻👻x",
        "qwertyuiop and others", "no digits no capitals",
    ])
    func `length alone makes a good password, in any script`(password: String) {
        #expect(problem(Array(password.utf8)) == nil)
    }

    @Test(arguments: [("", 0), ("short", 5), ("elevenchars", 11), ("كلمة سر قص", 10)])
    func `fewer than twelve characters are too few`(password: String, count: Int) {
        #expect(
            problem(Array(password.utf8))
                == "The password must have at least 12 characters; got \(count)."
        )
    }

    @Test func `1024 bytes are the most`() {
        let long = (0..<1_024).map { UInt8(97 + $0 * $0 % 26) }
        #expect(problem(long) == nil)
        #expect(
            problem(long + [120]) == "The password must have at most 1024 bytes; got 1025."
        )
    }

    @Test(arguments: [
        Array("with a NUL \0 inside".utf8), Array("good so far ".utf8) + [0xED, 0xA0, 0x80],
        Array("not UTF-8 at all ".utf8) + [0xFF],
    ])
    func `what is no text is refused`(password: [UInt8]) {
        #expect(
            problem(password) == "The password must be UTF-8 text without NUL characters."
        )
    }

    @Test(arguments: [
        "q1w2e3r4t5y6", "passwordpassword", "Password1234", "PASSWORD!!!!", "password2024!",
        "1234password", "!!iloveyou!!", "123456123456", "123123123123", "qwertyqwertyqwerty",
        "aaaaaaaaaaaa", "abababababab", "Monkey!Monkey!", "blablablabla", "000000000000",
        "letmeinletmein", "Dragon-2024-", "111222tianya",
    ])
    func `the commonest are refused, however dressed up`(password: String) {
        #expect(
            problem(Array(password.utf8))
                == "The password must not be one of the commonest passwords, or one dressed up."
        )
    }

    @Test(arguments: [
        "ada.lovelace42@example.org", "ADA.LOVELACE42@EXAMPLE.ORG", "ada.lovelace42",
        "Ada.Lovelace2024", "ada.lovelaceada.lovelace", "!!ada.lovelace42",
    ])
    func `the mail address is refused`(password: String) {
        #expect(
            problem(Array(password.utf8))
                == "The password must not be the mail address or a part of it."
        )
        #expect(problem(Array(password.utf8), email: nil) == nil)
    }

    @Test func `the field is named as the input names it`() {
        let error = #expect(throws: DomainError.self) {
            try PasswordPolicy(field: "new_password").check([], email: nil)
        }
        #expect(
            error?.kind
                == .invalid([
                    FieldProblem("new_password", "must have at least 12 characters; got 0")
                ])
        )
    }

    @Test func `the list holds three thousand, in lower case`() {
        #expect(CommonPasswords.all.count == 3_000)
        #expect(CommonPasswords.all.isSuperset(of: ["123456", "password", "qwerty", "dragon"]))
        #expect(CommonPasswords.all.allSatisfy { $0 == $0.lowercased() && !$0.isEmpty })
    }
}
