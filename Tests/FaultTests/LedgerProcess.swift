import Domain
import Fixtures
import Foundation
import Glibc
import Postgres
import Support

/// The program of Tests/LedgerProbe, run against a test's database.
final class LedgerProcess: Sendable {
    private let process: ChildProcess
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
        output = Pipe()
        let migrated = house.fixture.migrated
        let settings = migrated.cluster.settings(database: migrated.name)
        let arguments = [
            point == nil ? "load" : "die", settings.host ?? "", String(settings.port),
            migrated.name, keys, house.tenant.id.description,
        ]
        process = try ChildProcess(
            [Self.path] + arguments + (point.map { [$0] } ?? []),
            environment: ProcessInfo.processInfo.environment
                .merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 },
            streams: .init(output: .descriptor(output.fileHandleForWriting.fileDescriptor))
        )
        // Ours would keep the pipe open after the program's end.
        try output.fileHandleForWriting.close()
    }

    /// Waits until so many calls were let through or refused.
    ///
    /// - Throws: when the program ends before, or has none for a minute.
    func wait(forCalls count: Int) throws {
        var seen = 0
        while seen < count {
            guard let dots = output.fileHandleForReading.part() else {
                throw NeverHappened(what: "\(count) calls let through; there were \(seen)")
            }
            seen += dots.count
        }
    }

    /// Kills it as no program can prevent.
    func kill() throws {
        process.signal(SIGKILL)
        try process.wait()
    }

    /// Waits for its end; the signal that it died of, 0 for none.
    func end() throws -> Int32 {
        guard case .signal(let number) = try process.wait() else { return 0 }
        return number
    }
}
