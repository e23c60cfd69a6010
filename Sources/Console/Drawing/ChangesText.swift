import Domain
import Terminal

/// A change as lines: what was there, and what is there now.
enum ChangesText {
    /// Texts of more lines are shown as a whole and not compared line by line.
    private static let longest = 300

    static func lines(_ changes: Changes, width: Int) -> [TextLine] {
        changes.fields.sorted { $0.key < $1.key }.flatMap { field, change -> [TextLine] in
            let old = text(change.old)
            let new = text(change.new)
            return [TextLine(SafeText(field), .header)]
                + compared(old, new).flatMap { line in
                    wrapped(line, width: width)
                }
        }
    }

    /// The lines of a value: a text as it is, anything else as JSON, nothing for null.
    private static func text(_ value: JSONValue) -> [String] {
        switch value {
        case .null: []
        case .string(let text):
            text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
                .map(String.init)
        default: [value.canonical]
        }
    }

    /// On which side a line stands.
    enum Mark: String {
        case same = "  "
        case removed = "- "
        case added = "+ "

        var role: Terminal.Role {
            switch self {
            case .same: .muted
            case .removed: .diffRemoved
            case .added: .diffAdded
            }
        }
    }

    private static func wrapped(_ line: (Mark, String), width: Int) -> [TextLine] {
        let role = line.0.role
        return TextLine.broken(
            SafeText(line.1),
            to: max(4, width - 2),
            role: role,
            lead: (SafeText(line.0.rawValue), role)
        )
    }

    /// Which places are in one of two lists only; long ones are not compared.
    static func difference(_ old: [String], _ new: [String]) -> (Set<Int>, Set<Int>) {
        guard old.count <= longest, new.count <= longest else {
            return (Set(old.indices), Set(new.indices))
        }
        var (removed, added): (Set<Int>, Set<Int>) = ([], [])
        for change in new.difference(from: old) {
            switch change {
            case .remove(let offset, _, _): removed.insert(offset)
            case .insert(let offset, _, _): added.insert(offset)
            }
        }
        return (removed, added)
    }

    /// The two texts side by side, with what they have in common once.
    private static func compared(_ old: [String], _ new: [String]) -> [(Mark, String)] {
        let (removed, added) = difference(old, new)
        var lines: [(Mark, String)] = []
        var oldIndex = 0
        var newIndex = 0
        while oldIndex < old.count || newIndex < new.count {
            if removed.contains(oldIndex) {
                lines.append((.removed, old[oldIndex]))
                oldIndex += 1
            } else if added.contains(newIndex) {
                lines.append((.added, new[newIndex]))
                newIndex += 1
            } else {
                lines.append((.same, new[newIndex]))
                oldIndex += 1
                newIndex += 1
            }
        }
        return lines
    }
}
