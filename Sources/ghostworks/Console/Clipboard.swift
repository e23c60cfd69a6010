import Foundation

/// The clipboard of the machine at the other end, reached through the terminal.
enum Clipboard {
    /// More than this many bytes of base64 are refused by common terminals.
    private static let limit = 74_994

    /// OSC 52 with the text, wrapped for tmux; nil when the text is too long.
    static func sequence(
        for text: String,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) -> String? {
        let encoded = Data(text.utf8).base64EncodedString()
        guard encoded.utf8.count <= limit else { return nil }
        let sequence = "\u{1B}]52;c;\(encoded)\u{7}"
        guard environment["TMUX"] != nil else { return sequence }
        return "\u{1B}Ptmux;\u{1B}\(sequence)\u{1B}\\"
    }
}
