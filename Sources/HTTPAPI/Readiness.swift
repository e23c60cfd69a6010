import Synchronization

/// Whether the process can serve requests now.
package enum Readiness: Hashable, Sendable {
    case ready
    case unready(reason: String)
}

/// Set once, when the process begins to stop.
final class ShutdownFlag: Sendable {
    private let flag = Atomic(false)

    var isSet: Bool { flag.load(ordering: .relaxed) }

    func set() {
        flag.store(true, ordering: .relaxed)
    }
}
