import Domain
import Storage

/// The catalogue inside a transaction of an operator, and the lines of the platform's trail.
struct CatalogueDesk {
    let scope: Scope

    func model(_ id: String) throws -> AIModel {
        guard let row = try scope.query(CatalogueStore.models(named: [id])).first else {
            throw DomainError.notFound("model", Validation.quotable(id))
        }
        return try CatalogueStore.model(row)
    }

    func provider(_ id: String) throws -> AIProvider {
        let all = try scope.query(CatalogueStore.providers).map(CatalogueStore.provider)
        guard let provider = all.first(where: { $0.id == id }) else {
            throw DomainError.notFound("provider", Validation.quotable(id))
        }
        return provider
    }

    /// Runs a statement that adds something whose name may be taken.
    func require(_ statement: Statement, _ noun: String, _ id: String) throws {
        guard try scope.query(statement).first.map(CatalogueStore.isDone) == true else {
            throw DomainError(.conflict, .versionExists, "There is a \(noun) \"\(id)\" already.")
        }
    }

    /// Makes a version, records it and ends the transaction.
    func publish(
        _ model: String,
        _ amounts: PriceAmounts,
        from moment: Instant?,
        by author: UserID,
        approver: UserID?
    ) throws -> PriceVersion {
        let add = CatalogueStore.addPrice(
            of: model,
            amounts,
            from: moment,
            by: author,
            approvedBy: approver
        )
        guard let since = try scope.query(add).first.flatMap(CatalogueStore.since) else {
            throw DomainError(
                .conflict,
                .versionExists,
                "The model has a price from that moment on, or the moment has passed.",
                hint: "Versions of prices never change; name a later moment."
            )
        }
        var changes = Self.changes(amounts, from: since)
        changes.note("proposed_by", from: .null, to: .string(author.description))
        let approved = approver.map { JSONValue.string($0.description) } ?? .null
        changes.note("approved_by", from: .null, to: approved)
        _ = try scope.last([record("ai.price_published", .create, model, changes)])
        let price = ModelPrice(model: model, effectiveFrom: since, amounts)
        return PriceVersion(price: price, createdBy: author, approvedBy: approver)
    }

    /// Keeps a price for a second operator, records it and ends the transaction.
    func propose(
        _ model: String,
        _ amounts: PriceAmounts,
        from moment: Instant?,
        by author: UserID
    ) throws -> PriceProposal {
        let id = scope.newID(PriceProposal.self)
        let insert = PriceProposalStore.insert(id, model, amounts, from: moment, by: author)
        guard let row = try scope.query(insert).first else {
            throw DomainError(.internal, .internalError, "The proposal was not stored.")
        }
        var changes = Self.changes(amounts, from: moment)
        changes.note("proposal", from: .null, to: .string(id.description))
        _ = try scope.last([record("ai.price_proposed", .create, model, changes)])
        return try PriceProposalStore.proposal(row)
    }

    /// Sets the status of a model or a provider.
    ///
    /// - Parameters:
    ///   - statement: What sets it, and says whether it was another.
    ///   - noun: What it is, as actions name it.
    ///   - id: Its id.
    ///   - status: What it shall be.
    /// - Returns: The line for the trail, which ends the transaction; nil where it was so already.
    /// - Throws: What the database refuses.
    func set(
        _ statement: Statement,
        _ noun: String,
        _ id: String,
        _ status: CatalogueStatus
    ) throws -> Statement? {
        guard try scope.query(statement).first.map(CatalogueStore.isDone) == true else {
            return nil
        }
        var changes = Changes()
        let old: CatalogueStatus = status == .active ? .disabled : .active
        changes.note("status", from: .string(old.rawValue), to: .string(status.rawValue))
        return record("ai.\(noun)_\(status.rawValue)", .update, id, changes)
    }

    func record(
        _ action: String,
        _ operation: AuditEntry.Operation,
        _ id: String,
        _ changes: Changes
    ) -> Statement {
        scope.recordPlatform(
            AuditEntry(
                action: action,
                operation: operation,
                resourceType: "ai_model",
                resourceID: id,
                requestID: nil,
                changes: changes.canonical
            )
        )
    }

    static func changes(_ amounts: PriceAmounts, from moment: Instant?) -> Changes {
        var changes = Changes()
        for (field, amount) in [
            ("input_pico", amounts.input), ("output_pico", amounts.output),
            ("cached_pico", amounts.cached), ("cache_write_pico", amounts.cacheWrite),
            ("reasoning_pico", amounts.reasoning), ("per_request_nano", amounts.request),
        ] {
            changes.note(field, from: .null, to: .integer(amount))
        }
        if !amounts.tiers.isEmpty {
            changes.note("tiers", from: .null, to: .array(amounts.tiers.map(tier)))
        }
        let since = moment.map { JSONValue.string($0.rfc3339) } ?? .null
        changes.note("effective_from", from: .null, to: since)
        return changes
    }

    private static func tier(_ tier: PriceTier) -> JSONValue {
        .object([
            "above": .integer(tier.above), "input_pico": .integer(tier.input),
            "output_pico": .integer(tier.output), "cached_pico": .integer(tier.cached),
            "cache_write_pico": .integer(tier.cacheWrite),
            "reasoning_pico": .integer(tier.reasoning),
        ])
    }

    static func requireFuture(_ moment: Instant?, _ now: Instant) throws(DomainError) {
        guard let moment, moment < now else { return }
        throw .invalid("effective_from", "must not be in the past: calls were charged by then")
    }
}
