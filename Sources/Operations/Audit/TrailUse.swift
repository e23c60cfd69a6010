import Domain
import Storage

/// What becomes of events that somebody asks for, which decides on the right that it takes.
///
/// A page on a screen is reading. A stream that a program gets, such as a pager or a pipe, is an
/// export: it takes `audit.export`, and the trail says so before the first event leaves.
package enum TrailUse: Hashable, Sendable {
    case reading
    case export

    func access(_ caller: TenantCaller) -> Access {
        .tenant(caller, self == .export ? .auditExport : .auditRead)
    }
}
