import Storage
import Synchronization

/// The models that may be called, as they stood a moment ago.
///
/// A call that names one of them is planned without asking the database: its hold asks for the
/// caller's rights and for the status of the model again.
final class KnownModels: Sendable {
    private struct Entry {
        let models: [String: ChatModel]
        let until: ContinuousClock.Instant
    }

    private let life: Duration
    private let entry = Mutex<Entry?>(nil)

    init(life: Duration) {
        self.life = life
    }

    /// A model that could be called a moment ago; nil when that is not known.
    func find(_ name: String, at now: ContinuousClock.Instant) -> ChatModel? {
        entry.withLock { entry in
            guard let entry, now < entry.until else { return nil }
            return entry.models[name]
        }
    }

    /// Keeps what the database said.
    ///
    /// - Parameters:
    ///   - models: All that may be called.
    ///   - asked: When it was asked.
    func keep(_ models: [ChatModel], asked: ContinuousClock.Instant) {
        let named = Dictionary(models.map { ($0.id, $0) }) { first, _ in first }
        entry.withLock { $0 = Entry(models: named, until: asked + life) }
    }
}
