package import Domain
package import Postgres

// DESIGN
//
// Artifacts, their tags and their history, kept together.
//
// 1. A change locks the artifact's row first (`lock`); what is written afterwards rests on what
//    was read under the lock, so a version that was compared cannot change any more.
// 2. `artifact_tags` holds the tags of live artifacts only: removed on deletion, made again from
//    the row on restore.
// 3. Tags and revision are written from the stored row, so that their times are its times.
// 4. No operator on arrays in a filter of live artifacts: none is leakproof, none uses an index
//    below the wall.

/// The artifacts of the context's tenant.
package struct ArtifactStore {
    let scope: Scope

    package init(_ scope: Scope) {
        self.scope = scope
    }

    /// The artifact with its row locked until the end of the transaction; deleted ones too.
    package func lock(_ id: ArtifactID) throws -> Artifact? {
        let rows = try scope.query(
            Self.find(id, in: try scope.tenant) + " FOR NO KEY UPDATE"
        )
        return try rows.first.map(Artifact.init)
    }

    /// The artifact, deleted or not.
    package static func find(_ id: ArtifactID, in tenant: TenantID) -> SQL {
        """
        SELECT \(columns)
        FROM artifacts AS a
        WHERE a.tenant_id = \(tenant) AND a.id = \(id)
        """
    }

    /// What artifacts are called, deleted ones too.
    package static func names(_ ids: Set<ArtifactID>, in tenant: TenantID) -> SQL {
        """
        SELECT a.id, a.name
        FROM artifacts AS a
        WHERE a.tenant_id = \(tenant) AND a.id = ANY (\(ids.map(\.uuid)))
        """
    }

    /// Reads a row of `names`.
    package static func named(_ row: Row) throws -> (ArtifactID, String) {
        (try row.decode("id"), try row.decode("name"))
    }

    static let columns: SQL = """
        a.id, a.name, a.description, a.tags, a.metadata, a.created_by, a.created_at,
        a.updated_by, a.updated_at, a.version, a.deleted_at
        """
}

extension Artifact {
    /// Reads a row of `ArtifactStore.columns`.
    package init(_ row: Row) throws {
        self.init(
            id: try row.decode("id"),
            name: try row.decode("name"),
            description: try row.decode("description"),
            tags: try row.decode("tags"),
            metadata: try row.decode("metadata"),
            createdBy: try row.decode("created_by"),
            createdAt: try row.decode("created_at"),
            updatedBy: try row.decode("updated_by"),
            updatedAt: try row.decode("updated_at"),
            version: try row.decode("version"),
            deletedAt: try row.decode("deleted_at")
        )
    }
}
