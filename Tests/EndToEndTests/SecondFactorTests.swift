import Domain
import Fixtures
import Foundation
import Support
import Testing

extension PlatformTests {
    /// The second factor at the shell and in the console.
    @Suite struct SecondFactorTests {
        private static let email = "factor@example.org"
        private static let input = InstalledPlatform.password + "\n"

        /// A shell of somebody else on the same platform.
        private func somebody() throws -> Shell {
            var shell = try #require(InstalledPlatform.shell)
            shell.environment["GHOSTWORKS_STATE_DIRECTORY"] = shell.folder + "/factor"
            return shell
        }

        private func login(_ shell: Shell, _ code: String = "") throws -> Shell.Ending {
            try shell.run("login", Self.email, "--password-stdin", input: Self.input + code)
        }

        @Test func `a second factor, from enrolment to loss`() async throws {
            let shell = try somebody()
            let made = try shell.run(
                ["operator", "create", "--email", Self.email, "--name", "F", "--password-stdin"],
                input: Self.input
            )
            try #require(made.status == 0, "\(made.errors)")
            #expect(try login(shell).status == 0)
            #expect(try shell.run("mfa", "status").output == "No second factor is set up.\n")
            let wrongProof = try shell.run(
                ["mfa", "enroll", "--password-stdin"],
                input: "not the password\n"
            )
            #expect(wrongProof.status == 2)
            #expect(wrongProof.errors.contains("password is not your password"))
            let noFile = try shell.run("mfa", "enroll", "--password-file", "/nowhere/secret")
            #expect(noFile.status == 2)
            #expect(noFile.errors.contains("/nowhere/secret"))
            let (app, recovery) = try await enroll(shell)

            let without = try login(shell)
            #expect(without.status == 2)
            #expect(without.errors.contains("A code of your authenticator app is needed"))
            let wrong = try login(shell, "nonsense\n")
            #expect(wrong.status == 1)
            #expect(wrong.errors.contains("The code is wrong, or it was used already."))
            // The code of the enrolment's step is used up; the next one is good already.
            let next = app.code(at: Self.now.advanced(by: .seconds(30)))
            #expect(try login(shell, next + "\n").status == 0)
            #expect(try shell.run("mfa", "status").output.contains("10 recovery codes are left"))
            try await signInAtConsole(shell, recovery[0])
            #expect(try shell.run("mfa", "status").output.contains("9 recovery codes are left"))

            let renewed = try shell.run("mfa", "recovery-codes", input: recovery[1] + "\n")
            #expect(renewed.status == 0)
            #expect(Self.codes(in: renewed.output).count == 10)
            #expect(try shell.run("mfa", "disable", input: recovery[2] + "\n").status == 1)
            let code = Self.codes(in: renewed.output)[0]
            let gone = try shell.run("mfa", "disable", input: code + "\n")
            let off = "Your second factor is off: from now on the password alone signs you in.\n"
            #expect(gone.output == off)
            let none = try shell.run("mfa", "reset", Self.email)
            #expect(none.status == 1)
            #expect(none.errors.contains("No second factor is set up."))
            #expect(try login(shell).status == 0)
        }

        private static var now: Instant {
            Instant(seconds: Int64(Date().timeIntervalSince1970))
        }

        private func enroll(_ shell: Shell) async throws -> (Authenticator, [String]) {
            let terminal = try PseudoTerminal(
                Shell.program,
                arguments: ["mfa", "enroll"],
                environment: shell.variables
            )
            try await terminal.expect("Password:")
            try terminal.type(InstalledPlatform.password + "\r")
            try await terminal.expect("Then type the code")
            let shown = String(decoding: terminal.output, as: UTF8.self)
            let secret = try #require(shown.firstMatch(of: /app: ([A-Z2-7]{32})/)).1
            let app = Authenticator(String(secret))
            try terminal.type(app.code(at: Self.now) + "\r")
            #expect(try await terminal.exit() == .status(0))
            return (app, Self.codes(in: String(decoding: terminal.output, as: UTF8.self)))
        }

        private static func codes(in text: String) -> [String] {
            text.matches(of: /([0-9a-z]{6}-){3}[0-9a-z]{6}/).map { String($0.0) }
        }

        private func signInAtConsole(_ shell: Shell, _ code: String) async throws {
            var shell = shell
            shell.environment["GHOSTWORKS_STATE_DIRECTORY"] = shell.folder + "/factor-console"
            let terminal = try shell.console()
            try await terminal.expect("Password")
            try terminal.type("\(Self.email)\t\(InstalledPlatform.password)\r")
            try await terminal.expect("Of your authenticator app, or a recovery code.")
            try terminal.type("123\r")
            try await terminal.expect("The code is wrong, or it was used already.")
            try terminal.type(code + "\r")
            try await terminal.expect("READ-ONLY")
            try terminal.type("q")
            #expect(try await terminal.exit() == .status(0))
            #expect(terminal.isRestored)
        }
    }
}
