import Synchronization

/// Tells the API's port once every listener is bound.
final class ListeningReport: Sendable {
    private struct State {
        var missing: Int
        var port = 0
    }

    private let state: Mutex<State>
    private let tell: @Sendable (Int) async -> Void

    init(of listeners: Int, _ tell: @escaping @Sendable (Int) async -> Void) {
        state = Mutex(State(missing: listeners))
        self.tell = tell
    }

    /// Notes one more listener that is bound; `port` is given by the API's.
    func note(port: Int? = nil) async {
        let ready: Int? = state.withLock { state in
            state.missing -= 1
            state.port = port ?? state.port
            return state.missing == 0 ? state.port : nil
        }
        if let ready { await tell(ready) }
    }
}
