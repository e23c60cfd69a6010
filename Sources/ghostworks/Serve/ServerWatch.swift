import Logging
import ServiceLifecycle

// DESIGN
// 1. Only the embedded server is watched: one elsewhere is somebody else's to start.
// 2. One that was stopped stays stopped; one that was killed left its pid file behind, and is
//    started again by whichever process sees it first (`EmbeddedCluster.revive`).
// 3. A start that fails is tried again, each time after twice the pause, up to half a minute.

/// Starts the embedded database server again when it was killed under a running process.
struct ServerWatch: Service {
    let target: DatabaseTarget
    let logger: Logger

    private static let pause = Duration.seconds(1)
    private static let longestPause = Duration.seconds(30)

    init(_ runtime: Runtime) {
        target = runtime.target
        logger = runtime.logger
    }

    /// Looks every second until the process shuts down.
    func run() async throws {
        await cancelWhenGracefulShutdown {
            var pause = Self.pause
            while (try? await Task.sleep(for: pause)) != nil {
                pause = await look() ? Self.pause : min(Self.longestPause, pause * 2)
            }
        }
    }

    /// Whether the server is as it should be.
    private func look() async -> Bool {
        do {
            if try await target.revive() {
                logger.warning("the embedded server had been killed and was started again")
            }
            return true
        } catch {
            logger.error(
                "the embedded server was killed and cannot be started again",
                metadata: ["error": "\(error)"]
            )
            return false
        }
    }
}
