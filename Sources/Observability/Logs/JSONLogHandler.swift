public import Logging

/// Writes each log event as one line of JSON.
///
/// First come `timestamp`, `level`, `service`, `logger` and `message`, then the metadata as flat
/// fields in the order of their names: `request_id`, `tenant_id`, `user_id`, `operation`,
/// `duration_ms`, `status` and whatever else the code gives. Numbers and truth values given as
/// `stringConvertible` stay numbers and truth values. Fields whose name says that they are
/// secret are written as `[redacted]`.
public struct JSONLogHandler: LogHandler {
    /// The lowest level that is written.
    public var logLevel: Logger.Level

    /// Fields of every event of this logger.
    public var metadata: Logger.Metadata = [:]

    /// Gives further fields from the task that logs; the logger's own fields go before them.
    public var metadataProvider: Logger.MetadataProvider?

    private let service: String
    private let label: String
    private let destination: LogDestination
    private let clock: @Sendable () -> Int64

    /// Makes a handler; hand it to `LoggingSystem.bootstrap` or to a `Logger`.
    ///
    /// - Parameters:
    ///   - label: The name of the logger.
    ///   - service: The name of the process in a system of several, such as `api`.
    ///   - level: The lowest level that is written.
    ///   - destination: Where the lines go.
    ///   - metadataProvider: Gives fields from the task that logs.
    public init(
        label: String,
        service: String,
        level: Logger.Level = .info,
        destination: LogDestination = .standardError,
        metadataProvider: Logger.MetadataProvider? = nil
    ) {
        self.init(
            label: label,
            service: service,
            level: level,
            destination: destination,
            metadataProvider: metadataProvider,
            clock: LogTimestamp.now
        )
    }

    init(
        label: String,
        service: String,
        level: Logger.Level,
        destination: LogDestination,
        metadataProvider: Logger.MetadataProvider?,
        clock: @escaping @Sendable () -> Int64
    ) {
        self.label = label
        self.service = service
        logLevel = level
        self.destination = destination
        self.metadataProvider = metadataProvider
        self.clock = clock
    }

    /// A field of every event of this logger.
    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    /// Writes the line of an event.
    public func log(event: LogEvent) {
        var line: [UInt8] = []
        line.reserveCapacity(512)
        line.append(contentsOf: #"{"timestamp":""#.utf8)
        LogTimestamp.append(clock(), to: &line)
        line.append(UInt8(ascii: "\""))
        append("level", event.level.rawValue.uppercased(), to: &line)
        append("service", service, to: &line)
        append("logger", label, to: &line)
        append("message", event.message.description, to: &line)
        for (name, value) in fields(of: event) {
            appendName(Self.ownNames.contains(name) ? name + "_" : name, to: &line)
            LogValue.append(value, named: name, to: &line)
        }
        line.append(contentsOf: "}\n".utf8)
        destination.write(line)
    }

    private static let ownNames: Set<String> = [
        "timestamp", "level", "service", "logger", "message",
    ]

    private func fields(of event: LogEvent) -> [(key: String, value: Logger.MetadataValue)] {
        var fields = metadataProvider?.get() ?? [:]
        fields.merge(metadata) { _, own in own }
        if let given = event.metadata {
            fields.merge(given) { _, given in given }
        }
        if let error = event.error, fields["error"] == nil {
            fields["error"] = .string(String(describing: error))
        }
        return fields.sorted { $0.key < $1.key }
    }

    private func append(_ name: String, _ text: String, to line: inout [UInt8]) {
        appendName(name, to: &line)
        JSONText.append(text, to: &line)
    }

    private func appendName(_ name: String, to line: inout [UInt8]) {
        line.append(UInt8(ascii: ","))
        JSONText.append(name, to: &line)
        line.append(UInt8(ascii: ":"))
    }
}
