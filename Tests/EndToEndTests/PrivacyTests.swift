import Foundation
import Support
import Testing

/// The commands about personal data, on a real embedded database.
@Suite(.serialized, InstalledPlatform()) struct PrivacyTests {
    private func shell() throws -> Shell {
        try #require(InstalledPlatform.shell)
    }

    private func makeTenant(_ slug: String) throws {
        let ending = try shell().run(
            "tenant",
            "create",
            slug,
            "--name",
            "Name of \(slug)",
            "--plan",
            "pro",
            "--owner-email",
            "owner@\(slug).example"
        )
        try #require(ending.status == 0, "\(ending.errors)")
    }

    @Test func `an operator hands out a copy of somebody's data`() throws {
        let shell = try shell()
        try makeTenant("copies")
        let target = shell.folder + "/copy.tar"
        let arguments = ["privacy", "export", "owner@copies.example", "--output", target]
        let silent = try shell.run(arguments)
        #expect(silent.status == 2)
        #expect(silent.errors.contains("A reason is needed."))
        let ending = try shell.run(arguments + ["--reason", "asked by letter"])
        #expect(ending.status == 0, "\(ending.errors)")
        #expect(ending.output.hasPrefix("Wrote \(target) ("))
        let copy = try String(
            decoding: Data(contentsOf: URL(fileURLWithPath: target)),
            as: UTF8.self
        )
        #expect(copy.contains(#""email": "owner@copies.example""#))
        // Nothing is written over.
        let again = try shell.run(arguments + ["--reason", "asked by letter"])
        #expect(again.status == 1)
        #expect(again.errors.contains("is there already"))
    }

    @Test func `one's own copy is for nobody else's eyes`() throws {
        let shell = try shell()
        let target = shell.folder + "/own.tar"
        let ending = try shell.run("privacy", "export", "--output", target)
        #expect(ending.status == 0, "\(ending.errors)")
        let attributes = try FileManager.default.attributesOfItem(atPath: target)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
    }

    @Test func `erasures are repeated from a register that was kept apart`() throws {
        let shell = try shell()
        try makeTenant("again")
        let list = ["user", "list", "--format", "json", "--limit", "0"]
        func person(_ email: String) throws -> String? {
            try shell.run(list).objects.first { $0["email"] as? String == email }?["id"] as? String
        }
        let invited = try shell.run(
            ["operator", "create", "--email", "gone@again.example", "--name", "G"]
                + ["--role", "support", "--password-stdin"],
            input: InstalledPlatform.password + "\n"
        )
        try #require(invited.status == 0, "\(invited.errors)")
        let revoked = try shell.run(
            ["operator", "revoke", "gone@again.example", "support", "--reason", "to test it"]
        )
        try #require(revoked.status == 0, "\(revoked.errors)")
        let gone = try #require(try person("gone@again.example"))
        let owner = try #require(try person("owner@again.example"))
        let file = shell.folder + "/erased.jsonl"
        func reapply(_ text: String) throws -> Shell.Ending {
            try Data(text.utf8).write(to: URL(fileURLWithPath: file))
            return try shell.run("privacy", "reapply", "--from", file, "--reason", "restored")
        }
        let missing = "0197a000-0000-7000-8000-000000000000"
        let done = try reapply("\(gone)\n\n\(missing)\n\(gone)\n")
        #expect(done.status == 0, "\(done.errors)")
        #expect(done.output == "Erased now or before: 1. Not there: 1.\n")
        #expect(try person("gone@again.example") == nil)
        let trail = try shell.run(
            ["audit", "list", "--platform", "--action", "user.erased", "--format", "json"]
        )
        #expect(trail.output.contains(gone))
        let again = try reapply(trail.output + owner + "\n")
        #expect(again.status == 1)
        #expect(again.errors.contains("Not erased: 1."))
        #expect(again.errors.contains("The person is the only owner of again."))
        for text in ["nobody\n", #"{"action":"user.disabled","resource":"\#(gone)"}"#] {
            let wrong = try reapply(text)
            #expect(wrong.status == 2)
            #expect(wrong.errors.contains("Line 1 of \(file) names nobody who was erased."))
        }
        let nowhere = try shell.run(
            ["privacy", "reapply", "--from", "/nowhere/erased", "--reason", "restored"]
        )
        #expect(nowhere.status == 2)
        #expect(nowhere.errors.contains("The file /nowhere/erased cannot be read."))
    }

    @Test func `an erasure is asked for, and refused in a sentence`() throws {
        let shell = try shell()
        try makeTenant("erasures")
        let arguments = ["privacy", "erase", "owner@erasures.example", "--reason", "asked"]
        let asked = try shell.run(arguments)
        #expect(asked.status == 2)
        #expect(asked.errors.contains("Say --yes when it is meant."))
        let sole = try shell.run(arguments + ["--yes"])
        #expect(sole.status == 1)
        #expect(sole.errors.contains("The person is the only owner of erasures."))
        #expect(sole.errors.contains("Make somebody else an owner there first, or close it."))
        let nobody = try shell.run(
            "privacy",
            "erase",
            "nobody@erasures.example",
            "--reason",
            "asked",
            "--yes"
        )
        #expect(nobody.status == 1)
        #expect(nobody.errors.contains("nobody@erasures.example"))
        let operators = try shell.run("privacy", "erase", "--yes")
        #expect(operators.status == 1)
        #expect(operators.errors.contains("The person is an operator of the platform."))
    }

    @Test func `holds and requests are for those inside the tenant`() throws {
        let shell = try shell()
        try makeTenant("holds")
        let outside = try shell.run("privacy", "hold", "Case 12", "--tenant", "holds")
        #expect(outside.status == 1)
        #expect(outside.errors.contains("Operators enter through a support session"))
        let denied = try shell.run(
            "privacy",
            "holds",
            "--tenant",
            "holds",
            "--reason",
            "to look"
        )
        #expect(denied.status == 1)
        #expect(denied.output.isEmpty)
    }

    @Test func `the worker makes what was asked for over HTTP`() async throws {
        let shell = try shell()
        let (port, admin) = (try Socket.freePort(), try Socket.freePort())
        let program = try RunningProgram(
            shell,
            ["up", "--port", "\(port)", "--admin-port", "\(admin)"]
        )
        try await program.expect("listening on 127.0.0.1:\(port)")
        let credentials =
            #"{"email":"\#(InstalledPlatform.email)","password":"\#(InstalledPlatform.password)"}"#
        let login = try ask(port, HTTPAsk("POST", "/api/v1/auth/login", body: credentials))
        let token = try #require(login.object["access_token"] as? String)
        let headers = ["Authorization": "Bearer \(token)"]
        let asked = try ask(port, HTTPAsk("POST", "/api/v1/me/export", headers: headers))
        #expect(asked.status == 202)
        let id = try #require(asked.object["id"] as? String)
        try await program.expect("export done")
        let path = "/api/v1/me/export/\(id)"
        let found = try ask(port, HTTPAsk("GET", path, headers: headers))
        #expect(found.object["status"] as? String == "done")
        let copy = try ask(port, HTTPAsk("GET", "\(path)/download", headers: headers))
        #expect(copy.status == 200)
        #expect(copy.text.contains(#""email": "\#(InstalledPlatform.email)""#))
        program.signal(SIGTERM)
        #expect(try await program.exit() == 0)
    }

    private struct NoReply: Error {
        let outcome: HTTPOutcome
    }

    private func ask(_ port: Int, _ request: HTTPAsk) throws -> HTTPReply {
        let outcome = try #require(HTTPConnection(port: port)).ask(request)
        guard case .reply(let reply) = outcome else { throw NoReply(outcome: outcome) }
        return reply
    }
}
