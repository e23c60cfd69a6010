internal import FoundationEssentials

// DESIGN: a text for the clipboard at the operator's end of the line.
//
// 1. OSC 52 goes to the terminal. tmux and GNU screen swallow it unless it is wrapped for whoever
//    is behind them: tmux wants every escape doubled, screen no string above 768 bytes.
// 2. Terminals drop what is longer than they take, without a word. So a long text is refused here.

/// OSC 52: puts a text on the clipboard of the machine that the terminal runs on.
public enum ClipboardSequence {
    /// The most bytes of base64 that common terminals take.
    public static let limit = 74_994

    /// The most bytes of one string that GNU screen passes on, with room for its frame.
    private static let screenPiece = 512

    /// The sequence for a text; nil when the text is too long.
    ///
    /// `TMUX` and `STY` in the environment tell who is in between.
    public static func text(_ text: String, environment: [String: String]) -> String? {
        let encoded = Data(text.utf8).base64EncodedString()
        guard encoded.utf8.count <= limit else { return nil }
        let sequence = "\u{1B}]52;c;\(encoded)\u{7}"
        if environment["TMUX"]?.isEmpty == false {
            let doubled = sequence.replacing("\u{1B}", with: "\u{1B}\u{1B}")
            return "\u{1B}Ptmux;\(doubled)\u{1B}\\"
        }
        guard environment["STY"]?.isEmpty == false else { return sequence }
        var rest = sequence[...]
        var pieces = ""
        while !rest.isEmpty {
            pieces += "\u{1B}P\(rest.prefix(screenPiece))\u{1B}\\"
            rest = rest.dropFirst(screenPiece)
        }
        return pieces
    }
}
