/// One step of the schema: how to take it and how to take it back.
package struct Migration: Sendable, Equatable {
    /// The step's place in the order, from 1 without gaps.
    package let version: Int
    /// What the step does, as in its file names: `create_tenants`.
    package let name: String
    /// The SQL that takes the step.
    package let up: String
    /// The SQL that takes the step back.
    package let down: String

    /// The name people see: `0003_create_tenants`.
    package var label: String { Self.label(version: version, name: name) }

    static func label(version: Int, name: String) -> String {
        let digits = String(version)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits + "_" + name
    }

    func file(_ direction: Direction) -> String { "\(label).\(direction.rawValue).sql" }

    func script(_ direction: Direction) -> String {
        switch direction {
        case .up: up
        case .down: down
        }
    }

    /// Which of a migration's two files.
    package enum Direction: String, Sendable {
        case up
        case down
    }
}
