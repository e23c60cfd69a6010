import Foundation
import Glibc
import Support
import Terminal
import Testing

extension DemoTests {
    /// Marked secrets go in at every door; nothing but their own files may hold them afterwards.
    @Suite struct SecretsTests {
        private static let email = "marked@ghostworks.example"
        private static let mark = UUID().uuidString

        private let right = "right-\(Self.mark)"
        private let wrong = "wrong-\(Self.mark)"

        @Test func `no secret stands in a log, an answer, an export, a frame or a table`()
            async throws
        {
            var shell = try #require(DemoPlatform.shell)
            shell.environment["GHOSTWORKS_STATE_DIRECTORY"] = shell.folder + "/marked"
            shell.environment["GHOSTWORKS_LOG_LEVEL"] = "trace"
            var said = try atTheShell(shell)
            let path = shell.folder + "/marked/session"
            let session = try String(contentsOfFile: path, encoding: .utf8)
            let (answers, handedOut) = try await overHTTP(shell)
            said += answers
            said += try atTheEnd(shell)
            said += try await inTheConsole(shell)
            let secrets =
                [right, wrong] + handedOut + Self.words(session) + (try Self.keys(shell))
            #expect(secrets.count > 11)
            for secret in secrets {
                #expect(!said.contains(secret), "said: \(secret.prefix(12))…")
            }
            let holders = try Self.files(with: secrets, below: shell.folder).filter { path in
                !path.hasPrefix("data/keys/") && !path.hasSuffix("/session")
                    && path != "data/database-passwords" && !path.hasPrefix("data/mail/")
            }
            #expect(holders == [])
        }

        private func atTheShell(_ shell: Shell) throws -> String {
            let create = ["operator", "create", "--email", Self.email, "--name", "Marked"]
            let tenant = ["--tenant", "acme-charity", "--reason", "to export it"]
            let endings = [
                try shell.run(create + ["--password-stdin"], input: right + "\n"),
                try shell.run("login", Self.email, "--password-stdin", input: wrong + "\n"),
                try shell.run("login", Self.email, "--password-stdin", input: right + "\n"),
                try shell.run("settings"),
                try shell.run("doctor"),
                try shell.run(["audit", "list", "--format", "json"] + tenant),
                try shell.run(["audit", "list", "--format", "csv"] + tenant),
                try shell.run(["member", "list", "--format", "json"] + tenant),
            ]
            #expect(endings.map(\.status) == [0, 1, 0, 0, 0, 0, 0, 0])
            return endings.map { $0.output + $0.errors }.joined()
        }

        /// Copies of all that is kept, once everything has happened.
        private func atTheEnd(_ shell: Shell) throws -> String {
            let tenant = ["--tenant", "acme-charity", "--reason", "to export it"]
            let (trail, copy) = (["audit", "list", "--limit", "500"], shell.folder + "/copy.tar")
            let reason = ["--output", copy, "--reason", "asked by letter"]
            let endings = [
                try shell.run(trail + ["--format", "json"] + tenant),
                try shell.run(trail + ["--platform", "--format", "json"]),
                try shell.run(["api-key", "list", "--format", "json"] + tenant),
                try shell.run(["privacy", "export", Self.email] + reason),
            ]
            #expect(endings.map(\.status) == [0, 0, 0, 0], "\(endings.map(\.errors))")
            let exported = try Data(contentsOf: URL(filePath: copy))
            return endings.map { $0.output + $0.errors }.joined()
                + String(decoding: exported, as: UTF8.self)
        }

