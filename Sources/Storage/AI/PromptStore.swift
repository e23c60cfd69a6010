package import Domain
package import Postgres

/// The prompts of the context's tenant: heads, versions that are only added, and labels.
package enum PromptStore {
    private static let selection: SQL = """
        SELECT p.id, p.name, p.description, p.shareable, p.latest, p.created_by, p.created_at,
            p.version,
            ARRAY(SELECT l.label FROM ai_prompt_labels AS l
                WHERE l.tenant_id = p.tenant_id AND l.prompt_id = p.id ORDER BY l.label) AS labels,
            ARRAY(SELECT l.version FROM ai_prompt_labels AS l
                WHERE l.tenant_id = p.tenant_id AND l.prompt_id = p.id ORDER BY l.label)
                AS label_targets,
            ARRAY(SELECT l.label_version FROM ai_prompt_labels AS l
                WHERE l.tenant_id = p.tenant_id AND l.prompt_id = p.id ORDER BY l.label)
                AS label_versions
        FROM ai_prompts AS p
        """

    /// One page by name, and one row more.
    package static func page(_ request: PageRequest, in tenant: TenantID) throws -> SQL {
        var statement = selection + " WHERE p.tenant_id = \(tenant)"
        if let after = request.after {
            guard after.keys.count == 1 else { throw PagePosition.invalid }
            statement += " AND p.name > \(try after.text(at: 0))"
        }
        return statement + " ORDER BY p.name LIMIT \(request.limit + 1)"
    }

    package static func find(_ id: PromptID, in tenant: TenantID) -> SQL {
        selection + " WHERE p.tenant_id = \(tenant) AND p.id = \(id)"
    }

    package static func lock(_ id: PromptID, in tenant: TenantID) -> SQL {
        find(id, in: tenant) + " FOR NO KEY UPDATE OF p"
    }

    package static func prompt(_ row: Row) throws -> TenantPrompt {
        let names = try row.decode("labels", as: [String].self)
        let targets = try row.decode("label_targets", as: [Int32].self)
        let versions = try row.decode("label_versions", as: [Int64].self)
        return TenantPrompt(
            id: try row.decode("id"),
            name: try row.decode("name"),
            description: try row.decode("description"),
            shareable: try row.decode("shareable"),
            latest: Int(try row.decode("latest", as: Int32.self)),
            labels: zip(names, zip(targets, versions)).map {
                PromptLabel(label: $0, version: Int($1.0), labelVersion: $1.1)
            },
            createdBy: try row.decode("created_by"),
            createdAt: try row.decode("created_at"),
            version: try row.decode("version")
        )
    }

    package static func insert(
        _ new: NewPrompt,
        id: PromptID,
        by user: UserID,
        in tenant: TenantID
    ) -> SQL {
        """
        INSERT INTO ai_prompts (tenant_id, id, name, description, shareable, latest, created_by)
        VALUES (\(tenant), \(id), \(new.name), \(new.description), \(new.shareable), 1, \(user))
        """
    }

    package static func advance(_ id: PromptID, to number: Int, in tenant: TenantID) -> SQL {
        """
        UPDATE ai_prompts
        SET latest = \(Int32(number)), version = version + 1, updated_at = clock_timestamp()
        WHERE tenant_id = \(tenant) AND id = \(id)
        """
    }
}

extension PromptStore {
    private static let versionColumns: SQL = """
        v.version, v.system_template, v.user_template, v.created_by, v.created_at
        """

    /// One page of a prompt's versions, the newest first, and one row more.
    package static func versions(
        of id: PromptID,
        _ request: PageRequest,
        in tenant: TenantID
    ) throws -> SQL {
        var statement: SQL = """
            SELECT \(versionColumns) FROM ai_prompt_versions AS v
            WHERE v.tenant_id = \(tenant) AND v.prompt_id = \(id)
            """
        if let after = request.after {
            guard after.keys.count == 1 else { throw PagePosition.invalid }
            statement += " AND v.version < \(try after.integer(at: 0))"
        }
        return statement + " ORDER BY v.version DESC LIMIT \(request.limit + 1)"
    }

