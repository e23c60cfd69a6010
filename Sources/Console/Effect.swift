package import Domain
package import Terminal

/// Something the console wants from the world; the loop carries it out and posts what came of it.
package enum Effect: Hashable, Sendable {
    /// Run a request and post `answered` with the same id.
    case load(RequestID, ConsoleRequest)
    /// Stop a request for real; nobody waits for its answer any more.
    case cancel(RequestID)
    /// Hand the terminal to the operator's editor with this text, then post `edited`.
    case edit(String)
    /// Hand the terminal to the operator's pager with this file, then post `edited`.
    case page(String)
    /// Put a text on the operator's clipboard.
    case copy(String)
    /// Keep this for the next start.
    case remember(Memory)
    /// Paint everything again, because something else wrote to the terminal.
    case redraw
    case bell
    case display(DisplayWish)
    case quit
}

/// Something that happened; the only way to change the console.
package enum ConsoleEvent: Sendable {
    case started
    case keyPressed(KeyEvent)
    case pasted(String)
    case resized(Size)
    /// The time came that `wake(after:)` named.
    case woke
    case answered(RequestID, Result<ConsoleAnswer, DomainError>)
    /// A long request got this far.
    case progressed(RequestID, Headway)
    /// The editor closed; nil when the operator gave up.
    case edited(Result<String?, DomainError>)
    /// Something changed at a place that the console watches.
    case fed(FeedWatch)
    case connectionLost
    case connectionRestored
    /// The terminal shows nothing of ours any more.
    case resumed
    case terminated(Termination)
    case display(DisplayEvent)
    /// A step of the loop took longer than a frame may take.
    case stalled(Duration)
}
