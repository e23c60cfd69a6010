import Domain
import Fixtures
import Foundation
import Glibc
import Postgres
import Support

/// The program of Tests/LedgerProbe, run against a test's database.
final class LedgerProcess: Sendable {
    private let process: Process
    private let output: Pipe

    /// Programs are built into the folder of the test bundle.
    private static var path: String {
        let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
        return (own.map { ($0 as NSString).deletingLastPathComponent } ?? "") + "/LedgerProbe"
    }

    /// Starts it.
    ///
    /// - Parameters:
    ///   - house: whose tenant makes calls.
    ///   - point: where it dies; nil for calls until it is killed.
    ///   - keys: the file of the context key.
    /// - Throws: when the program is not there.
    init(_ house: LedgerHouse, dyingAt point: String?, keys: String) throws {
        process = Process()
        output = Pipe()
        let migrated = house.fixture.migrated
        let settings = migrated.cluster.settings(database: migrated.name)
        process.executableURL = URL(fileURLWithPath: Self.path)
        process.arguments =
            [
                point == nil ? "load" : "die", settings.host ?? "", String(settings.port),
                migrated.name, keys, house.tenant.id.description,
            ] + (point.map { [$0] } ?? [])
        var environment = ProcessInfo.processInfo.environment
        environment["SWIFT_BACKTRACE"] = "enable=no"
        process.environment = environment
        process.standardOutput = output
        try process.run()
    }

    /// Waits until so many calls were let through.
    func wait(forCalls count: Int) {
        var seen = 0
        while seen < count {
            let dots = output.fileHandleForReading.availableData
            if dots.isEmpty { return }
            seen += dots.count
        }
    }

    /// Kills it as no program can prevent.
    func kill() {
        Glibc.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    /// Waits for its end; the signal that it died of, 0 for none.
    func end() -> Int32 {
        process.waitUntilExit()
        return process.terminationReason == .uncaughtSignal ? process.terminationStatus : 0
    }
}
