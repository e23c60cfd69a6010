import Cluster
import Foundation
import Logging
import Sealing

/// Every setting, in the order of the documentation; those of one topic stand in a file of their
/// own.
enum SettingRegistry {
    static let dataDirectory = Setting(
        name: "data.directory",
        summary: "Folder of the embedded database and of the keys that are made for it",
        example: "/var/lib/ghostworks",
        standard: { surroundings in
            let layout = try? ClusterLayout.standard(
                environment: surroundings.environment,
                isRoot: surroundings.isRoot
            )
            return layout?.root ?? ""
        },
        parse: SettingParser.absolutePath
    )
    static let stateDirectory = Setting(
        name: "state.directory",
        summary: "Folder of the session, the console's memory and its log",
        example: "/var/lib/ghostworks/state",
        standard: { surroundings in
            if surroundings.isRoot { return surroundings.dataDirectory + "/state" }
            return surroundings.folder("XDG_STATE_HOME", below: ".local/state") ?? ""
        },
        parse: SettingParser.absolutePath
    )
    static let requireSecondFactor = Setting(
        name: "operators.require_second_factor",
        summary: "Whether operators get in with a second factor only",
        example: "true",
        standard: { _ in "false" },
        parse: ProviderParser.flag
    )
    static let ownWorkspaces = Setting(
        name: "workspaces.per_person",
        summary: "Free workspaces one person may own by making them; 0: operators make them",
        example: "3",
        standard: { _ in "3" },
        parse: SettingParser.number(0...1000)
    )
    static let purgeDays = Setting(
        name: "workspaces.purge_days",
        summary: "How many days after its closing the data of a workspace is deleted; 0: never",
        example: "90",
        standard: { _ in "90" },
        parse: SettingParser.callDays
    )
    static let exportFolder = Setting(
        name: "privacy.export_directory",
        summary: "Folder of exports of personal data; one for all machines that serve or work",
        example: "/var/lib/ghostworks/exports",
        standard: { $0.dataDirectory + "/exports" },
        parse: SettingParser.absolutePath
    )
    static let logLevel = Setting(
        name: "log.level",
        summary: "Lowest level that is logged",
        example: "info",
        standard: { _ in "info" },
        parse: SettingParser.logLevel
    )
    static let timeZone = Setting(
        name: "tz",
        summary: "Zone of the times that people see; $TZ or the system's when not set",
        example: "Asia/Kuwait",
        parse: SettingParser.timeZone
    )
    static let theme = Setting(
        name: "console.theme",
        summary: "Colours of the console",
        example: "paper",
        standard: { _ in standardTheme },
        parse: SettingParser.theme
    )
    /// The theme of whoever chose none.
    static let standardTheme = "ghost"

    static let all: [any SettingDescription] = [
        dataDirectory, stateDirectory, databaseURL, readerURL, adminURL, poolSize,
        readerPoolSize, acquireTimeout, requestTimeout, connectTimeout, host, port, adminHost,
        adminPort, certificate, certificateKey, shutdownTimeout, connections,
        connectionsPerAddress, allowedOrigins,
        trustedProxies, addressRate, signInRate, userRate, keyRate, tenantRate, writeRate,
        modelCallRate, modelTokenRate, callDays,
        signingKey, contextKey, pepper, sealingKey, rotationDays, issuer, audience,
        requireSecondFactor,
        ownWorkspaces, purgeDays,
        mailTransport, mailFolder, mailURL, mailPassword, mailAuthorities, mailFrom, mailLinkBase,
        exportFolder,
        logLevel, timeZone, theme,
        language, arabicShaping,
    ]
}
