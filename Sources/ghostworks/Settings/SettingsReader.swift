import Configuration
import Foundation

// DESIGN
// 1. Command-line options over environment over file over defaults; the first that has a value
//    wins, an empty environment variable counts as not set.
// 2. Every value passes its parser here; later code never sees text.
// 3. The first wrong value stops the start, with its name, its place, its rule and an example.

/// Reads the settings of this process.
struct SettingsReader {
    private var surroundings: Surroundings
    private let layers: [Layer]
    private(set) var entries: [SettingEntry] = []
    /// The providers of identities that any source names, by name.
    let providers: [String]
    /// The providers of models that any source names, by name.
    let modelProviders: [String]

    struct Layer {
        let source: @Sendable (any SettingDescription) -> SettingSource
        let value: @Sendable (any SettingDescription) -> String?
    }

    /// Finds and opens the sources.
    ///
    /// - Parameters:
    ///   - file: The path given with `--config`; it must exist then.
    ///   - options: Values of command-line options, by the name of their setting.
    ///   - environment: The process's environment.
    /// - Throws: ``SettingProblem``.
    init(
        file: String?,
        options: [String: String] = [:],
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) async throws {
        surroundings = Surroundings(environment: environment, isRoot: geteuid() == 0)
        var layers = [Self.layer(options: options), Self.layer(environment: environment)]
        let settingsFile = try SettingsFile.find(file, in: surroundings)
        if let settingsFile { layers.append(try await settingsFile.layer()) }
        self.layers = layers
        let names = EnvironmentNames(environment: environment, file: settingsFile)
        func given(_ family: SettingFamily) throws -> [String] {
            let inFile = settingsFile?.names(of: family) ?? []
            return try inFile.union(names.names(of: family)).sorted()
        }
        providers = try given(.identityProviders)
        modelProviders = try given(.modelProviders)
        try names.check()
    }

    /// The value of a setting, checked.
    mutating func value<Value>(_ setting: Setting<Value>) throws -> Value {
        let (text, source) = find(setting)
        do throws(SettingRule) {
            let value = try setting.parse(text)
            entries.append(SettingEntry(setting: setting, text: text, source: source))
            return value
        } catch {
            throw SettingProblem(setting, from: source, error)
        }
    }

    /// Reads the folder that other defaults depend on.
    mutating func dataDirectory() throws -> String {
        let folder = try value(SettingRegistry.dataDirectory)
        surroundings.dataDirectory = folder
        return folder
    }

    private func find(_ setting: any SettingDescription) -> (String, SettingSource) {
        for layer in layers {
            if let text = layer.value(setting), !text.isEmpty {
                return (text, layer.source(setting))
            }
        }
        return (setting.standard(surroundings), .standard)
    }

    private static func layer(options: [String: String]) -> Layer {
        Layer(
            source: { .option("--" + ($0.name.split(separator: ".").last ?? "")) },
            value: { options[$0.name] }
        )
    }

    private static func layer(environment: [String: String]) -> Layer {
        let reader = ConfigReader(
            provider: EnvironmentVariablesProvider(environmentVariables: environment)
        ).scoped(to: "ghostworks")
        return Layer(
            source: { _ in .environment },
            value: { reader.string(forKey: ConfigKey($0.name), isSecret: $0.isSecret) }
        )
    }
}

extension SettingsFile {
    /// The file as a layer under the environment.
    func layer() async throws -> SettingsReader.Layer {
        // The provider takes its path from another reader, so that no path type has to be named.
        let place = ConfigReader(
            provider: InMemoryProvider(values: ["filePath": .init(.string(path), isSecret: false)])
        )
        let provider: FileProvider<YAMLSnapshot>
        do {
            provider = try await FileProvider<YAMLSnapshot>(config: place)
        } catch {
            throw SettingProblem("The settings file \(path) cannot be read.")
        }
        let reader = ConfigReader(provider: provider)
        return SettingsReader.Layer(
            source: { [self] in .file("\(path), line \(lines[$0.name] ?? 1)") },
            value: { reader.string(forKey: ConfigKey($0.name), isSecret: $0.isSecret) }
        )
    }
}
