import ArgumentParser
import Foundation

/// The commands with their arguments, as the parser describes them.
struct CommandTree: Decodable {
    let command: Node

    struct Node: Decodable {
        let commandName: String
        let abstract: String?
        let discussion: String?
        let shouldDisplay: Bool?
        let subcommands: [Node]?
        let arguments: [Argument]?
    }

    struct Argument: Decodable {
        let kind: String
        let shouldDisplay: Bool
        let isOptional: Bool
        let isRepeating: Bool
        let names: [Name]?
        let valueName: String?
        let abstract: String?
        let allValues: [String]?
    }

    struct Name: Decodable {
        let kind: String
        let name: String
    }

    static func read() throws -> Node {
        let data = Data(Ghostworks._dumpHelp().utf8)
        return try JSONDecoder().decode(CommandTree.self, from: data).command
    }
}

extension CommandTree.Argument {
    /// `--filter`, or the word of a positional argument.
    var term: String {
        guard kind != "positional" else { return "" }
        return (names ?? []).map { $0.kind == "long" ? "--\($0.name)" : "-\($0.name)" }
            .joined(separator: ", ")
    }

    /// What stands behind it.
    var value: String { kind == "flag" ? "" : valueName ?? "" }

    var text: String {
        let values = (allValues ?? []).filter { abstract?.contains($0) != true }
        let list = values.isEmpty ? "" : " One of \(values.joined(separator: ", "))."
        return (abstract ?? "") + list
    }
}
