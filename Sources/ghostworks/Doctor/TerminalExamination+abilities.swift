import Ncurses
import Terminal

extension TerminalExamination {
    /// What the terminal can do, and what to do where it cannot.
    func abilities(_ interview: TerminalInterview) -> [Finding] {
        let findings = [
            description(interview), colors(interview), depth, name(interview),
            frames(interview), paste(interview), clipboard(interview), order(interview),
            background(interview),
        ]
        return findings.compactMap(\.self)
    }

    private func description(_ interview: TerminalInterview) -> Finding? {
        let term = environment["TERM"] ?? ""
        guard !term.isEmpty else { return nil }
        guard interview.colors != nil else {
            return .warning(
                "description",
                "\(term) is not known here: taken for xterm-256color",
                fix: "Install its description (ncurses-term has many), or copy it: "
                    + "infocmp -x on its machine, tic -x - here."
            )
        }
        guard interview.movesCursor else {
            return .warning(
                "description",
                "\(term) cannot move the cursor: taken for vt100",
                fix: "Set TERM to what the terminal is, or use ghostworks console --linear."
            )
        }
        return .ok("description", term)
    }

    private func colors(_ interview: TerminalInterview) -> Finding {
        let check = "colours"
        if environment["NO_COLOR"]?.isEmpty == false {
            return .ok(check, "none, because NO_COLOR is set")
        }
        let count = interview.colors ?? 256
        guard count >= 8 else {
            return .warning(check, "none", fix: "export TERM=xterm-256color, if it has colours.")
        }
        guard count >= 256 else {
            return .warning(
                check,
                "\(count): themes are matched to them",
                fix: "export TERM=xterm-256color, if it has them."
            )
        }
        return .ok(check, count > 256 ? "true colour by description" : "\(count)")
    }

    /// True colour is a promise of the environment; 256 are used in any case.
    private var depth: Finding {
        let value = environment["COLORTERM"] ?? ""
        let isTrue = value == "truecolor" || value == "24bit"
        return .ok("true colour", isTrue ? "yes; 256 are used" : "not said; 256 are enough")
    }

    private func name(_ interview: TerminalInterview) -> Finding? {
        if let name = interview.name { return .ok("says that it is", name) }
        return interview.answers ? nil : .ok("answers", "none; nothing more is known of it")
    }

    private func frames(_ interview: TerminalInterview) -> Finding? {
        switch interview.synchronizedOutput {
        case .yes: .ok("whole frames", "synchronized output")
        case .no:
            .warning(
                "whole frames",
                "no synchronized output: a large change may flicker",
                fix: "A newer terminal, or tmux 3.4, has it; nothing is lost without."
            )
        case .unknown: nil
        }
    }

    private func paste(_ interview: TerminalInterview) -> Finding? {
        switch interview.bracketedPaste {
        case .yes: .ok("paste", "told from typing")
        case .no:
            .warning(
                "paste",
                "cannot be told from typing",
                fix: "Paste only into a field that has the focus."
            )
        case .unknown: nil
        }
    }

    private func clipboard(_ interview: TerminalInterview) -> Finding {
        let check = "clipboard"
        if environment["TMUX"]?.isEmpty == false {
            return .warning(
                check,
                "through tmux, which passes it on only when told",
                fix: "tmux set -g set-clipboard on; tmux set -g allow-passthrough on"
            )
        }
        if environment["STY"]?.isEmpty == false {
            return .ok(check, "OSC 52 in pieces, through screen")
        }
        return .ok(
            check,
            interview.clipboard == .yes
                ? "OSC 52" : "OSC 52 is sent; the terminal does not say whether it takes it"
        )
    }

    private func order(_ interview: TerminalInterview) -> Finding? {
        switch interview.explicitOrder {
        case .yes: .ok("right to left", "the order is left to Ghostworks")
        case .no, .unknown: nil
        }
    }

    private func background(_ interview: TerminalInterview) -> Finding? {
        guard let isLight = interview.background?.isLight else { return nil }
        let theme = isLight ? "paper" : "ghost"
        return .ok("background", "\(isLight ? "light" : "dark"): \(theme), if no theme is chosen")
    }
}
