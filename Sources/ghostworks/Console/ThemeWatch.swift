import Console
import Dispatch
import Glibc
import Synchronization

// DESIGN: themes that change while the console runs.
//
// The kernel tells of changes through inotify, so that an idle console does nothing. While the
// folder does not exist the nearest folder above it is watched. Whatever is told, the watch is
// armed anew and everything is read again: a few small files, once for each time they are saved.

/// Reads the themes, now and whenever their folder changes.
final class ThemeWatch: Sendable {
    private let notices: Int32
    /// Made in `init`, ended in `deinit`, and touched nowhere else.
    private nonisolated(unsafe) let source: (any DispatchSourceRead)?
    private let state: Mutex<State>
    private let path: String?
    private let tell: @Sendable (_ themes: [ConsoleTheme], _ problem: String?) -> Void

    private struct State {
        var shelf: ThemeShelf
        var watch: Int32 = -1
        var told: [ConsoleTheme] = []
        var problem: String?
    }

    init(
        _ folder: ThemeFolder,
        shelf: ThemeShelf,
        tell: @escaping @Sendable (_ themes: [ConsoleTheme], _ problem: String?) -> Void
    ) {
        path = folder.path
        state = Mutex(State(shelf: shelf))
        self.tell = tell
        notices = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
        let queue = DispatchQueue(label: "themes", qos: .utility)
        // Without a watch, because the system has no more of them, the themes are read once.
        source =
            notices < 0
            ? nil : DispatchSource.makeReadSource(fileDescriptor: notices, queue: queue)
        source?.setEventHandler { [weak self] in self?.changed() }
        source?.setCancelHandler { [notices] in close(notices) }
        source?.activate()
        queue.async { [weak self] in self?.readAll() }
    }

    deinit { source?.cancel() }

    private func changed() {
        var bytes = [UInt8](repeating: 0, count: 16_384)
        while read(notices, &bytes, bytes.count) > 0 {}
        readAll()
    }

    private func readAll() {
        let news = state.withLock { state -> ([ConsoleTheme], String?)? in
            arm(&state)
            let (themes, problem) = state.shelf.read()
            guard themes != state.told || problem != state.problem else { return nil }
            state.told = themes
            state.problem = problem
            return (themes, problem)
        }
        if let (themes, problem) = news { tell(themes, problem) }
    }

    /// Watches the folder, or the nearest one above it that exists.
    private func arm(_ state: inout State) {
        for _ in 0..<8 {
            guard let missing = watchNearest(&state), access(missing, F_OK) == 0 else { return }
            // It came to be between the look and the watch.
        }
    }

    /// Watches the nearest folder that exists.
    ///
    /// - Returns: The folder below it that is missing; nil when none is.
    private func watchNearest(_ state: inout State) -> String? {
        let changes = IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO
        let ends = IN_DELETE_SELF | IN_MOVE_SELF
        var place = path ?? ""
        var missing: String?
        while !place.isEmpty {
            let watch = inotify_add_watch(notices, place, UInt32(changes | ends))
            if watch >= 0 {
                if state.watch >= 0, state.watch != watch {
                    inotify_rm_watch(notices, state.watch)
                }
                state.watch = watch
                return missing
            }
            guard let slash = place.lastIndex(of: "/") else { return nil }
            missing = place
            place = String(place[..<slash])
        }
        return nil
    }
}
