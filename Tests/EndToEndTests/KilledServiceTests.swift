import Foundation
import Support
import Testing

extension DemoTests {
    /// F2: the API's process is killed between a request and its answer.
    @Suite struct KilledServiceTests {
        private static let cycles =
            ProcessInfo.processInfo.environment["GHOSTWORKS_FAULTS"] == "full" ? 50 : 3

        @Test func `a killed service leaves nothing half done, and a repeat does it once`()
            async throws
        {
            let shell = try #require(DemoPlatform.shell)
            let port = try Socket.freePort()
            let run = "f2-\(UUID().uuidString.prefix(8))"
            var made: [String: String] = [:]
            var number = 0
            for cycle in 1...Self.cycles {
                let service = try await Self.start(shell, port)
                let token = try DemoPlatform.token(port, workspace: "acme-charity")
                // A different moment in each cycle, within a request and between two.
                let enough = 5 + cycle * 7 % 11
                async let writing = Self.write(run, from: number, port, token)
                try await service.expect(count: enough, "artifact.create")
                service.signal(SIGKILL)
                let (answered, open) = await writing
                #expect(try await service.exit() == -SIGKILL)
                made.merge(answered) { $1 }
                number += answered.count + 1
                let next = try await Self.start(shell, port)
                let first = try await Self.create(open, port, token)
                let second = try await Self.create(open, port, token)
                #expect(first == second)
                made[open] = first
                for (key, id) in answered.prefix(3) {
                    #expect(try await Self.create(key, port, token) == id)
                }
                next.signal(SIGTERM)
                #expect(try await next.exit() == 0)
            }
            #expect(Set(made.values).count == made.count)
            try Self.check(shell, run, made)
        }

        /// Each artifact is there once and has one event of its making; the chain holds.
        private static func check(
            _ shell: Shell,
            _ run: String,
            _ made: [String: String]
        ) throws {
            let tenant = ["--tenant", "acme-charity", "--reason", "to count them"]
            let list = try shell.run(
                ["artifact", "list", "--limit", "0", "--format", "json"] + tenant
            )
            let names = list.objects.compactMap { $0["name"] as? String }
            #expect(names.filter { $0.hasPrefix(run) }.sorted() == made.keys.sorted())
            let trail = try shell.run(
                [
                    "audit", "list", "--action", "artifact.created", "--limit", "1000", "--format",
                    "json",
                ] + tenant
            )
            let told = trail.objects.compactMap { $0["resource"] as? String }
            for id in made.values { #expect(told.filter { $0 == id }.count == 1) }
            let chain = try shell.run(["audit", "verify"] + tenant)
            #expect(chain.status == 0, "\(chain.output)\(chain.errors)")
        }

        private static func start(_ shell: Shell, _ port: Int) async throws -> RunningProgram {
            let program = try RunningProgram(
                shell,
                ["serve", "--port", "\(port)", "--admin-port", "0"]
            )
            try await program.expect("listening on 127.0.0.1:\(port)")
            return program
        }

        private static func request(_ key: String, _ token: String) -> HTTPAsk {
            HTTPAsk(
                "POST",
                "/api/v1/artifacts",
                headers: ["Authorization": "Bearer \(token)", "Idempotency-Key": key],
                body: #"{"name":"\#(key)"}"#
            )
        }

        private static func create(
            _ key: String,
            _ port: Int,
            _ token: String
        ) async throws -> String {
            let outcome = HTTPConnection(port: port)?.ask(request(key, token))
            guard case .reply(let reply) = outcome else { throw CocoaError(.fileReadUnknown) }
            #expect(reply.status == 201, "\(reply)")
            return try #require(reply.object["id"] as? String)
        }

        /// Makes artifacts, one behind the other, until the service is gone.
        ///
        /// - Returns: the ids by their keys, and the key whose answer never came.
        private static func write(
            _ run: String,
            from start: Int,
            _ port: Int,
            _ token: String
        ) async -> ([String: String], String) {
            await withCheckedContinuation { continuation in
                Thread {
                    var answered: [String: String] = [:]
                    let connection = HTTPConnection(port: port)
                    while true {
                        let key = "\(run)-\(start + answered.count)"
                        guard case .reply(let reply)? = connection?.ask(request(key, token)),
                            reply.status == 201, let id = reply.object["id"] as? String
                        else { return continuation.resume(returning: (answered, key)) }
                        answered[key] = id
                    }
                }.start()
            }
        }
    }
}
