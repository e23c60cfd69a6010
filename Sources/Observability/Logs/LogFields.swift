public import Logging
public import Tracing

private enum LogFieldsKey: ServiceContextKey {
    typealias Value = [String: String]
    static let nameOverride: String? = "log_fields"
}

extension ServiceContext {
    /// Fields that every log line of the current task carries, such as `request_id`.
    public var logFields: [String: String] {
        get { self[LogFieldsKey.self] ?? [:] }
        set { self[LogFieldsKey.self] = newValue }
    }
}

extension Logger.MetadataProvider {
    /// Gives the fields of ``ServiceContext/logFields`` of the current task.
    public static var serviceContext: Logger.MetadataProvider {
        Logger.MetadataProvider {
            (ServiceContext.current?.logFields ?? [:]).mapValues { .string($0) }
        }
    }
}
