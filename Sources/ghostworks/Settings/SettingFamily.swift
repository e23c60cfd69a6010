/// Settings that exist once for each name that the settings themselves give.
struct SettingFamily: Sendable {
    /// What is named, for sentences.
    let noun: String
    /// Where the settings begin: `ai.providers.`.
    let prefix: String
    /// The settings of a name.
    let fields: @Sendable (String) -> [any SettingDescription]

    static let identityProviders = SettingFamily(
        noun: "provider",
        prefix: ProviderFields.prefix,
        fields: { ProviderFields($0).all }
    )
    static let modelProviders = SettingFamily(
        noun: "provider",
        prefix: ModelProviderFields.prefix,
        fields: { ModelProviderFields($0).all }
    )
    static let all = [identityProviders, modelProviders]

    /// Where variables begin: `GHOSTWORKS_AI_PROVIDERS_`.
    var variablePrefix: String {
        "GHOSTWORKS_" + prefix.uppercased().replacing(".", with: "_")
    }

    /// The name in a setting; nil for another setting.
    func name(in setting: String) -> String? {
        guard setting.hasPrefix(prefix) else { return nil }
        let parts = setting.dropFirst(prefix.count).split(separator: ".", maxSplits: 1)
        return parts.count == 2 ? String(parts[0]) : nil
    }

    /// The name and the field in a variable; nil for another variable.
    func parts(ofVariable variable: String) -> (name: String, field: String)? {
        guard variable.hasPrefix(variablePrefix) else { return nil }
        let parts = variable.dropFirst(variablePrefix.count).lowercased()
            .split(separator: "_", maxSplits: 1)
        return parts.count == 2 ? (String(parts[0]), String(parts[1])) : nil
    }

    /// Whether text can be a name: it must stand in a variable without doubt.
    static func isName(_ text: String) -> Bool {
        text.wholeMatch(of: #/[a-z][a-z0-9]{0,31}/#) != nil
    }
}
