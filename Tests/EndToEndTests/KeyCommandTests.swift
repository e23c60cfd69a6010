import Foundation
import Testing

extension PlatformTests {
    /// Keys and sessions at the shell.
    @Suite struct KeyCommandTests {
        private func shell() throws -> Shell {
            try #require(InstalledPlatform.shell)
        }

        private func states(_ ending: Shell.Ending) -> [String: Int] {
            ending.objects.reduce(into: [:]) { counts, key in
                counts["\(key["kind"] ?? "") \(key["state"] ?? "")", default: 0] += 1
            }
        }

        @Test func `keys rotate while people stay signed in`() throws {
            let shell = try shell()
            let before = try shell.run("key", "list", "--format", "json")
            #expect(states(before)["sealing current"] == 1)
            let rotation = try shell.run("key", "rotate", "all")
            #expect(rotation.status == 0, "\(rotation.errors)")
            #expect(rotation.lines.count == 4)
            #expect(rotation.lines.last?.hasPrefix("Sealed anew: ") == true)
            let after = try shell.run("key", "list", "--format", "json")
            #expect(after.objects.count == before.objects.count + 3)
            for kind in ["signing", "context", "sealing"] {
                #expect(states(after)["\(kind) current"] == 1)
                #expect((states(after)["\(kind) ended"] ?? 0) >= 1)
            }
            #expect(try shell.run("doctor", "--format", "json").status == 0)
            for file in ["signing.pem", "context.key", "sealing.key"] {
                let path = "\(shell.folder)/data/keys/\(file)"
                let attributes = try FileManager.default.attributesOfItem(atPath: path)
                #expect(attributes[.posixPermissions] as? Int == 0o600, "\(file)")
            }
            let secrets = try String(
                contentsOfFile: shell.folder + "/data/keys/sealing.key",
                encoding: .utf8
            ).split(whereSeparator: \.isNewline).compactMap { $0.split(separator: ":").last }
            for secret in secrets {
                #expect(!rotation.output.contains(secret) && !after.output.contains(secret))
            }
        }

        @Test func `another kind of key is a mistake of the command line`() throws {
            let ending = try shell().run("key", "rotate", "pepper")
            #expect(ending.status == 2)
            #expect(ending.errors.contains("pepper"))
        }

        @Test func `a sealing key that is another one is refused at the start`() throws {
            let shell = try shell()
            let file = URL(filePath: shell.folder + "/data/keys/sealing.key")
            let right = try Data(contentsOf: file)
            let name = String(decoding: right.prefix(8), as: UTF8.self)
            let wrong = "\(name):\(String(repeating: "ab", count: 32))\n"
            try Data(wrong.utf8).write(to: file)
            let ending = try shell.run("tenant", "list")
            try right.write(to: file)
            #expect(ending.status == 1)
            #expect(
                ending.errors.hasPrefix(
                    "ghostworks: The sealing keys do not open what this database holds: "
                )
            )
            #expect(try shell.run("tenant", "list").status == 0)
        }

        @Test func `one's sessions are listed, and ended but for this shell's`() throws {
            let shell = try shell()
            var other = shell
            other.environment["GHOSTWORKS_STATE_DIRECTORY"] = shell.folder + "/elsewhere"
            let login = try other.run(
                "login",
                InstalledPlatform.email,
                "--password-stdin",
                input: InstalledPlatform.password + "\n"
            )
            try #require(login.status == 0, "\(login.errors)")
            let list = try shell.run("session", "list", "--format", "json")
            let current = list.objects.filter { $0["current"] as? Bool == true }
            #expect(current.count == 1 && list.objects.count >= 2)
            let own = try #require(current.first?["id"] as? String)
            let ended = try shell.run("session", "revoke-all")
            #expect(ended.status == 0)
            let left = try shell.run("session", "list", "--format", "json")
            #expect(left.objects.map { $0["id"] as? String } == [own])
            let late = try other.run("tenant", "list")
            #expect(late.status == 1)
            for wrong in ["me", "0199f1c0-0000-7000-8000-000000000000"] {
                let refused = try shell.run("session", "revoke", wrong)
                #expect(refused.status == (wrong == "me" ? 2 : 1))
                #expect(refused.errors.contains(wrong))
            }
            #expect(try shell.run("session", "revoke-all", "--everybody").status == 2)
        }
    }
}
