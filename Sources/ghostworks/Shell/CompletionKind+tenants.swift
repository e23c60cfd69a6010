import ArgumentParser
import Console
import Foundation

extension CompletionKind {
    /// The tenants that the console was in: no database is asked for a press of tab.
    static var tenants: CompletionKind {
        .custom { _, _, _ in knownTenants(ProcessInfo.processInfo.environment) }
    }

    private static func knownTenants(_ environment: [String: String]) -> [String] {
        let surroundings = Surroundings(environment: environment, isRoot: false)
        let folder =
            environment["GHOSTWORKS_STATE_DIRECTORY"]
            ?? surroundings.folder("XDG_STATE_HOME", below: ".local/state")
        return folder.map { ConsoleMemory(path: $0 + "/console.json").read().tenants } ?? []
    }
}
