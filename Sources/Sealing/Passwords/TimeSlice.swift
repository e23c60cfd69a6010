internal import CLinux
internal import Glibc

/// How long a thread wants to run before others get their turn.
///
/// Since Linux 6.12 a thread that wakes takes the core at once from one that asked for a longer slice
/// than it did (`sched_runtime` of sched_setattr(2), for ordinary threads a wish that needs no
/// right). Otherwise it waits for the next tick of the clock, up to 4 milliseconds. Older kernels
/// ignore the wish.
public enum TimeSlice: UInt64, Sendable {
    /// Threads that answer others and rest again.
    case brief = 100_000
    /// Threads that compute for long, and lose nothing when they are interrupted.
    case long = 100_000_000

    /// Asks for this slice for the calling thread.
    ///
    /// - Returns: Whether the kernel took the wish; without it all goes on, only less evenly.
    @discardableResult
    public func ask() -> Bool { ask(for: 0) }

    /// Asks for this slice for all threads of the process; those that they start later inherit it.
    ///
    /// - Returns: For how many the kernel took the wish.
    @discardableResult
    public func askForAll() -> Int {
        guard let folder = opendir("/proc/self/task") else { return 0 }
        defer { closedir(folder) }
        var taken = 0
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 1) { String(cString: $0) }
            }
            if let thread = pid_t(name), ask(for: thread) { taken += 1 }
        }
        return taken
    }

    /// The slice of the calling thread in nanoseconds; nil where the kernel does not tell.
    package static var current: UInt64? {
        let slice = clinux_time_slice(0)
        return slice == 0 ? nil : slice
    }

    private func ask(for thread: pid_t) -> Bool { clinux_set_time_slice(thread, rawValue) == 0 }
}
