package import Domain
package import Postgres

/// Models, their providers and their prices: the same for every tenant.
package enum CatalogueStore {
    /// All models with the prices of now, by name; only what calls may use unless told.
    package static func models(disabledToo: Bool) -> SQL {
        let statement = selection
        return (disabledToo ? statement : statement + " WHERE \(usable)") + " ORDER BY m.id"
    }

    /// Some models, usable or not.
    package static func models(named ids: [String]) -> SQL {
        selection + " WHERE m.id = ANY (\(ids)) ORDER BY m.id"
    }

    private static let usable: SQL = "m.status = 'active' AND p.status = 'active'"

    private static let selection: SQL = """
        SELECT m.id, m.provider_id, m.name, m.context_tokens, m.max_output_tokens,
            CASE WHEN p.status = 'active' THEN m.status ELSE 'disabled' END AS status,
            app.ai_overhead(m.reasoning_overhead, m.overhead_seen_at, statement_timestamp())
                AS overhead,
            v.effective_from, v.input_pico, v.output_pico, v.cached_pico, v.cache_write_pico,
            v.reasoning_pico, v.per_request_nano, v.tiers
        FROM ai_models AS m
        JOIN ai_providers AS p ON p.id = m.provider_id
        LEFT JOIN LATERAL (
            SELECT x.effective_from, x.input_pico, x.output_pico, x.cached_pico,
                x.cache_write_pico, x.reasoning_pico, x.per_request_nano, x.tiers
            FROM ai_price_versions AS x
            WHERE x.model_id = m.id AND x.effective_from <= statement_timestamp()
            ORDER BY x.effective_from DESC LIMIT 1
        ) AS v ON true
        """

    package static func model(_ row: Row) throws -> AIModel {
        let id: String = try row.decode("id")
        let since: Instant? = try row.decode("effective_from")
        return AIModel(
            id: id,
            provider: try row.decode("provider_id"),
            name: try row.decode("name"),
            contextTokens: try row.decode("context_tokens"),
            maxOutputTokens: try row.decode("max_output_tokens"),
            status: try row.decode("status", raw: CatalogueStatus.self),
            price: try since.map {
                ModelPrice(model: id, effectiveFrom: $0, try amounts(row))
            },
            overhead: try row.decode("overhead")
        )
    }

    static func amounts(_ row: Row) throws -> PriceAmounts {
        try PriceAmounts(
            input: row.decode("input_pico"),
            output: row.decode("output_pico"),
            cached: row.decode("cached_pico", as: Int64.self),
            cacheWrite: row.decode("cache_write_pico", as: Int64.self),
            reasoning: row.decode("reasoning_pico", as: Int64.self),
            request: row.decode("per_request_nano"),
            tiers: PriceTier.all(stored: row.decode("tiers"))
        )
    }

    package static let providers: SQL = """
        SELECT p.id, p.name, p.kind, p.status FROM ai_providers AS p ORDER BY p.id
        """

    package static func provider(_ row: Row) throws -> AIProvider {
        AIProvider(
            id: try row.decode("id"),
            name: try row.decode("name"),
            kind: try row.decode("kind", raw: AIProvider.Kind.self),
            status: try row.decode("status", raw: CatalogueStatus.self)
        )
    }

    package static func addProvider(_ id: String, name: String, kind: AIProvider.Kind) -> SQL {
        "SELECT app.add_ai_provider(\(id), \(name), \(kind.rawValue)) AS done"
    }

    package static func addModel(_ new: NewModel) -> SQL {
        """
        SELECT app.add_ai_model(\(new.id), \(new.provider), \(new.name), \(new.contextTokens),
            \(new.maxOutputTokens)) AS done
        """
    }

    package static func setStatus(of model: String, to status: CatalogueStatus) -> SQL {
        "SELECT app.set_ai_model_status(\(model), \(status.rawValue)) AS done"
    }

    package static func setProviderStatus(
        of provider: String,
        to status: CatalogueStatus
    ) -> SQL {
        "SELECT app.set_ai_provider_status(\(provider), \(status.rawValue)) AS done"
    }

    /// Forgets what its provider was seen to bill beyond the most that a call may write.
    package static func resetOverhead(of model: String) -> SQL {
        "SELECT app.reset_ai_overhead(\(model)) AS done"
    }

    package static func isDone(_ row: Row) throws -> Bool { try row.decode("done") }
}

extension CatalogueStore {
    private static let priceColumns: SQL = """
        v.model_id, v.effective_from, v.input_pico, v.output_pico, v.cached_pico,
        v.cache_write_pico, v.reasoning_pico, v.per_request_nano, v.tiers, v.created_by,
        v.approved_by
        """

    /// One page of a model's prices, or of all, the newest first, and one row more.
    package static func prices(of model: String?, _ request: PageRequest) throws -> SQL {
        var statement: SQL = "SELECT \(priceColumns) FROM ai_price_versions AS v WHERE true"
        if let model { statement += " AND v.model_id = \(model)" }
        if let after = request.after {
            guard after.keys.count == 2 else { throw PagePosition.invalid }
            statement += """
                 AND (v.effective_from, v.model_id)
                    < (\(try after.instant(at: 0)), \(try after.text(at: 1)))
                """
        }
        return statement + """
             ORDER BY v.effective_from DESC, v.model_id DESC LIMIT \(request.limit + 1)
            """
    }

