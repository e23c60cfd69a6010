import Glibc

/// Lets one process at a time start or stop the server of a folder.
///
/// The kernel drops the lock with the file descriptor: a killed holder leaves nothing behind.
struct ClusterLock: ~Copyable {
    fileprivate let descriptor: Int32

    /// Waits for the lock.
    ///
    /// - Parameters:
    ///   - path: The lock file; it stays.
    ///   - seconds: How long to wait.
    /// - Returns: The lock, held until it goes.
    /// - Throws: ``ClusterError/busy(seconds:)``.
    static func acquire(_ path: String, within seconds: Int) async throws -> ClusterLock {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw PrivateFile.failure(path) }
        let lock = ClusterLock(descriptor: descriptor)
        let deadline = ContinuousClock.now + .seconds(seconds)
        while flock(lock.descriptor, LOCK_EX | LOCK_NB) != 0 {
            guard errno == EWOULDBLOCK || errno == EINTR else { throw PrivateFile.failure(path) }
            guard ContinuousClock.now < deadline else { throw ClusterError.busy(seconds: seconds) }
            try await Task.sleep(for: .milliseconds(50))
        }
        return lock
    }

    deinit {
        // A child that another thread is just forking has a copy until it becomes its program.
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }
}
