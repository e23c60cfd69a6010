import Foundation
import Yams

/// The settings file: which names it has, and on which lines.
struct SettingsFile: Sendable {
    let path: String
    /// The line of each setting.
    let lines: [String: Int]
    /// The names that the file gives in a family of settings.
    func names(of family: SettingFamily) -> Set<String> {
        Set(lines.keys.compactMap { family.name(in: $0) })
    }

    /// Values that are references to environment variables.
    let referencedVariables: Set<String>

    /// Finds the file and checks its names.
    ///
    /// - Returns: nil when there is none, or when it says nothing.
    static func find(_ given: String?, in surroundings: Surroundings) throws -> SettingsFile? {
        let variable = surroundings.environment["GHOSTWORKS_CONFIG"].flatMap {
            $0.isEmpty ? nil : $0
        }
        let standard = surroundings.folder("XDG_CONFIG_HOME", below: ".config")
        guard let path = given ?? variable ?? standard.map({ $0 + "/config.yaml" }) else {
            return nil
        }
        guard FileManager.default.fileExists(atPath: path) else {
            if given == nil, variable == nil { return nil }
            throw SettingProblem("The settings file \(path) does not exist.")
        }
        guard let data = FileManager.default.contents(atPath: path),
            let text = String(validating: data, as: UTF8.self)
        else { throw SettingProblem("The settings file \(path) is not readable UTF-8 text.") }
        return try SettingsFile(path: path, text: text)
    }

    private init?(path: String, text: String) throws {
        guard let root = try Self.parse(text, path: path) else { return nil }
        guard let mapping = root.mapping else {
            throw SettingProblem(
                "The settings file \(path) must hold names with values; it holds "
                    + (root.sequence == nil ? "one value." : "a list."),
                hint: "For example:\nhttp:\n  port: 8080"
            )
        }
        var walk = Walk(path: path)
        try walk.visit(mapping, below: "")
        self.path = path
        lines = walk.lines
        referencedVariables = walk.variables
    }

    private static func parse(_ text: String, path: String) throws -> Node? {
        do {
            return try Yams.compose(yaml: text, .basic)
        } catch YamlError.duplicatedKeysInMapping(let names, let context) {
            let name = names.first ?? "?"
            throw SettingProblem(
                "The settings file \(path), line \(context.mark.line), has the name \(name) twice "
                    + "in one place.",
                hint: "Put what belongs to it below one \(name)."
            )
        } catch let error as YamlError {
            let line =
                switch error {
                case .scanner(_, _, let mark, _), .parser(_, _, let mark, _),
                    .composer(_, _, let mark, _):
                    ", line \(mark.line)"
                default: ""
                }
            throw SettingProblem("The settings file \(path)\(line) is not valid YAML.")
        }
    }

    /// Goes through the file and refuses what is no setting.
    private struct Walk {
        let path: String
        var lines: [String: Int] = [:]
        var variables: Set<String> = []

        mutating func visit(_ mapping: Node.Mapping, below prefix: String) throws {
            for (key, value) in mapping {
                let name = prefix + (key.string ?? "?")
                let line = key.mark?.line ?? 1
                if let inner = value.mapping {
                    try visit(inner, below: name + ".")
                } else {
                    try note(name, value, line: line)
                }
            }
        }

        private mutating func note(_ name: String, _ value: Node, line: Int) throws {
            let place = "\(path), line \(line)"
            var settings = SettingRegistry.all
            for family in SettingFamily.all {
                guard let given = family.name(in: name) else { continue }
                guard SettingFamily.isName(given) else {
                    throw SettingProblem(
                        "The \(family.noun) name '\(given)' (in \(place)) must be small letters "
                            + "and digits, a letter first."
                    )
                }
                settings = family.fields(given)
            }
            guard let setting = settings.first(where: { $0.name == name }) else {
                let known = settings.map(\.name)
                throw SettingProblem(unknown: name, in: place, known: known)
            }
            guard let text = value.scalar?.string else {
                let rule = SettingRule("must be one value, not a list")
                throw SettingProblem(setting, from: .file(place), rule)
            }
            guard lines.updateValue(line, forKey: name) == nil else {
                throw SettingProblem("Setting \(name) stands twice in \(path).")
            }
            if setting.isSecret, Self.carriesPassword(text) {
                throw SettingProblem(
                    "Setting \(name) (\(place)) must not hold a password in the file.",
                    hint: "Put the URL into a file of mode 0600 and write file:/path, "
                        + "or env:NAME."
                )
            }
            if text.hasPrefix("env:") { variables.insert(String(text.dropFirst(4))) }
        }

        private static func carriesPassword(_ url: String) -> Bool {
            if url.contains("password=") { return true }
            guard let scheme = url.firstRange(of: "://") else { return false }
            let authority = url[scheme.upperBound...].prefix { $0 != "/" }
            guard let at = authority.lastIndex(of: "@") else { return false }
            return authority[..<at].contains(":")
        }
    }
}