        /// - Returns: The log with all answers but those that hand out secrets; the secrets.
        private func overHTTP(_ shell: Shell) async throws -> (String, [String]) {
            let port = try Socket.freePort()
            let program = try RunningProgram(
                shell,
                ["serve", "--port", "\(port)", "--admin-port", "0"]
            )
            try await program.expect("listening on 127.0.0.1:\(port)")
            let login = "/api/v1/auth/login"
            func credentials(_ password: String) -> String {
                #"{"email":"\#(Self.email)","password":"\#(password)"}"#
            }
            let signedIn = try Self.ask(port, HTTPAsk("POST", login, body: credentials(right)))
            let token = try #require(signedIn.object["access_token"] as? String)
            let bearer = ["Authorization": "Bearer \(token)"]
            let handed = try SecretsOfOthers(port: port).pass(bearer: bearer, password: right)
            let replies = try [
                HTTPAsk("POST", login, body: credentials(wrong)),
                HTTPAsk("POST", login, body: String(credentials(right).dropLast())),
                HTTPAsk("POST", login, body: #"{"email":1,"password":"\#(right)","x":2}"#),
                HTTPAsk("POST", login, body: #"{"email":"a@b.c","password":["\#(right)"]}"#),
                HTTPAsk("GET", "/api/v1/me", headers: bearer),
                HTTPAsk("GET", "/api/v1/nowhere", headers: bearer),
                HTTPAsk("GET", "/api/v1/artifacts", headers: bearer),
                HTTPAsk("GET", "/api/v1/admin/tenants?limit=0", headers: bearer),
                HTTPAsk("GET", "/api/v1/me", headers: ["Authorization": "Bearer \(token)x"]),
                HTTPAsk("GET", "/api/v1/me", headers: ["Authorization": "Basic \(right)"]),
            ].map { try Self.ask(port, $0) }
            #expect(replies.map(\.status) == [401, 400, 422, 422, 200, 404, 422, 422, 401, 401])
            program.signal(SIGTERM)
            #expect(try await program.exit() == 0)
            let answers =
                (replies + handed.replies).map { "\($0.headers)\($0.text)" } + program.lines
            let secrets = [token, String(token.split(separator: ".")[2])] + handed.secrets
            return (answers.joined(separator: "\n"), secrets)
        }

        private static func ask(_ port: Int, _ request: HTTPAsk) throws -> HTTPReply {
            let outcome = HTTPConnection(port: port)?.ask(request)
            guard case .reply(let reply) = outcome else { throw CocoaError(.fileReadUnknown) }
            return reply
        }

        private func inTheConsole(_ shell: Shell) async throws -> String {
            var shell = shell
            shell.environment["GHOSTWORKS_STATE_DIRECTORY"] = shell.folder + "/marked-console"
            let terminal = try shell.console()
            try await terminal.expect("Password")
            try terminal.type("\(Self.email)\t\(wrong)\r")
            try await terminal.expect("The mail address or the password is wrong.")
            try terminal.type("\(right)\r")
            try await terminal.expect("artifacts   12,")
            try terminal.type("q")
            #expect(try await terminal.exit() == .status(0))
            return String(decoding: terminal.output, as: UTF8.self)
        }

        /// What the files of keys and of the database's passwords hold.
        private static func keys(_ shell: Shell) throws -> [String] {
            let folder = shell.folder + "/data"
            let names = try FileManager.default.contentsOfDirectory(atPath: folder + "/keys")
            let paths = names.map { "\(folder)/keys/\($0)" } + ["\(folder)/database-passwords"]
            return try paths.flatMap { words(try String(contentsOfFile: $0, encoding: .utf8)) }
        }

        /// The long words of a text: names and numbers of keys are short.
        private static func words(_ text: String) -> [String] {
            text.split { $0.isWhitespace || "=:,\"".contains($0) }.map(String.init)
                .filter { $0.count >= 24 }
        }

        /// The files that hold one of the texts, as paths below the folder.
        private static func files(with texts: [String], below folder: String) throws -> [String] {
            let patterns = folder + ".patterns"
            let found = folder + ".found"
            let complaints = folder + ".complaints"
            defer { for path in [patterns, found, complaints] { unlink(path) } }
            try Data(texts.joined(separator: "\n").utf8).write(to: URL(filePath: patterns))
            let status = try ChildProcess(
                ["/bin/grep", "-rlaF", "-f", patterns, folder],
                environment: ["LC_ALL": "C"],
                streams: .init(output: .file(found), errors: .file(complaints))
            ).wait().code
            // 1 says that nothing was found. The server takes files of its own away meanwhile.
            let troubles = try String(contentsOfFile: complaints, encoding: .utf8)
                .split(separator: "\n").filter { !$0.hasSuffix(": No such file or directory") }
            guard status < 2 || status == 2 && troubles.isEmpty else {
                throw CocoaError(.fileReadUnknown, userInfo: ["grep": "\(status) \(troubles)"])
            }
            return try String(contentsOfFile: found, encoding: .utf8).split(separator: "\n").map {
                String($0.dropFirst(folder.count + 1))
            }
        }
    }
}
