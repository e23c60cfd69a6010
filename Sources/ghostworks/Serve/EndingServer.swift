import HTTPAPI
import Operations
import ServiceLifecycle

/// The server, which ends its calls to models while it waits for its clients to go.
///
/// Whoever reads a stream is told that the server stops: afterwards the connection is closed.
struct EndingServer: Service {
    let server: APIServer
    let environment: Operations.Environment
    /// How long clients may take.
    let patience: Duration

    func run() async throws {
        try await withGracefulShutdownHandler {
            try await server.run()
        } onGracefulShutdown: { [environment, patience] in
            Task { _ = await DrainCalls(environment)(within: patience) }
        }
    }
}
