internal import Yams

/// What is wrong with a file of YAML, and where.
public struct YAMLFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file's name.
    public let file: String

    /// The line, counted from 1.
    public let line: Int

    /// What is wrong, as a lower-case phrase.
    public let reason: String

    /// Makes an error.
    public init(file: String, line: Int, reason: String) {
        self.file = file
        self.line = line
        self.reason = reason
    }

    /// What the parser found wrong; `twice` is what a repeated key is called.
    init(_ error: YamlError, file: String, twice: String) {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            self.init(file: file, line: mark.line, reason: problem)
        case .duplicatedKeysInMapping(_, let context):
            self.init(file: file, line: context.mark.line, reason: "\(twice) occurs twice")
        default: self.init(file: file, line: 1, reason: "cannot be read as YAML")
        }
    }

    /// The whole line for people: `paper.yaml:12: role 'title' …`.
    public var description: String { "\(SafeText(file)):\(line): \(SafeText(reason))" }
}
