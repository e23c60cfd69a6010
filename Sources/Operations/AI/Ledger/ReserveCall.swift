package import Domain
import Storage

/// T1: takes a hold on every budget that a call falls under, before anything is sent.
package struct ReserveCall: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// The longest that a call may stay in flight without a sign of life.
    package static let longestLife = Duration.seconds(3_600)
    /// More tokens than any model takes; larger numbers are mistakes.
    package static let mostTokens = TokenUsage.most

    /// - Parameter draft: A member needs `ai.use`; a visitor an open storefront. Its id names the
    ///   call, so the same draft twice is one hold.
    /// - Returns: The ticket of the call, or what the same idempotency key came to before.
    /// - Throws: `ai_budget_exceeded`, `request_in_progress`, `idempotency_key_reused`,
    ///   `model_not_allowed`, `unpriced_model`, `context_too_long`, `budget_unavailable`.
    package func callAsFunction(_ draft: CallDraft) async throws -> Reservation {
        do {
            return try await reserve(draft)
        } catch let error as DomainError {
            environment.calls.tally.refused(error.code)
            throw error
        }
    }

    private func reserve(_ draft: CallDraft) async throws -> Reservation {
        try check(draft)
        // Whoever asks may go meanwhile: what came of it is known all the same.
        let asking = environment.calls.run { [self] in
            let answer = try await answer(to: draft)
            if case .held(let ticket) = answer { environment.calls.take(ticket.id) }
            return answer
        }
        switch try await asking.value {
        case .held(let ticket): return .held(ticket)
        case .repeated(let id): return .repeated(try await ended(id, draft))
        case .inProgress: throw DomainError.callInProgress
        case .keyReused: throw DomainError.callKeyReused
        case .refused(let refusal):
            let left = await left(of: refusal, draft.principal)
            throw DomainError.budgetExceeded(refusal, left: left).of(draft.id)
        case .unknownModel: throw DomainError.modelNotAllowed(draft.targets[0].model)
        case .tooLong: throw DomainError.contextTooLong
        case .unpriced: throw DomainError.unpricedModel
        case .visitorLimit(let isOfAddress, let end):
            throw DomainError.visitorLimit(
                isOfAddress: isOfAddress,
                until: end,
                now: environment.database.clock.now()
            )
        case .storefrontClosed:
            throw DomainError.notFound("storefront", draft.origin.storefront ?? "")
        }
    }

    /// What the budget that refused a call had left, for somebody who may look at it.
    private func left(of refusal: BudgetRefusal, _ principal: CallPrincipal) async -> Int64? {
        guard refusal.hard > 0, let caller = principal.member,
            let budget = try? await FindBudget(environment)(refusal.budget, by: caller)
        else { return nil }
        return max(0, budget.limits.ceiling(budget.policy) - budget.use.used - budget.use.held)
    }

    /// A commit whose outcome was lost is asked for again: the draft's id makes it one hold.
    ///
    /// Where that is in vain too, what may be held is given back later: nothing was sent.
    private func answer(to draft: CallDraft) async throws -> ReserveAnswer {
        do {
            return try await attempt(draft)
        } catch let error as DomainError where error.code == .outcomeUnknown {
            do {
                return try await attempt(draft)
            } catch let error as DomainError {
                if error.mayPass { environment.calls.keep(release(of: draft)) }
                throw error.ofBudget
            }
        } catch let error as DomainError {
            throw error.ofBudget
        }
    }

    private func attempt(_ draft: CallDraft) async throws -> ReserveAnswer {
        let statement = CallLedger.reserve(draft, node: environment.node)
        return try await environment.database.write(draft.principal.access) { scope in
            guard let row = try scope.last([CallLedger.patience, statement])[1].first else {
                throw DomainError(.internal, .internalError, "A hold came to nothing.")
            }
            return try ReserveAnswer(row, for: draft)
        }
    }

    private func release(of draft: CallDraft) -> CallsInHand.End {
        CallsInHand.End(
            id: draft.id,
            tenant: draft.principal.tenant,
            user: draft.principal.user,
            statement: CallLedger.release(draft, failure: "budget_unavailable"),
            ticket: nil
        )
    }

    private func ended(_ id: AICallID, _ draft: CallDraft) async throws -> SettledCall {
        let statement = CallLedger.ended(id, in: draft.principal.tenant)
        let rows = try await budgeted {
            try await environment.database.fetch(draft.principal.access, statement).rows
        }
        guard let row = rows.first else { throw DomainError.callKeyReused }
        return try SettledCall(row)
    }

    /// What the database cannot judge is not let through.
    private func budgeted<Value>(_ work: () async throws -> Value) async throws -> Value {
        do {
            return try await work()
        } catch let error as DomainError {
            throw error.ofBudget
        }
    }

    private func check(_ draft: CallDraft) throws {
        var problems: [FieldProblem] = []
        let tokens = 1...Self.mostTokens
        if !tokens.contains(draft.inputTokens) {
            problems.append(FieldProblem("input_tokens", "must be 1 to \(Self.mostTokens)"))
        }
        if !tokens.contains(draft.outputCap) {
            problems.append(FieldProblem("max_tokens", "must be 1 to \(Self.mostTokens)"))
        }
        if !(1...100).contains(draft.purpose.count) {
            problems.append(FieldProblem("purpose", "must have 1 to 100 characters"))
        }
        if draft.life < .seconds(1) || draft.life > Self.longestLife {
            problems.append(FieldProblem("life", "must be 1 to 3600 seconds"))
        }
        if let key = draft.idempotency?.key.utf8,
            !(1...255).contains(key.count) || !key.allSatisfy({ (33...126).contains($0) })
        {
            let rule = "must have 1 to 255 printable ASCII characters"
            problems.append(FieldProblem("Idempotency-Key", rule))
        }
        guard problems.isEmpty else { throw DomainError.invalid(problems) }
        guard !draft.targets.isEmpty else { throw DomainError.modelNotAllowed }
    }
}
