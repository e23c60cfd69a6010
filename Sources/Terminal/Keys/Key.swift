/// A key of the keyboard, without its modifiers.
public enum Key: Sendable, Hashable {
    /// A character, as typed: `G` is not `g`.
    case character(Character)
    /// Enter or return.
    case enter
    /// Escape.
    case escape
    /// Tab.
    case tab
    /// Backspace.
    case backspace
    /// Delete.
    case delete
    /// Insert.
    case insert
    /// The arrow up.
    case up
    /// The arrow down.
    case down
    /// The arrow to the left.
    case left
    /// The arrow to the right.
    case right
    /// Home.
    case home
    /// End.
    case end
    /// Page up.
    case pageUp
    /// Page down.
    case pageDown
    /// A function key, from 1 to 24.
    case function(Int)
}

/// One press of a key.
public struct KeyEvent: Sendable, Hashable {
    /// Keys that are held while another is pressed.
    public struct Modifiers: OptionSet, Sendable, Hashable {
        /// One bit for each modifier.
        public let rawValue: UInt8

        /// Makes a set from its bits.
        public init(rawValue: UInt8) { self.rawValue = rawValue }

        /// Control.
        public static let control = Modifiers(rawValue: 1)

        /// Alt, also called option or meta.
        public static let alt = Modifiers(rawValue: 2)

        /// Shift, where the terminal tells; a capital letter has none.
        public static let shift = Modifiers(rawValue: 4)
    }

    /// The key.
    public var key: Key

    /// What was held.
    public var modifiers: Modifiers

    /// Makes a key event.
    public init(_ key: Key, _ modifiers: Modifiers = []) {
        self.key = key
        self.modifiers = modifiers
    }

    /// The character that the key types into a field, nil when it types none.
    public var typed: Character? {
        guard case .character(let character) = key, modifiers.isSubset(of: .shift) else {
            return nil
        }
        return character
    }
}

/// What a terminal reports.
public enum InputEvent: Sendable, Hashable {
    /// A key was pressed.
    case key(KeyEvent)
    /// Text was pasted: data, never keys.
    case paste(String)
    /// The terminal has a new size.
    case resize(Size)
    /// The terminal's window got or lost the focus.
    case focus(Bool)
    /// The mouse was used.
    case mouse(MouseEvent)
    /// The terminal answered a question.
    case report(TerminalReport)
    /// The program was stopped and goes on: everything has to be painted again.
    case resumed
    /// The program has to end, because of a signal or because the terminal is gone.
    case terminate(Termination)
}

/// Why a program has to end.
public enum Termination: Sendable, Hashable {
    /// SIGINT from outside; the key is an ordinary key.
    case interrupt
    /// SIGTERM.
    case terminate
    /// SIGHUP, or the terminal's other end was closed.
    case hangUp
}
