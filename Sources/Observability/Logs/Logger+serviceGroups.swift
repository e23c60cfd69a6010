package import Logging

extension Logger {
    /// For groups of services, which at finer levels describe each service with all it holds.
    package var forServiceGroups: Logger {
        var logger = self
        logger.logLevel = max(logLevel, .info)
        return logger
    }
}
