/// One thing that can be set: its name, its rule and its default.
struct Setting<Value: Sendable>: Sendable {
    /// The name in the file, such as `database.url`.
    let name: String
    /// One line for the table of settings.
    let summary: String
    /// A value that would be right.
    let example: String
    /// What holds when nobody sets it; an empty text stands for nothing.
    var standard: @Sendable (Surroundings) -> String = { _ in "" }
    /// Whether the value must never be shown.
    var isSecret = false
    /// Reads the value; the error says the rule, without the value where it is secret.
    let parse: @Sendable (String) throws(SettingRule) -> Value
}

/// What the table of settings needs to know of each, whatever its type.
protocol SettingDescription: Sendable {
    var name: String { get }
    var summary: String { get }
    var example: String { get }
    var isSecret: Bool { get }
    var standard: @Sendable (Surroundings) -> String { get }
}

extension Setting: SettingDescription {}

extension SettingDescription {
    /// The name in the environment: `GHOSTWORKS_DATABASE_URL`.
    var environmentName: String {
        "GHOSTWORKS_" + name.uppercased().replacing(".", with: "_")
    }
}

/// A lower-case phrase that says what a value must be.
struct SettingRule: Error, Equatable {
    let phrase: String

    init(_ phrase: String) {
        self.phrase = phrase
    }
}

/// What the defaults depend on.
struct Surroundings: Sendable {
    var environment: [String: String]
    var isRoot: Bool
    /// The folder that `data.directory` names, once it is known.
    var dataDirectory = ""

    /// An XDG folder; nil when there is neither the variable nor a home.
    func folder(_ variable: String, below home: String) -> String? {
        // The XDG specification: a relative path is not valid and is to be ignored.
        if let path = environment[variable], path.hasPrefix("/") { return path + "/ghostworks" }
        guard let house = environment["HOME"], house.hasPrefix("/") else { return nil }
        return "\(house)/\(home)/ghostworks"
    }
}
