import Foundation
import Glibc
import Support
import Testing

extension DemoTests {
    /// `ghostworks serve`, asked over its socket.
    @Suite struct ServeTests {
        /// Runs the server and then a body with its two ports; ends it with SIGTERM.
        private func serve(
            _ body: (_ port: Int, _ admin: Int) throws -> Void
        ) async throws -> [String] {
            let shell = try #require(DemoPlatform.shell)
            let (port, admin) = (try Socket.freePort(), try Socket.freePort())
            let program = try RunningProgram(
                shell,
                ["serve", "--port", "\(port)", "--admin-port", "\(admin)"]
            )
            try await program.expect("listening on 127.0.0.1:\(port)")
            try await program.expect("listening on 127.0.0.1:\(admin)")
            try body(port, admin)
            program.signal(SIGTERM)
            #expect(try await program.exit() == 0)
            return program.lines
        }

        private func get(
            _ port: Int,
            _ path: String,
            token: String? = nil
        ) throws -> HTTPReply {
            let headers = token.map { ["Authorization": "Bearer \($0)"] } ?? [:]
            return try ask(port, HTTPAsk("GET", path, headers: headers))
        }

        private func ask(_ port: Int, _ request: HTTPAsk) throws -> HTTPReply {
            let outcome = try #require(HTTPConnection(port: port)).ask(request)
            guard case .reply(let reply) = outcome else { throw NoReply(outcome: outcome) }
            return reply
        }

        private struct NoReply: Error {
            let outcome: HTTPOutcome
        }

        @Test func `it answers, signs in, lists and ends when it is told`() async throws {
            let lines = try await serve { port, admin in
                #expect(try get(port, "/livez").status == 200)
                #expect(try get(port, "/readyz").status == 200)
                #expect(try get(admin, "/metrics").text.contains("http_request"))
                let credentials =
                    #"{"email":"\#(DemoPlatform.email)","password":"\#(DemoPlatform.password)"}"#
                let login = try ask(
                    port,
                    HTTPAsk("POST", "/api/v1/auth/login", body: credentials)
                )
                #expect(login.status == 200)
                let token = try #require(login.object["access_token"] as? String)
                let list = try get(port, "/api/v1/admin/tenants?limit=7", token: token)
                #expect(list.status == 200)
                #expect((list.object["items"] as? [Any])?.count == 7)
                #expect(try get(port, "/api/v1/admin/tenants").status == 401)
            }
            // The log is JSON, line by line, and tells of the requests but not of their secrets.
            #expect(lines.count > 4)
            for line in lines {
                #expect(throws: Never.self) {
                    try JSONSerialization.jsonObject(with: Data(line.utf8))
                }
                #expect(!line.contains(DemoPlatform.password))
            }
        }

        @Test func `a port that is taken is named in one sentence`() async throws {
            let shell = try #require(DemoPlatform.shell)
            _ = try await serve { port, _ in
                let second = try shell.run("serve", "--port", "\(port)", "--admin-port", "0")
                #expect(second.status == 1)
                // No line of a log: nothing was started.
                #expect(
                    second.errors == """
                        ghostworks: Another program listens on 127.0.0.1:\(port) already.
                          Choose another port: --port.

                        """
                )
                let third = try shell.run("up", "--port", "0", "--admin-port", "\(port)")
                #expect(third.status == 1)
                #expect(
                    third.errors == """
                        ghostworks: Another program listens on 127.0.0.1:\(port) already.
                          Choose another port: --admin-port.

                        """
                )
                let worker = try shell.run("work", "--admin-port", "\(port)")
                #expect(worker.status == 1)
                #expect(worker.errors == third.errors)
            }
        }

        @Test func `a service alone says who delivers mails`() async throws {
            let lines = try await serve { _, _ in }
            #expect(lines.contains { $0.contains("mails and exports wait for a worker") })
        }

        @Test func `up delivers the mail of an invitation`() async throws {
            let shell = try #require(DemoPlatform.shell)
            let port = try Socket.freePort()
            let program = try RunningProgram(
                shell,
                ["up", "--port", "\(port)", "--admin-port", "0"]
            )
            try await program.expect("listening on 127.0.0.1:\(port)")
            let login = try ask(
                port,
                HTTPAsk(
                    "POST",
                    "/api/v1/auth/login",
                    body: """
                        {"email":"omar@acme-charity.example","password":"\(DemoPlatform.password)",\
                        "workspace":"acme-charity"}
                        """
                )
            )
            let token = try #require(login.object["access_token"] as? String)
            let workspace = try #require(login.object["workspace_id"] as? String)
            let invited = try ask(
                port,
                HTTPAsk(
                    "POST",
                    "/api/v1/workspaces/\(workspace)/invitations",
                    headers: ["Authorization": "Bearer \(token)"],
                    body: #"{"email":"by.mail@example.org","role":"member"}"#
                )
            )
            #expect(invited.status == 201)
            // Mails of other tests may be sent before it.
            var sent = 0
            repeat {
                sent += 1
                try await program.expect(count: sent, "mail sent")
            } while try !Self.isDelivered(to: "by.mail@example.org", in: shell)
            program.signal(SIGTERM)
            #expect(try await program.exit() == 0)
        }

        private static func isDelivered(to address: String, in shell: Shell) throws -> Bool {
            let folder = shell.folder + "/data/mail"
            return try FileManager.default.contentsOfDirectory(atPath: folder).contains { name in
                let mail = try Data(contentsOf: URL(filePath: "\(folder)/\(name)"))
                return mail.firstRange(of: Data(address.utf8)) != nil
            }
        }

        @Test func `a server that is killed is started again, and requests are served again`()
            async throws
        {
            let shell = try #require(DemoPlatform.shell)
            let lines = try await serve { port, _ in
                // Nobody starts a server while somebody holds the lock.
                let lock = open(shell.folder + "/data/lock", O_RDWR | O_CLOEXEC)
                defer { close(lock) }
                try #require(lock >= 0 && flock(lock, LOCK_EX) == 0)
                let killed = try shell.killServer()
                #expect(try get(port, "/readyz").status == 503)
                #expect(try get(port, "/livez").status == 200)
                flock(lock, LOCK_UN)
                try waitUntilReady(port)
                #expect(try shell.server() != killed)
            }
            #expect(lines.contains { $0.contains("had been killed and was started again") })
        }

        @Test func `a server that somebody stopped stays stopped until it is started`()
            async throws
        {
            let shell = try #require(DemoPlatform.shell)
            let lines = try await serve { port, _ in
                #expect(try shell.run("database", "stop").status == 0)
                #expect(try get(port, "/readyz").status == 503)
                #expect(try shell.run("database", "start").status == 0)
                try waitUntilReady(port)
            }
            #expect(!lines.contains { $0.contains("had been killed and was started again") })
        }

        /// Asks again and again until requests are served, for two minutes at most.
        private func waitUntilReady(_ port: Int) throws {
            let limit = ContinuousClock.now + .seconds(120)
            while try get(port, "/readyz").status != 200 {
                try #require(ContinuousClock.now < limit)
            }
        }
    }
}
