import Domain
import Terminal

// DESIGN
//
// Before and after as one tree: an object or list that was changed is entered, and what stayed the
// same in it is one folded line until somebody opens it. A fold is named by the path to it, so it
// stays open while the screen is drawn anew.

/// What an event changed, as rows of which some open and close.
struct ChangesTree {
    /// A row; `fold` names what it opens or closes.
    struct Row {
        var line: TextLine
        var fold: String?
    }

    private let unfolded: Set<String>
    private let width: Int
    private var rows: [Row] = []

    private init(unfolded: Set<String>, width: Int) {
        self.unfolded = unfolded
        self.width = max(8, width)
    }

    static func rows(_ changes: Changes, unfolded: Set<String>, width: Int) -> [Row] {
        var tree = ChangesTree(unfolded: unfolded, width: width)
        for (field, change) in changes.fields.sorted(by: { $0.key < $1.key }) {
            let name = SafeText(field).truncated(to: tree.width)
            tree.rows.append(Row(line: TextLine(name, .header)))
            tree.compare(change.old, change.new, at: field, depth: 0)
        }
        return tree.rows
    }

    private typealias Side = ChangesText.Mark

    private mutating func compare(_ old: JSONValue, _ new: JSONValue, at path: String, depth: Int) {
        switch (old, new) {
        case (.object(let old), .object(let new)): compare(old, new, at: path, depth: depth)
        case (.array(let old), .array(let new)):
            compare(
                old.map { ($0, Self.brief($0)) },
                new.map { ($0, Self.brief($0)) },
                at: path,
                depth: depth
            )
        case (.string(let old), .string(let new)) where Self.isText(old) || Self.isText(new):
            let (old, new) = (Self.lines(old), Self.lines(new))
            compare(old.map { (.null, $0) }, new.map { (.null, $0) }, at: path, depth: depth)
        default:
            write(old, .removed, depth: depth)
            write(new, .added, depth: depth)
        }
    }

    /// Two objects, member by member; what is in one only stands as a whole.
    private mutating func compare(
        _ old: [String: JSONValue],
        _ new: [String: JSONValue],
        at path: String,
        depth: Int
    ) {
        let keys = Set(old.keys).union(new.keys).sorted()
        let same = keys.filter { old[$0] == new[$0] }
        for key in keys where old[key] != new[key] {
            switch (old[key], new[key]) {
            case (let before?, let after?) where before.isNested && after.isNested:
                add("\(key):", .same, depth: depth)
                compare(before, after, at: "\(path)/\(key)", depth: depth + 1)
            case (let before, let after):
                if let before { write(before, .removed, name: key, depth: depth) }
                if let after { write(after, .added, name: key, depth: depth) }
            }
        }
        fold(same.map { "\($0): \(Self.brief(new[$0] ?? .null))" }, at: path, depth: depth)
    }

    /// Two lists or texts in their order; runs of what stayed the same are folded.
    private mutating func compare(
        _ old: [(JSONValue, String)],
        _ new: [(JSONValue, String)],
        at path: String,
        depth: Int
    ) {
        let (removed, added) = ChangesText.difference(old.map(\.1), new.map(\.1))
        var (left, right) = (0, 0)
        var run: [String] = []
        while left < old.count || right < new.count {
            let isRemoved = left < old.count && removed.contains(left)
            let isAdded = right < new.count && added.contains(right)
            if isRemoved || isAdded {
                fold(run, at: "\(path)@\(right - run.count)", depth: depth)
                run = []
            }
            if isRemoved {
                write(old[left], .removed, depth: depth)
                left += 1
            } else if isAdded {
                write(new[right], .added, depth: depth)
                right += 1
            } else {
                run.append(new[right].1)
                left += 1
                right += 1
            }
        }
        fold(run, at: "\(path)@\(right - run.count)", depth: depth)
    }

    /// One line alone is not worth folding.
    private mutating func fold(_ same: [String], at path: String, depth: Int) {
        guard !same.isEmpty else { return }
        guard same.count > 1 else { return add(same[0], .same, depth: depth) }
        let name = "\(path)="
        let isOpen = unfolded.contains(name)
        let words = "\(isOpen ? "▾" : "▸") \(same.count) unchanged"
        let indent = String(repeating: "  ", count: depth)
        let text = SafeText(indent + words).truncated(to: width)
        rows.append(Row(line: TextLine(text, .accent), fold: name))
        if isOpen { for line in same { add(line, .same, depth: depth + 1) } }
    }

    private mutating func write(_ item: (JSONValue, String), _ side: Side, depth: Int) {
        item.0 == .null ? add(item.1, side, depth: depth) : write(item.0, side, depth: depth)
    }

    /// A whole value; nothing for null, a line a member for what is nested.
    private mutating func write(
        _ value: JSONValue,
        _ side: Side,
        name: String? = nil,
        depth: Int
    ) {
        let head = name.map { "\($0): " } ?? ""
        switch value {
        case .null where name == nil: break
        case .object(let members) where !members.isEmpty:
            if let name { add("\(name):", side, depth: depth) }
            let inner = depth + (name == nil ? 0 : 1)
            for (key, value) in members.sorted(by: { $0.key < $1.key }) {
                write(value, side, name: key, depth: inner)
            }
        case .string(let text):
            let lines = Self.lines(text)
            for (index, line) in lines.enumerated() {
                add((index == 0 ? head : "") + line, side, depth: depth)
            }
        default: add(head + value.canonical, side, depth: depth)
        }
    }

    private mutating func add(_ text: String, _ side: Side, depth: Int) {
        let lead = SafeText(side.rawValue + String(repeating: "  ", count: min(depth, 8)))
        let lines = TextLine.broken(
            SafeText(text),
            to: max(4, width - lead.width),
            role: side.role,
            lead: (lead, side.role)
        )
        rows += lines.map { Row(line: $0) }
    }

    private static func brief(_ value: JSONValue) -> String {
        if case .string(let text) = value { return text }
        return value.canonical
    }

    private static func isText(_ text: String) -> Bool { text.contains(where: \.isNewline) }

    private static func lines(_ text: String) -> [String] {
        text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(String.init)
    }
}

extension JSONValue {
    fileprivate var isNested: Bool {
        switch self {
        case .object, .array: true
        default: false
        }
    }
}
