import Foundation
import Support
import Testing

/// The served demo, held against its own document by Schemathesis.
@Suite(.serialized, DemoPlatform()) struct ContractTests {
    /// Who asks for what.
    enum Door: String, CaseIterable, Sendable {
        case everyone
        case owner
        case operators

        var email: String {
            self == .operators ? DemoPlatform.email : "omar@acme-charity.example"
        }

        static let ending =
            "logout|switch-workspace|/leave$|/me/erasure$|password/change|transfer|keys/rotate"

        /// Which addresses; what ends one's own session is for the last run, without one.
        var choice: [String] {
            let admin = "^/api/v1/admin/"
            let ending = Self.ending
            // The second name of workspaces leads to the same code.
            let others = ContractTests.isFull ? "" : "|^/api/v1/organizations"
            switch self {
            case .everyone: return ["--include-path-regex", ending + "|/auth/|/livez|/readyz"]
            case .owner: return ["--exclude-path-regex", "\(admin)|/auth/|\(ending)\(others)"]
            case .operators: return ["--include-path-regex", admin, "--exclude-path-regex", ending]
            }
        }
    }

    private static let isFull = ProcessInfo.processInfo.environment["GHOSTWORKS_FAULTS"] == "full"
    private static let examples = isFull ? 100 : 2

    @Test(arguments: [Door.owner, .operators, .everyone])
    func `answers are those of the document`(door: Door) async throws {
        let arguments = ["--phases", "coverage,fuzzing", "--max-examples", "\(Self.examples)"]
        try await hold(door, arguments + door.choice)
    }

    /// A walk through few addresses follows most of what leads from one to another; through all of
    /// them it would hardly follow anything.
    @Test(arguments: [
        (Door.owner, "/artifacts"), (.owner, "/ai/(budgets|prompts|routes|conversations)"),
        (.operators, "^/api/v1/admin/"),
    ])
    func `what answers name can be asked for, changed and taken away`(
        door: Door,
        addresses: String
    ) async throws {
        let place = ["--include-path-regex", addresses]
        let ending = ["--exclude-path-regex", Door.ending]
        let output = try await hold(door, ["--phases", "stateful"] + place + ending)
        let line = try #require(output.firstMatch(of: /API Links: +(\d+) covered/))
        #expect(try #require(Int(line.1)) > 0)
    }

    @discardableResult
    private func hold(_ door: Door, _ arguments: [String]) async throws -> String {
        var shell = try #require(DemoPlatform.shell)
        for limit in ["ADDRESS", "SIGNIN", "USER", "KEY", "TENANT", "WRITE"] {
            shell.environment["GHOSTWORKS_HTTP_RATE_\(limit)"] = "off"
        }
        let port = try Socket.freePort()
        let program = try RunningProgram(
            shell,
            ["serve", "--port", "\(port)", "--admin-port", "0"]
        )
        try await program.expect("listening on 127.0.0.1:\(port)")
        let token =
            door == .everyone ? nil : try DemoPlatform.token(port, of: door.email)
        let ending = try Self.hold(shell, port, token, arguments)
        program.signal(SIGTERM)
        #expect(try await program.exit() == 0)
        #expect(ending.status == 0, "\(ending.output.suffix(12_000))\(ending.errors)")
        #expect(ending.output.contains("No issues found"))
        return ending.output
    }

    /// Runs Schemathesis beside its settings.
    private static func hold(
        _ shell: Shell,
        _ port: Int,
        _ token: String?,
        _ arguments: [String]
    ) throws -> Shell.Ending {
        var shell = shell
        shell.environment["API_BASE"] = "http://127.0.0.1:\(port)"
        shell.environment["API_TOKEN"] = token
        shell.environment["SCHEMATHESIS_HOOKS"] = contract + "/hooks.py"
        shell.executable = python + "/schemathesis"
        return try shell.run(
            ["--config-file", contract + "/schemathesis.toml", "run"]
                + ["http://127.0.0.1:\(port)/openapi.json"] + arguments
        )
    }

    private static let contract = (#filePath as NSString).deletingLastPathComponent + "/Contract"

    private static var python: String {
        contract + "/../../../.build/python/bin"
    }
}
