// DESIGN: a recording is somebody else's file.
//
// What it holds is sent to a terminal, so only what draws may pass: characters, the controls that
// move, and the sequences for moving, erasing, scrolling and style. Everything else is dropped:
// strings (titles, clipboards, keys), questions that the terminal would answer into the input,
// and modes but those of the cursor and of whole frames.

/// Lets pass of a recording what draws and nothing else.
public struct PlaybackFilter: Sendable {
    private enum State {
        case text
        case escape
        case sequence(String)
        case string
        case stringEscape
        case skip
    }

    private var state = State.text

    private static let finals = Set("ABCDEFGHJKLMPSTXdfm@`abegrs".unicodeScalars)
    private static let modes: Set<String> = ["?25", "?2026", "?7"]
    private static let longest = 64

    /// Begins outside of any sequence.
    public init() {}

    /// What of a text may be sent; a sequence may go on in the next text.
    public mutating func filter(_ text: String) -> String {
        var output = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { take(scalar, into: &output) }
        return String(output)
    }

    private mutating func take(
        _ scalar: Unicode.Scalar,
        into output: inout String.UnicodeScalarView
    ) {
        switch state {
        case .text: takeText(scalar, into: &output)
        case .escape: takeEscape(scalar, into: &output)
        case .skip: state = .text
        case .sequence(let body): takeSequence(body, scalar, into: &output)
        case .string:
            if scalar == "\u{7}" || scalar == "\u{9C}" { state = .text }
            if scalar == "\u{1B}" { state = .stringEscape }
        case .stringEscape:
            state = .text
            if scalar != "\\" {
                state = .escape
                takeEscape(scalar, into: &output)
            }
        }
    }

    private mutating func takeText(
        _ scalar: Unicode.Scalar,
        into output: inout String.UnicodeScalarView
    ) {
        switch scalar.value {
        case 0x1B: state = .escape
        case 0x08, 0x09, 0x0A, 0x0D: output.append(scalar)
        case ..<0x20, 0x7F...0x9F: break
        // What turns the direction of text would draw other than it was drawn.
        case 0x202A...0x202E, 0x2066...0x2069: break
        default: output.append(scalar)
        }
    }

    private mutating func takeEscape(
        _ scalar: Unicode.Scalar,
        into output: inout String.UnicodeScalarView
    ) {
        state = .text
        switch scalar {
        case "[": state = .sequence("")
        case "]", "P", "X", "^", "_": state = .string
        case "(", ")", "*", "+", "#", "%", " ": state = .skip
        case "7", "8", "D", "E", "M": output.append(contentsOf: "\u{1B}\(scalar)".unicodeScalars)
        case "\u{1B}": state = .escape
        default: break
        }
    }

    private mutating func takeSequence(
        _ body: String,
        _ scalar: Unicode.Scalar,
        into output: inout String.UnicodeScalarView
    ) {
        switch scalar.value {
        case 0x1B: state = .escape
        case 0x20...0x3F where body.utf8.count < Self.longest:
            state = .sequence(body + String(scalar))
        case 0x40...0x7E:
            state = .text
            guard passes(body, scalar) else { return }
            output.append(contentsOf: "\u{1B}[\(body)\(scalar)".unicodeScalars)
        default: state = .text
        }
    }

    private func passes(_ body: String, _ final: Unicode.Scalar) -> Bool {
        if final == "h" || final == "l" { return Self.modes.contains(body) }
        // A number of many digits keeps a terminal busy for a long time.
        return Self.finals.contains(final)
            && body.unicodeScalars.allSatisfy { (0x30...0x3B).contains($0.value) }
            && body.split { $0 == ";" || $0 == ":" }.allSatisfy { $0.utf8.count <= 4 }
    }
}
