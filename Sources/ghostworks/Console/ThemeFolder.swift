import Console
import Foundation
import Terminal
import Themes

// DESIGN: themes from two places.
//
// 1. Those that come along, and those of the operator in `themes` beside `config.yaml`; a name of
//    the operator's takes the place of one that comes along.
// 2. The console starts with the one it needs. The others are read behind the first frame.
// 3. A file that is broken is told with its line, and what it said before stays.

/// The folder of the operator's own themes.
struct ThemeFolder: Sendable {
    /// Nil without a home.
    let path: String?

    /// More is no theme.
    private static let largest = 65_536
    private static let most = 100

    init(environment: [String: String] = ProcessInfo.processInfo.environment) {
        let surroundings = Surroundings(environment: environment, isRoot: false)
        path = surroundings.folder("XDG_CONFIG_HOME", below: ".config").map { $0 + "/themes" }
    }

    /// The names of the files that may be themes, in order.
    var files: [String] {
        guard let path,
            let names = try? FileManager.default.contentsOfDirectory(atPath: path)
        else { return [] }
        let themes = names.filter { $0.hasSuffix(".yaml") && !$0.hasPrefix(".") }
        return Array(themes.sorted().prefix(Self.most))
    }

    /// Reads one of the files.
    func theme(in file: String) throws(ThemeError) -> NamedTheme {
        guard let path, let data = FileManager.default.contents(atPath: path + "/" + file) else {
            throw ThemeError(file: file, line: 1, reason: "cannot be read")
        }
        guard data.count <= Self.largest, let text = String(validating: data, as: UTF8.self) else {
            throw ThemeError(file: file, line: 1, reason: "is no UTF-8 text of at most 64 KB")
        }
        return try NamedTheme(yaml: text, file: file)
    }

    /// The theme of a name, the operator's own before the one that comes along; nil for none.
    func theme(named name: String) -> NamedTheme? {
        let plain = name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }
        if plain, files.contains(name + ".yaml"), let own = try? theme(in: name + ".yaml"),
            own.theme.name == name
        {
            return own
        }
        return Themes.yaml(named: name).flatMap { try? NamedTheme(yaml: $0, file: name + ".yaml") }
    }

    /// Every name that can be asked for.
    var names: [String] {
        let own = files.compactMap { try? theme(in: $0).theme.name }
        return Themes.all.map(\.name) + own.filter { Themes.yaml(named: $0) == nil }
    }
}

/// A theme with the words that its file begins with.
struct NamedTheme: Sendable, Hashable {
    let theme: Theme
    let summary: String

    init(yaml: String, file: String) throws(ThemeError) {
        theme = try Theme(yaml: yaml, file: file)
        let comment = yaml.split(separator: "\n").first.flatMap { line in
            line.hasPrefix("# ") ? String(line.dropFirst(2)) : nil
        }
        summary = comment ?? "from \(file)"
    }

    /// The theme for a terminal of so many colours.
    func consoleTheme(at depth: ColorDepth) -> ConsoleTheme {
        ConsoleTheme(name: theme.name, styles: theme.styles(at: depth), summary: summary)
    }
}

/// All themes, read again whenever a file changes.
struct ThemeShelf: Sendable {
    private let folder: ThemeFolder
    private let depth: ColorDepth
    /// What each file said when it was right the last time.
    private var own: [String: NamedTheme] = [:]

    init(_ folder: ThemeFolder, depth: ColorDepth) {
        self.folder = folder
        self.depth = depth
    }

    /// Reads everything, and says what is wrong with the first file that is.
    mutating func read() -> (themes: [ConsoleTheme], problem: String?) {
        var problem: String?
        let files = folder.files
        own = own.filter { files.contains($0.key) }
        for file in files {
            do throws(ThemeError) {
                own[file] = try folder.theme(in: file)
            } catch {
                problem = problem ?? "\(error)"
            }
        }
        var themes: [ConsoleTheme] = []
        let coming = Themes.all.compactMap { try? NamedTheme(yaml: $0.yaml, file: $0.name) }
        for theme in coming + files.compactMap({ own[$0] }) {
            let shown = theme.consoleTheme(at: depth)
            if let index = themes.firstIndex(where: { $0.name == shown.name }) {
                themes[index] = shown
            } else {
                themes.append(shown)
            }
        }
        return (themes, problem)
    }
}
