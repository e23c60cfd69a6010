internal import Glibc

/// The processor cores of this machine.
enum ProcessorCount {
    /// Cores that are online, at least one.
    static var online: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }
}
