internal import Synchronization

/// A value that all who hold it see replaced at once: the keys of a running process.
public final class Replaceable<Value: Sendable>: Sendable {
    private let state: Mutex<Value>

    /// Holds a value until another one is put in its place.
    public init(_ value: Value) {
        state = Mutex(value)
    }

    /// What is held now.
    public var value: Value { state.withLock { $0 } }

    /// Puts another value in its place.
    public func replace(with value: Value) {
        state.withLock { $0 = value }
    }
}
