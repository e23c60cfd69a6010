/// Where finished lines go; each call gets one whole line with its line break.
public struct LogDestination: Sendable {
    let write: @Sendable ([UInt8]) -> Void

    /// Makes a destination of a closure.
    ///
    /// - Parameter write: Called on the thread that logs; it must not block for long.
    public init(_ write: @escaping @Sendable ([UInt8]) -> Void) {
        self.write = write
    }

    /// The standard error stream of this process, opened anew so that it never blocks.
    public static let standardError = LogDestination(descriptor: LineDescriptor(reopening: 2))

    /// A file that is rotated by its size.
    public static func file(_ file: RotatingLogFile) -> LogDestination {
        LogDestination { file.write($0) }
    }

    init(descriptor: LineDescriptor) {
        self.init { descriptor.write($0) }
    }
}
