import Domain

/// The filter of the audit trail.
typealias AuditQuery = PeopleQuery<AuditFilter>

extension AuditFilter: PeopleFilter {
    static var schema: FilterSchema { .audit }
    static var everything: AuditFilter { AuditFilter() }
}