    /// The prices that a new one is compared with.
    ///
    /// They hold at its moment, held in the day before, or hold now and until then: so a leap
    /// cannot be made of planned steps.
    package static func baseline(of model: String, at moment: Instant) -> SQL {
        """
        SELECT \(priceColumns) FROM ai_price_versions AS v
        WHERE v.model_id = \(model) AND v.effective_from <= \(moment)
          AND v.effective_from >= coalesce((
            SELECT max(x.effective_from) FROM ai_price_versions AS x
            WHERE x.model_id = \(model)
              AND x.effective_from
                <= least(\(moment) - interval '1 day', statement_timestamp())), '-infinity')
        """
    }

    package static func price(_ row: Row) throws -> PriceVersion {
        PriceVersion(
            price: ModelPrice(
                model: try row.decode("model_id"),
                effectiveFrom: try row.decode("effective_from"),
                try amounts(row)
            ),
            createdBy: try row.decode("created_by"),
            approvedBy: try row.decode("approved_by")
        )
    }

    /// Makes a version; the moment from which it holds, or nothing where that is taken or past.
    package static func addPrice(
        of model: String,
        _ amounts: PriceAmounts,
        from moment: Instant?,
        by author: UserID,
        approvedBy approver: UserID?
    ) -> SQL {
        """
        SELECT app.add_ai_price(\(model), \(moment), \(amounts.input), \(amounts.output),
            \(amounts.cached), \(amounts.cacheWrite), \(amounts.reasoning), \(amounts.request),
            \(amounts.tiers.stored), \(author), \(approver)) AS effective_from
        """
    }

    package static func since(_ row: Row) throws -> Instant? { try row.decode("effective_from") }
}

/// Prices that wait for a second operator; for platform contexts.
package enum PriceProposalStore {
    private static let columns: SQL = """
        p.id, p.model_id, p.effective_from, p.input_pico, p.output_pico, p.cached_pico,
        p.cache_write_pico, p.reasoning_pico, p.per_request_nano, p.tiers, p.status,
        p.proposed_by, p.proposed_at, p.decided_by, p.decided_at
        """

    /// One page, the newest first, and one row more; only those that wait unless told.
    package static func page(decidedToo: Bool, _ request: PageRequest) throws -> SQL {
        var statement: SQL = "SELECT \(columns) FROM ai_price_proposals AS p WHERE true"
        if !decidedToo { statement += " AND p.status = 'pending'" }
        if let after = request.after {
            guard after.keys.count == 2 else { throw PagePosition.invalid }
            let id = try after.id(at: 1, of: PriceProposal.self)
            statement += " AND (p.proposed_at, p.id) < (\(try after.instant(at: 0)), \(id))"
        }
        return statement + """
             ORDER BY p.proposed_at DESC, p.id DESC LIMIT \(request.limit + 1)
            """
    }

    package static func lock(_ id: PriceProposalID) -> SQL {
        "SELECT \(columns) FROM ai_price_proposals AS p WHERE p.id = \(id) FOR NO KEY UPDATE"
    }

    package static func insert(
        _ id: PriceProposalID,
        _ model: String,
        _ amounts: PriceAmounts,
        from moment: Instant?,
        by author: UserID
    ) -> SQL {
        """
        INSERT INTO ai_price_proposals AS p (id, model_id, effective_from, input_pico,
            output_pico, cached_pico, cache_write_pico, reasoning_pico, per_request_nano,
            tiers, proposed_by)
        VALUES (\(id), \(model), \(moment), \(amounts.input), \(amounts.output),
            \(amounts.cached), \(amounts.cacheWrite), \(amounts.reasoning), \(amounts.request),
            \(amounts.tiers.stored), \(author))
        RETURNING \(columns)
        """
    }

    package static func decide(
        _ id: PriceProposalID,
        _ status: PriceProposal.Status,
        by operatorID: UserID
    ) -> SQL {
        """
        UPDATE ai_price_proposals AS p
        SET status = \(status.rawValue), decided_by = \(operatorID), decided_at = clock_timestamp()
        WHERE p.id = \(id)
        RETURNING \(columns)
        """
    }

    package static func proposal(_ row: Row) throws -> PriceProposal {
        PriceProposal(
            id: try row.decode("id"),
            model: try row.decode("model_id"),
            effectiveFrom: try row.decode("effective_from"),
            amounts: try CatalogueStore.amounts(row),
            status: try row.decode("status", raw: PriceProposal.Status.self),
            proposedBy: try row.decode("proposed_by"),
            proposedAt: try row.decode("proposed_at"),
            decidedBy: try row.decode("decided_by"),
            decidedAt: try row.decode("decided_at")
        )
    }
}
