package import Domain

/// What an operator wants to have of the trail, and where.
package struct AuditExportWish: Hashable, Sendable {
    package var filter: AuditFilter
    package var format: ExportFormat
    package var path: String

    package init(filter: AuditFilter, format: ExportFormat, path: String) {
        self.filter = filter
        self.format = format
        self.path = path
    }
}

/// A file that was written.
package struct ExportedFile: Hashable, Sendable {
    package var path: String
    package var rows: Int64

    package init(path: String, rows: Int64) {
        self.path = path
        self.rows = rows
    }
}
