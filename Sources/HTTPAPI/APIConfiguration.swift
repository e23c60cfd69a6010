package import Domain
package import Operations

/// How the server listens, and within which bounds.
package struct APIConfiguration: Sendable {
    package var address: ListenAddress
    /// Where `/metrics` is; nil for nowhere.
    ///
    /// Never reachable from outside unless told.
    package var adminAddress: ListenAddress?
    package var tls: TLSFiles?
    package var cursors: CursorSealer
    /// Where the worker puts what people may download.
    package var exports: ExportFolder
    package var version: String
    package var limits: APILimits
    package var deadlines: APIDeadlines
    /// The pages of other origins that may read answers and use the session's cookie.
    package var allowedOrigins: Set<String>
    /// Nil for a process that cannot rotate keys.
    package var keys: KeyPlaces?
    package var rates: RateLimits
    /// Whose `X-Forwarded-For` is believed.
    package var proxies: TrustedProxies

    package init(
        address: ListenAddress,
        adminAddress: ListenAddress?,
        tls: TLSFiles? = nil,
        cursors: CursorSealer,
        exports: ExportFolder,
        version: String,
        limits: APILimits = APILimits(),
        deadlines: APIDeadlines = APIDeadlines(),
        allowedOrigins: Set<String> = [],
        keys: KeyPlaces? = nil,
        rates: RateLimits = .none,
        proxies: TrustedProxies = TrustedProxies()
    ) {
        self.address = address
        self.adminAddress = adminAddress
        self.tls = tls
        self.cursors = cursors
        self.exports = exports
        self.version = version
        self.limits = limits
        self.deadlines = deadlines
        self.allowedOrigins = allowedOrigins
        self.keys = keys
        self.rates = rates
        self.proxies = proxies
    }
}

/// A host and a port; port 0 takes any free one.
package struct ListenAddress: Hashable, Sendable {
    package var host: String
    package var port: Int

    package init(host: String, port: Int) {
        self.host = host
        self.port = port
    }
}

/// PEM files: the certificate chain, leaf first, and its key.
package struct TLSFiles: Hashable, Sendable {
    package var certificatePath: String
    package var keyPath: String

    package init(certificatePath: String, keyPath: String) {
        self.certificatePath = certificatePath
        self.keyPath = keyPath
    }
}

/// How much a client may send.
package struct APILimits: Hashable, Sendable {
    package var bodyBytes: Int
    package var headerBytes: Int
    package var headerCount: Int
    package var connections: Int
    /// Of one client; of one /64 network for IPv6.
    package var connectionsPerAddress: Int

    package init(
        bodyBytes: Int = 1_048_576,
        headerBytes: Int = 16_384,
        headerCount: Int = 100,
        connections: Int = 1_024,
        connectionsPerAddress: Int = 256
    ) {
        self.bodyBytes = bodyBytes
        self.headerBytes = headerBytes
        self.headerCount = headerCount
        self.connections = connections
        self.connectionsPerAddress = connectionsPerAddress
    }
}

/// How long things may take.
package struct APIDeadlines: Hashable, Sendable {
    /// A connection on which nothing happens.
    package var idle: Duration
    /// The head of a request, from its first byte.
    package var head: Duration
    /// A request, from its body's end to its answer.
    package var request: Duration
    /// A body; it must also bring 1 kB a second.
    package var body: Duration
    /// The taking of an answer by the client.
    package var response: Duration
    /// Open requests at shutdown.
    package var drain: Duration

    package init(
        idle: Duration = .seconds(30),
        head: Duration = .seconds(10),
        request: Duration = .seconds(10),
        body: Duration = .seconds(30),
        response: Duration = .seconds(30),
        drain: Duration = .seconds(20)
    ) {
        self.idle = idle
        self.head = head
        self.request = request
        self.body = body
        self.response = response
        self.drain = drain
    }
}
