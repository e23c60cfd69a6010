import Dispatch
import Glibc
import Synchronization

/// Ctrl-C as a request to stop in order, for work that asks for it between two steps.
final class Interruption {
    private static let numbers = [SIGINT, SIGTERM]

    private let flag = Flag()
    private let sources: [any DispatchSourceSignal]

    /// Takes the signals until the object is gone.
    init() {
        let flag = flag
        sources = Self.numbers.map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number)
            source.setEventHandler { flag.isRaised.store(true, ordering: .relaxed) }
            source.resume()
            return source
        }
    }

    deinit {
        for source in sources { source.cancel() }
        for number in Self.numbers { signal(number, SIG_DFL) }
    }

    var isRaised: Bool { flag.isRaised.load(ordering: .relaxed) }

    /// - Throws: `CancellationError` once somebody wants the work to stop.
    func check() throws {
        if isRaised { throw CancellationError() }
    }

    private final class Flag: Sendable {
        let isRaised = Atomic(false)
    }
}
