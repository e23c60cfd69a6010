import Foundation

/// The clipboard of the machine at the other end, reached through the terminal.
enum Clipboard {
    /// More than this many bytes of base64 are refused by common terminals.
    private static let limit = 74_994

    /// GNU screen passes no more than this many bytes of a sequence at once.
    private static let screenPiece = 240

    /// OSC 52 with the text, wrapped for tmux and screen; nil when the text is too long.
    static func sequence(
        for text: String,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) -> String? {
        let encoded = Data(text.utf8).base64EncodedString()
        guard encoded.utf8.count <= limit else { return nil }
        let sequence = "\u{1B}]52;c;\(encoded)\u{7}"
        if environment["TMUX"] != nil { return "\u{1B}Ptmux;\u{1B}\(sequence)\u{1B}\\" }
        return environment["STY"] == nil ? sequence : wrappedForScreen(sequence)
    }

    /// One string after the other for the terminal around screen, which puts them together.
    private static func wrappedForScreen(_ sequence: String) -> String {
        var wrapped = ""
        var rest = Substring(sequence)
        while !rest.isEmpty {
            wrapped += "\u{1B}P\(rest.prefix(screenPiece))\u{1B}\\"
            rest = rest.dropFirst(screenPiece)
        }
        return wrapped
    }
}
