/// What a terminal answered to a question of ours.
public enum TerminalReport: Sendable, Hashable {
    /// The colour behind the text (OSC 11).
    case background(Color)
    /// What it was seen to do.
    case habits(TerminalHabits)
    /// It is there (device status report): the way there and back has been made.
    case alive
}

/// What a terminal has shown that it does.
public struct TerminalHabits: Sendable, Hashable {
    /// Whether it repeats a character that is not ASCII when it is told to.
    public var repeats: Bool

    /// Whether it has a tab stop in each eighth column.
    public var tabs: Bool

    /// Makes the habits of a terminal that has shown none, or some.
    public init(repeats: Bool = false, tabs: Bool = false) {
        self.repeats = repeats
        self.tabs = tabs
    }
}

/// What the mouse did, while the terminal was asked to tell.
public struct MouseEvent: Sendable, Hashable {
    /// The kinds that mean something.
    public enum Kind: Sendable, Hashable {
        /// The left button went down.
        case press
        /// The wheel turned away from the user.
        case wheelUp
        /// The wheel turned towards the user.
        case wheelDown
    }

    /// What was done.
    public var kind: Kind

    /// The cell, counted from 0.
    public var place: Point

    /// Makes an event.
    public init(_ kind: Kind, at place: Point) {
        self.kind = kind
        self.place = place
    }
}

extension Color {
    /// Reads the answer to OSC 11: `rgb:` or `rgba:` with one to four hexadecimal digits a channel.
    public init?(report text: some StringProtocol) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0] == "rgb" || parts[0] == "rgba" else { return nil }
        let channels = parts[1].split(separator: "/", omittingEmptySubsequences: false)
        guard channels.count == (parts[0] == "rgb" ? 3 : 4) else { return nil }
        var values: [UInt8] = []
        for channel in channels {
            guard (1...4).contains(channel.utf8.count), channel.allSatisfy(\.isHexDigit),
                let value = Int(channel, radix: 16)
            else { return nil }
            values.append(UInt8(value * 255 / ((1 << (4 * channel.utf8.count)) - 1)))
        }
        self = .rgb(red: values[0], green: values[1], blue: values[2])
    }

    /// Whether dark letters read better on it than light ones; nil for the terminal's own colours.
    public var isLight: Bool? {
        guard let onBlack = Contrast.ratio(self, .rgb(red: 0, green: 0, blue: 0)),
            let onWhite = Contrast.ratio(self, .rgb(red: 255, green: 255, blue: 255))
        else { return nil }
        return onBlack > onWhite
    }
}
