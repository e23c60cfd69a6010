package import Domain
package import Postgres

/// The catalogue of permissions.
package enum PermissionStore {
    package static let list: SQL = """
        SELECT p.id, p.description
        FROM permissions AS p
        ORDER BY p.id
        """

    /// For who wants to hear the guard alone.
    package static let nothing: SQL = "SELECT 1 AS nothing"

    /// Nil for one that this version does not know.
    package static func note(_ row: Row) throws -> PermissionNote? {
        let number = Int(try row.decode("id", as: Int32.self))
        guard let permission = Permission(rawValue: number) else { return nil }
        return PermissionNote(permission: permission, note: try row.decode("description"))
    }
}
