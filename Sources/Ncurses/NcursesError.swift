/// Why a terminal cannot be used.
public enum NcursesError: Error, Hashable, CustomStringConvertible {
    /// One of the standard streams is not a terminal.
    case notATerminal(stream: String)
    /// No terminal description could be loaded, not even the plainest.
    case noDescription(term: String)
    /// The system refused something.
    case system(what: String, code: Int32)

    /// One sentence for the operator.
    public var description: String {
        switch self {
        case .notATerminal(let stream):
            "An interactive terminal is needed, and the standard \(stream) is not one."
        case .noDescription(let term):
            "No description of the terminal \"\(term)\" or of a common one exists: "
                + "install ncurses-base, or set TERM."
        case .system(let what, let code):
            "The terminal cannot be used: \(what) failed with error \(code)."
        }
    }
}
