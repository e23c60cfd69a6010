import Domain
import Operations
import Sealing

/// An open runtime and the person who is signed in at this shell.
struct ShellSession: Sendable {
    let runtime: Runtime
    let identity: Identity

    var environment: Operations.Environment { runtime.environment }
    var isOperator: Bool { identity.platformRole != nil }

    /// The person as a caller of one use case.
    var caller: Caller {
        Caller(user: identity.user, session: identity.session, requestID: RequestName.new())
    }

    /// Runs a body for the person behind the session file.
    static func with<Value>(
        _ settings: Settings,
        _ body: (ShellSession) async throws -> Value
    ) async throws -> Value {
        try await Runtime.with(settings) { runtime in
            guard let token = try SessionFile(settings.folders).read() else {
                throw ExitMessage("Nobody is signed in.", hint: "Run `ghostworks login`.")
            }
            let resume = ResumeSession(runtime.environment)
            let identity = try await resume(token: token, requestID: RequestName.new())
            try await TouchSessions(runtime.environment)()
            return try await body(ShellSession(runtime: runtime, identity: identity))
        }
    }
}

/// Names one request in logs and trails.
enum RequestName {
    static func new() -> String {
        "shell-" + Hex.encode(Random.bytes(8))
    }
}
