import Domain
import Foundation
import Postgres
import Storage

/// Pairs of reserve and settle in a time, on one tenant or many.
struct ProbeBench {
    private let callers: [ProbeCaller]
    private let seconds: Int
    private let clients: Int

    init(_ arguments: [String]) throws {
        var settings = try ConnectionSettings(url: arguments[1])
        settings.parameters["role"] = "ghostworks_app"
        seconds = Int(arguments[3]) ?? 5
        clients = Int(arguments[4]) ?? 8
        let database = try ProbeDatabase.open(
            settings,
            keys: arguments[2],
            connections: clients
        )
        var callers: [ProbeCaller] = []
        while let line = readLine() { callers.append(try ProbeCaller(database, line)) }
        self.callers = callers
    }

    func run() async throws {
        let end = ContinuousClock.now + .seconds(seconds)
        let pairs = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<clients {
                group.addTask {
                    var done = 0
                    while ContinuousClock.now < end, let caller = callers.randomElement() {
                        try await caller.pair()
                        done += 1
                    }
                    return done
                }
            }
            return try await group.reduce(0, +)
        }
        print(Double(pairs) / Double(seconds))
    }
}