    /// The version that is meant; no row where there is none.
    package static func version(
        _ choice: PromptChoice,
        of id: PromptID,
        in tenant: TenantID
    ) -> SQL {
        let number: SQL =
            switch choice {
            case .number(let number): "\(Int64(number))"
            case .latest:
                "(SELECT p.latest FROM ai_prompts AS p WHERE p.tenant_id = \(tenant) AND p.id = \(id))"
            case .label(let label):
                """
                (SELECT l.version FROM ai_prompt_labels AS l
                WHERE l.tenant_id = \(tenant) AND l.prompt_id = \(id) AND l.label = \(label))
                """
            }
        return """
            SELECT \(versionColumns) FROM ai_prompt_versions AS v
            WHERE v.tenant_id = \(tenant) AND v.prompt_id = \(id) AND v.version = \(number)
            """
    }

    /// The same of the prompt with a name: no row without the prompt, and nothing but its id where
    /// it has no such version.
    package static func version(
        _ choice: PromptChoice,
        named name: String,
        in tenant: TenantID
    ) -> SQL {
        let number: SQL =
            switch choice {
            case .number(let number): "\(Int64(number))"
            case .latest: "p.latest"
            case .label(let label):
                """
                (SELECT l.version FROM ai_prompt_labels AS l
                WHERE l.tenant_id = \(tenant) AND l.prompt_id = p.id AND l.label = \(label))
                """
            }
        return """
            SELECT p.id AS prompt_id, p.shareable, \(versionColumns)
            FROM ai_prompts AS p
            LEFT JOIN ai_prompt_versions AS v
                ON v.tenant_id = \(tenant) AND v.prompt_id = p.id AND v.version = \(number)
            WHERE p.tenant_id = \(tenant) AND p.name = \(name)
            """
    }

    /// A version of a prompt that was named, and whether its answers may be shared.
    package struct Named: Hashable, Sendable {
        package let id: PromptID
        package let isShareable: Bool
        package let version: PromptVersion
    }

    /// Reads a row of the latter; nil where the prompt has no such version.
    package static func named(_ row: Row) throws -> Named? {
        guard try row.decode("version", as: Int32?.self) != nil else { return nil }
        return Named(
            id: try row.decode("prompt_id"),
            isShareable: try row.decode("shareable"),
            version: try version(row)
        )
    }

    package static func insertVersion(
        _ text: PromptText,
        number: Int,
        of id: PromptID,
        by user: UserID,
        in tenant: TenantID
    ) -> SQL {
        """
        INSERT INTO ai_prompt_versions AS v (tenant_id, prompt_id, version, system_template,
            user_template, variables, created_by)
        VALUES (\(tenant), \(id), \(Int32(number)), \(text.system.source), \(text.user.source),
            \(text.variables), \(user))
        RETURNING \(versionColumns)
        """
    }

    package static func version(_ row: Row) throws -> PromptVersion {
        PromptVersion(
            number: Int(try row.decode("version", as: Int32.self)),
            text: try PromptText(
                system: row.decode("system_template"),
                user: row.decode("user_template")
            ),
            createdBy: try row.decode("created_by"),
            createdAt: try row.decode("created_at")
        )
    }

    /// Points a label at a version, under the lock of the prompt.
    package static func putLabel(
        _ label: String,
        _ number: Int,
        of id: PromptID,
        by user: UserID,
        in tenant: TenantID
    ) -> SQL {
        """
        INSERT INTO ai_prompt_labels AS l (tenant_id, prompt_id, label, version, updated_by)
        VALUES (\(tenant), \(id), \(label), \(Int32(number)), \(user))
        ON CONFLICT ON CONSTRAINT ai_prompt_labels_pkey DO UPDATE
        SET version = excluded.version, label_version = l.label_version + 1,
            updated_by = excluded.updated_by, updated_at = clock_timestamp()
        """
    }
}
