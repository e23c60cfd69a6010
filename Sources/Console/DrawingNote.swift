package import Terminal

/// What stands on the terminal: behind how many keys, and what is still on its way.
///
/// Whoever drives a console, such as a script or a test, presses the next key when all that were
/// sent are in and nothing is awaited.
package struct DrawingNote: Hashable, Sendable {
    /// The keys and pastes that the drawing follows; what was typed is not told.
    package var taken: Int
    /// The answers that are awaited for what is shown, and the questions that are due in a moment.
    package var awaited: Int
    /// For which size it was drawn.
    package var size: Size

    init(of console: Console, behind taken: Int) {
        self.taken = taken
        let asksSoon = console.trail.current?.content.asksSoon == true
        awaited =
            console.requests.pending.values.count { $0.route.isDrawn } + (asksSoon ? 1 : 0)
        size = console.size
    }
}

extension Route {
    /// Whether an answer to it is looked at soon; some wait for what may never come.
    fileprivate var isDrawn: Bool {
        switch self {
        case .screen(_, .follow), .root(.probe): false
        default: true
        }
    }
}
