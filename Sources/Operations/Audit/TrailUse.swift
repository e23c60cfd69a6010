import Domain
import Storage

/// What becomes of events that somebody asks for, which decides on the right that it takes.
///
/// A page on a screen is reading. A stream that a program gets, such as a pager or a pipe, is an
/// export: it takes `audit.export`, and the trail says so before the first event leaves.
package enum TrailUse: Hashable, Sendable {
    case reading
    case export

    /// The most lines in a machine's form that still are a look at the trail.
    package static let longestLook = 1_000

    /// What a list of so many lines is: the whole in a machine's form is the trail itself and no
    /// look at it.
    ///
    /// - Parameters:
    ///   - limit: how many lines at most; 0 for all.
    ///   - isForMachines: whether it is written to be read by a program.
    package init(listing limit: Int, isForMachines: Bool) {
        let isLook = (1...Self.longestLook).contains(limit)
        self = isForMachines && !isLook ? .export : .reading
    }

    func access(_ caller: TenantCaller) -> Access {
        .tenant(caller, self == .export ? .auditExport : .auditRead)
    }
}
