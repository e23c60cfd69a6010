import Logging
import Operations
import ServiceLifecycle

/// Once a second: shares what limits need to know, and writes when keys were used and who was
/// refused at the door.
struct RateExchange: Service {
    let services: APIServices
    let logger: Logger

    private static let pause = Duration.seconds(1)

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while (try? await Task.sleep(for: Self.pause)) != nil { await work() }
        }
        // Nobody asks any more: what is left in memory is written.
        await work()
    }

    /// What fails is tried again a second later; requests go on without it.
    private func work() async {
        do {
            _ = try await ShareRates(services.environment)(services.rates)
            _ = try await ShareRates(services.environment)(services.environment.desk.gate)
            try await NoteKeyUses(services.environment)()
            try await NoteSignInAttempts(services.environment)()
        } catch {
            logger.debug("rate limits were not shared", metadata: ["error": "\(error)"])
        }
    }
}
