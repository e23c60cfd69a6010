package import Domain
package import Postgres

extension ArtifactStore {
    /// The statements that store a new artifact; the row is the first one's.
    package func insert(
        _ draft: ArtifactDraft,
        id: ArtifactID,
        by user: UserID
    ) throws -> [SQL] {
        let tenant = try scope.tenant
        let row: SQL = """
            INSERT INTO artifacts AS a
                (tenant_id, id, name, description, tags, metadata, created_by, created_at,
                updated_by, updated_at)
            VALUES (\(tenant), \(id), \(draft.name), \(draft.description), \(draft.tags),
                \(draft.metadata), \(user), statement_timestamp(), \(user), statement_timestamp())
            RETURNING \(Self.columns)
            """
        return [
            row,
            Self.insertTags(id, in: tenant),
            Self.insertRevision(.created, draft.changes(from: nil), of: id, in: tenant),
            QuotaStore.take(.artifacts, of: tenant), QuotaStore.takeStorage(of: id, in: tenant),
        ]
    }

    /// The statements that store a change of a locked artifact; the row is the first one's.
    package func update(
        _ artifact: Artifact,
        to draft: ArtifactDraft,
        changes: Changes,
        by user: UserID
    ) throws -> [SQL] {
        let tenant = try scope.tenant
        // `old` is the row as the statement found it: what grew is taken, what shrank is given back.
        let row: SQL = """
            WITH old AS (
                SELECT o.bytes FROM artifacts AS o
                WHERE o.tenant_id = \(tenant) AND o.id = \(artifact.id)
            ), changed AS (
                UPDATE artifacts AS a
                SET name = \(draft.name), description = \(draft.description),
                    tags = \(draft.tags), metadata = \(draft.metadata),
                    \(Self.touched(by: user))
                WHERE a.tenant_id = \(tenant) AND a.id = \(artifact.id)
                    AND a.version = \(artifact.version) AND a.deleted_at IS NULL
                RETURNING \(Self.columns), a.bytes
            )
            SELECT \(Self.columns),
                app.take_quota(\(tenant), 'storage_bytes', a.bytes - old.bytes) AS taken
            FROM changed AS a
            CROSS JOIN old
            """
        let tags =
            artifact.tags == draft.tags
            ? []
            : [
                Self.deleteTags(artifact.id, in: tenant), Self.insertTags(artifact.id, in: tenant),
            ]
        return [row] + tags
            + [Self.insertRevision(.updated, changes, of: artifact.id, in: tenant)]
    }

    /// The statements that delete a locked artifact softly; the row is the first one's.
    package func delete(_ artifact: Artifact, by user: UserID) throws -> [SQL] {
        let tenant = try scope.tenant
        let row: SQL = """
            UPDATE artifacts AS a
            SET deleted_at = greatest(statement_timestamp(), a.updated_at), deleted_by = \(user),
                \(Self.touched(by: user))
            WHERE a.tenant_id = \(tenant) AND a.id = \(artifact.id)
                AND a.version = \(artifact.version) AND a.deleted_at IS NULL
            RETURNING \(Self.columns)
            """
        return [
            row,
            Self.deleteTags(artifact.id, in: tenant),
            Self.insertRevision(.deleted, Changes(), of: artifact.id, in: tenant),
            QuotaStore.give(.artifacts, of: tenant),
            QuotaStore.giveStorage(of: artifact.id, in: tenant),
        ]
    }

    /// The statements that bring a locked artifact back; the row is the first one's.
    package func restore(_ artifact: Artifact, by user: UserID) throws -> [SQL] {
        let tenant = try scope.tenant
        let row: SQL = """
            UPDATE artifacts AS a
            SET deleted_at = NULL, deleted_by = NULL, \(Self.touched(by: user))
            WHERE a.tenant_id = \(tenant) AND a.id = \(artifact.id)
                AND a.version = \(artifact.version) AND a.deleted_at IS NOT NULL
            RETURNING \(Self.columns)
            """
        return [
            row,
            Self.insertTags(artifact.id, in: tenant),
            Self.insertRevision(.restored, Changes(), of: artifact.id, in: tenant),
            QuotaStore.take(.artifacts, of: tenant),
            QuotaStore.takeStorage(of: artifact.id, in: tenant),
        ]
    }

    /// Sends the statements of a change with what records it, and commits.
    package func commit(_ change: [SQL], _ record: SQL) throws -> Artifact {
        guard let row = try scope.last(change + [record]).first?.first else {
            throw DomainError(.internal, .internalError, "The artifact was not stored.")
        }
        return try Artifact(row)
    }

    /// A server clock that was set back must not make an artifact older than it was.
    private static func touched(by user: UserID) -> SQL {
        """
        updated_by = \(user), updated_at = greatest(statement_timestamp(), a.updated_at),
            version = a.version + 1
        """
    }

    static func deleteTags(_ id: ArtifactID, in tenant: TenantID) -> SQL {
        "DELETE FROM artifact_tags WHERE tenant_id = \(tenant) AND artifact_id = \(id)"
    }

    static func insertTags(_ id: ArtifactID, in tenant: TenantID) -> SQL {
        """
        INSERT INTO artifact_tags (tenant_id, tag, created_at, artifact_id)
        SELECT a.tenant_id, t.tag, a.created_at, a.id
        FROM artifacts AS a
        CROSS JOIN unnest(a.tags) AS t (tag)
        WHERE a.tenant_id = \(tenant) AND a.id = \(id)
        """
    }

    /// The revision of the version that the row has now, in the month of the row's own time.
    static func insertRevision(
        _ action: ArtifactRevision.Action,
        _ changes: Changes,
        of id: ArtifactID,
        in tenant: TenantID
    ) -> SQL {
        """
        INSERT INTO artifact_revisions
            (tenant_id, artifact_id, version, month, actor_id, action, changes, created_at)
        SELECT a.tenant_id, a.id, a.version,
            date_trunc('month', a.updated_at AT TIME ZONE 'UTC')::date, a.updated_by,
            \(action.rawValue), \(changes.canonical), a.updated_at
        FROM artifacts AS a
        WHERE a.tenant_id = \(tenant) AND a.id = \(id)
        """
    }
}
