internal import Yams

/// What is wrong with a file of keys, and where.
public typealias KeysFileError = YAMLFault

/// Keys that somebody chose for actions, and other names for command lines.
///
/// ```yaml
/// keys:
///   reload: [r, f5]
///   suspend: none
/// screens:
///   audit:
///     verify: g v
/// aliases:
///   denials: audit outcome:denied since:24h
/// ```
public struct KeysFile: Hashable, Sendable {
    /// The keys of one action, on one screen or on all.
    public struct Binding: Hashable, Sendable {
        /// The action's name.
        public let action: String

        /// The screen's name; nil for all.
        public let screen: String?

        /// The chords; none takes the action's keys away.
        public let chords: [KeyChord]

        /// Where it stands.
        public let line: Int
    }

    /// Another name for a command line.
    public struct Alias: Hashable, Sendable {
        /// The name.
        public let name: String

        /// What it stands for, without a colon.
        public let command: String

        /// Where it stands.
        public let line: Int
    }

    /// The file's name, for errors.
    public let name: String

    /// The bindings in the order of the file.
    public private(set) var bindings: [Binding] = []

    /// The aliases in the order of the file.
    public private(set) var aliases: [Alias] = []

    /// What could not be read; the rest counts.
    public private(set) var errors: [KeysFileError] = []

    /// The most bytes that are read.
    public static let longest = 256 * 1_024

    /// Reads a file of keys; one that is empty changes nothing.
    public init(yaml: String, name: String) {
        self.name = name
        guard yaml.utf8.count <= Self.longest else {
            fail("has more than 256 KiB", at: nil)
            return
        }
        do {
            guard let node = try Yams.compose(yaml: yaml, .basic) else { return }
            if let mapping = node.mapping {
                read(mapping)
            } else {
                fail("must be a mapping with keys, screens or aliases", at: node)
            }
        } catch let error as YamlError {
            errors.append(KeysFileError(error, file: name, twice: "a name"))
        } catch {
            fail("cannot be read as YAML", at: nil)
        }
    }

    private mutating func read(_ mapping: Node.Mapping) {
        for (key, value) in mapping {
            switch key.string {
            case "keys": each(of: value, "keys") { $0.bind($1, $2, on: nil) }
            case "screens":
                each(of: value, "screens") { file, screen, value in
                    file.each(of: value, screen.string ?? "") {
                        $0.bind($1, $2, on: screen.string)
                    }
                }
            case "aliases": each(of: value, "aliases") { $0.alias($1, $2) }
            default:
                fail(
                    "'\(key.string ?? "")' is not known; there are keys, screens and aliases",
                    at: key
                )
            }
        }
    }

    private mutating func each(
        of node: Node,
        _ name: String,
        _ body: (inout KeysFile, Node, Node) -> Void
    ) {
        guard let mapping = node.mapping else {
            // A heading with nothing under it says nothing.
            if node.string?.isEmpty != true { fail("'\(name)' must be a mapping", at: node) }
            return
        }
        for (key, value) in mapping { body(&self, key, value) }
    }

    private mutating func bind(_ key: Node, _ value: Node, on screen: String?) {
        guard let action = key.string, let texts = Self.texts(value) else {
            return fail("keys are a text or a list of texts", at: value)
        }
        var chords: [KeyChord] = []
        for text in texts where text.lowercased() != "none" {
            do throws(KeySyntaxError) {
                chords.append(try KeyChord(parsing: text))
            } catch {
                return fail("\(action): \(error)", at: value)
            }
        }
        let line = key.mark?.line ?? 1
        bindings.append(Binding(action: action, screen: screen, chords: chords, line: line))
    }

    private mutating func alias(_ key: Node, _ value: Node) {
        guard let name = key.string, let text = value.string, !text.isEmpty, !name.isEmpty,
            !name.contains(where: \.isWhitespace), value.mapping == nil, value.sequence == nil
        else {
            return fail("an alias is a word and the command line that it stands for", at: key)
        }
        let command = text.hasPrefix(":") ? String(text.dropFirst()) : text
        aliases.append(Alias(name: name, command: command, line: key.mark?.line ?? 1))
    }

    private static func texts(_ node: Node) -> [String]? {
        if let list = node.sequence {
            let texts = list.compactMap(\.string)
            return texts.count == list.count ? texts : nil
        }
        return node.string.map { [$0] }
    }

    private mutating func fail(_ reason: String, at node: Node?) {
        errors.append(KeysFileError(file: name, line: node?.mark?.line ?? 1, reason: reason))
    }
}
