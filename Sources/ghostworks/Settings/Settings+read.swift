import Domain
import Foundation
import Operations

extension Settings {
    /// Reads every setting.
    ///
    /// - Throws: ``SettingProblem``.
    init(
        file: String?,
        options: [String: String] = [:],
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) async throws {
        var reader = try await SettingsReader(
            file: file,
            options: options,
            environment: environment
        )
        folders = Folders(
            data: try reader.dataDirectory(),
            state: try reader.value(SettingRegistry.stateDirectory),
            exports: try reader.value(SettingRegistry.exportFolder)
        )
        database = try DatabaseSettings(&reader)
        http = try HTTPSettings(&reader)
        keys = try KeySettings(&reader)
        identity = try IdentitySettings(&reader)
        mail = try MailSettings(&reader)
        ai = try AISettings(&reader)
        view = try ViewSettings(&reader)
        entries = reader.entries
    }
}

extension DatabaseSettings {
    fileprivate init(_ reader: inout SettingsReader) throws {
        url = try reader.value(SettingRegistry.databaseURL)
        readerURL = try reader.value(SettingRegistry.readerURL)
        adminURL = try reader.value(SettingRegistry.adminURL)
        pool = PoolLimits(
            writers: try reader.value(SettingRegistry.poolSize),
            readers: try reader.value(SettingRegistry.readerPoolSize),
            acquireTimeout: try reader.value(SettingRegistry.acquireTimeout),
            requestTimeout: try reader.value(SettingRegistry.requestTimeout),
            connectTimeout: try reader.value(SettingRegistry.connectTimeout)
        )
        if url == nil, readerURL != nil {
            throw SettingProblem(
                "Setting database.reader_url needs database.url as well.",
                hint: "Set both, or none for the embedded database."
            )
        }
    }
}

extension HTTPSettings {
    fileprivate init(_ reader: inout SettingsReader) throws {
        listen = Endpoint(
            host: try reader.value(SettingRegistry.host),
            port: try reader.value(SettingRegistry.port)
        )
        admin = Endpoint(
            host: try reader.value(SettingRegistry.adminHost),
            port: try reader.value(SettingRegistry.adminPort)
        )
        let certificate = try reader.value(SettingRegistry.certificate)
        let key = try reader.value(SettingRegistry.certificateKey)
        switch (certificate, key) {
        case (let certificate?, let key?):
            tls = CertificateFiles(certificate: certificate, key: key)
        case (nil, nil): tls = nil
        default:
            throw SettingProblem(
                "Settings http.tls_certificate and http.tls_key belong together; one is missing.",
                hint: "Set both, or none."
            )
        }
        shutdownTimeout = try reader.value(SettingRegistry.shutdownTimeout)
        connections = try reader.value(SettingRegistry.connections)
        connectionsPerAddress = try reader.value(SettingRegistry.connectionsPerAddress)
        allowedOrigins = try reader.value(SettingRegistry.allowedOrigins)
        proxies = try reader.value(SettingRegistry.trustedProxies)
        rates = RateLimits(
            address: try reader.value(SettingRegistry.addressRate),
            signIn: try reader.value(SettingRegistry.signInRate),
            user: try reader.value(SettingRegistry.userRate),
            key: try reader.value(SettingRegistry.keyRate),
            tenant: try reader.value(SettingRegistry.tenantRate),
            write: try reader.value(SettingRegistry.writeRate)
        )
        var chats = ChatLimits()
        chats.calls = try reader.value(SettingRegistry.modelCallRate)
        chats.tokens = try reader.value(SettingRegistry.modelTokenRate)
        self.chats = chats
    }
}

extension KeySettings {
    fileprivate init(_ reader: inout SettingsReader) throws {
        signing = try reader.value(SettingRegistry.signingKey)
        context = try reader.value(SettingRegistry.contextKey)
        pepper = try reader.value(SettingRegistry.pepper)
        sealing = try reader.value(SettingRegistry.sealingKey)
        rotationDays = try reader.value(SettingRegistry.rotationDays)
        issuer = try reader.value(SettingRegistry.issuer)
        audience = try reader.value(SettingRegistry.audience)
    }
}

extension IdentitySettings {
    fileprivate init(_ reader: inout SettingsReader) throws {
        operatorsNeedSecondFactor = try reader.value(SettingRegistry.requireSecondFactor)
        ownWorkspaces = try reader.value(SettingRegistry.ownWorkspaces)
        purgeDays = try reader.value(SettingRegistry.purgeDays)
        providers = try reader.providers.map { try ProviderSettings($0, &reader) }
    }
}

extension ViewSettings {
    fileprivate init(_ reader: inout SettingsReader) throws {
        logLevel = try reader.value(SettingRegistry.logLevel)
        timeZone = try reader.value(SettingRegistry.timeZone)
        theme = try reader.value(SettingRegistry.theme)
        language = try reader.value(SettingRegistry.language)
        arabicShaping = try reader.value(SettingRegistry.arabicShaping)
    }
}
