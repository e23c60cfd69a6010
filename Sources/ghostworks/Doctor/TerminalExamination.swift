import Foundation
import Glibc
import Ncurses

/// Looks at the terminal that the console would run on.
struct TerminalExamination {
    let environment: [String: String]

    func findings() -> [Finding] {
        let term = environment["TERM"] ?? ""
        return [size, locale] + abilities(TerminalInterview(term: term))
    }

    private var size: Finding {
        let check = "terminal"
        guard let name = environment["TERM"], !name.isEmpty else {
            return .warning(check, "TERM is not set.", fix: "export TERM=xterm-256color")
        }
        var size = winsize()
        guard isatty(STDOUT_FILENO) == 1,
            ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0
        else { return .ok(check, "\(name); standard output is no terminal now") }
        let shown = "\(name), \(size.ws_col)×\(size.ws_row)"
        guard size.ws_col >= 80, size.ws_row >= 24 else {
            return .warning(check, "\(shown): small", fix: "80×24 shows every column.")
        }
        return .ok(check, shown)
    }

    private var locale: Finding {
        let check = "locale"
        let names = ["LC_ALL", "LC_CTYPE", "LANG"]
        let value = names.lazy.compactMap { environment[$0] }.first { !$0.isEmpty } ?? "C"
        let folded = value.lowercased()
        guard folded.contains("utf-8") || folded.contains("utf8") else {
            return .warning(
                check,
                "\(value): only ASCII is drawn",
                fix: "export LANG=C.UTF-8"
            )
        }
        return .ok(check, value)
    }
}
