import Foundation

/// Looks at the zone of the times that people see.
struct ZoneExamination {
    private let settings: Settings
    private let environment: [String: String]

    init(_ settings: Settings, _ environment: [String: String]) {
        self.settings = settings
        self.environment = environment
    }

    /// A zone that the system does not know is UTC to it, without a word.
    var finding: Finding {
        let check = "time zone"
        let zone = settings.view.timeZone
        guard isOfSystem, let name = environment["TZ"], !name.isEmpty,
            zone.secondsFromGMT() == 0,
            TimeZone(identifier: name) == nil
        else { return .ok(check, zone.identifier) }
        return .warning(
            check,
            "TZ is \(name), which is no name of a zone here: times are shown in \(zone.identifier)",
            fix: "export TZ=Europe/Berlin, or another name of a zone"
        )
    }

    /// Whether no setting says the zone.
    private var isOfSystem: Bool {
        settings.entries.first { $0.setting.name == SettingRegistry.timeZone.name }?.text.isEmpty
            ?? true
    }
}
