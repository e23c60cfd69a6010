import Logging
import Operations
import ServiceLifecycle

/// Has a running process use keys that were rotated elsewhere, some seconds later.
struct KeyTimer: Service {
    let keys: RunningKeys
    let logger: Logger

    private static let pause = Duration.seconds(10)

    /// Looks at the key files until the process shuts down.
    func run() async throws {
        await cancelWhenGracefulShutdown {
            while (try? await Task.sleep(for: Self.pause)) != nil {
                do {
                    for kind in try await keys.adoptChanges() {
                        logger.info("a new key is in use", metadata: ["kind": "\(kind)"])
                    }
                } catch {
                    logger.error(
                        "a replaced key file cannot be used",
                        metadata: ["error": "\(error)"]
                    )
                }
            }
        }
    }
}
