import Domain
import Foundation
import Logging
import Operations
import Sealing

import enum Console.Language
import enum Terminal.ArabicShaping

/// Every setting, read and checked; made once, when the process starts.
struct Settings: Sendable {
    let folders: Folders
    let database: DatabaseSettings
    let http: HTTPSettings
    let keys: KeySettings
    let identity: IdentitySettings
    let mail: MailSettings
    let ai: AISettings
    let view: ViewSettings
    /// What `ghostworks settings` prints.
    let entries: [SettingEntry]
}

/// Where this installation keeps its files.
struct Folders: Hashable, Sendable {
    let data: String
    let state: String
    let exports: String

    var session: String { state + "/session" }
    var consoleLog: String { state + "/console.log" }
    var consoleMemory: String { state + "/console.json" }
}

/// How the database is reached.
struct DatabaseSettings: Hashable, Sendable {
    /// nil: the embedded cluster.
    let url: DatabaseAddress?
    let readerURL: DatabaseAddress?
    let adminURL: DatabaseAddress?
    let pool: PoolLimits
}

/// Bounds and times of the connection pools.
struct PoolLimits: Hashable, Sendable {
    let writers: Int
    let readers: Int
    let acquireTimeout: Duration
    let requestTimeout: Duration
    let connectTimeout: Duration
}

/// What `serve` listens on.
struct HTTPSettings: Hashable, Sendable {
    let listen: Endpoint
    let admin: Endpoint
    let tls: CertificateFiles?
    let shutdownTimeout: Duration
    let connections: Int
    let connectionsPerAddress: Int
    let allowedOrigins: Set<String>
    let proxies: TrustedProxies
    let rates: RateLimits
    /// How much may be asked of models.
    let chats: ChatLimits
}

/// A host and a port.
struct Endpoint: Hashable, Sendable {
    let host: String
    let port: Int
}

/// Certificate and key, both or none.
struct CertificateFiles: Hashable, Sendable {
    let certificate: String
    let key: String
}

/// Where the keys are, and what tokens say.
struct KeySettings: Hashable, Sendable {
    let signing: SecretReference
    let context: SecretReference
    let pepper: SecretReference
    let sealing: SecretReference
    let rotationDays: Int
    let issuer: String
    let audience: String
}

/// Who may sign in besides people with a password, and what operators need besides one.
struct IdentitySettings: Sendable {
    let operatorsNeedSecondFactor: Bool
    let ownWorkspaces: Int
    let purgeDays: Int
    let providers: [ProviderSettings]
}

/// How things are shown and told.
struct ViewSettings: Hashable, Sendable {
    let timeZone: TimeZone
    let theme: String
    /// nil: the locale's.
    let language: Language?
    /// nil: what suits the terminal.
    let arabicShaping: ArabicShaping?
    let logLevel: Logger.Level
}

/// One line of `ghostworks settings`.
struct SettingEntry: Sendable {
    let setting: any SettingDescription
    let text: String
    let source: SettingSource

    /// The value for people: secrets hidden, what is not set left blank.
    var shown: String {
        guard setting.isSecret, !text.isEmpty else { return text }
        // A reference says where the secret is, not what it is.
        return text.hasPrefix("env:") || text.hasPrefix("file:") ? text : "(hidden)"
    }
}
