import Synchronization

/// Says across threads that the work is not wanted any more.
final class CancellationFlag: Sendable {
    private let flag = Atomic<Bool>(false)

    var isRaised: Bool { flag.load(ordering: .relaxed) }

    func raise() {
        flag.store(true, ordering: .relaxed)
    }
}
