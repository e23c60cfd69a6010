package import Domain
import Storage

/// Forbids to erase one person, or everybody, in the workspace.
///
/// Their account is not the workspace's: when it goes, what the workspace has stays, with the name
/// that it knew the person by.
package struct PlaceLegalHold: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - subject: who is or was a member; nil for everybody.
    ///   - reason: why, 3 to 500 characters.
    ///   - caller: needs `retention.manage`.
    /// - Returns: The hold.
    /// - Throws: `not_found`, `validation_error`.
    package func callAsFunction(
        on subject: UserID?,
        reason: String,
        by caller: TenantCaller
    ) async throws -> LegalHold {
        let reason = try Validation.text(reason, field: "reason", length: 3...500)
        return try await environment.database.write(.tenant(caller, .retentionManage)) { scope in
            try MemberLedger(scope).lockUnguarded()
            if let subject {
                let rows = try scope.query(MemberStore.find(subject, in: caller.tenant))
                guard rows.first != nil else {
                    throw DomainError.notFound("member", subject.description)
                }
            }
            let id = scope.newID(LegalHold.self)
            let rows = try scope.batch([
                LegalHoldStore.insert(
                    id,
                    subject: subject,
                    reason: reason,
                    by: caller.caller.user,
                    in: caller.tenant
                ),
                LegalHoldStore.find(id, in: caller.tenant),
            ])
            guard let hold = try rows[1].first.map(LegalHoldStore.hold) else {
                throw DomainError(.internal, .internalError, "The hold was not made.")
            }
            let entry = PrivacyTrail(scope: scope).entry(
                "privacy.hold_placed",
                resource: ("legal_hold", id.description),
                changes: [("subject", subject.map { .string($0.description) } ?? .null)]
            )
            _ = try scope.last([scope.record(entry)])
            return hold
        }
    }
}

/// One page of the holds, newest first.
package struct ListLegalHolds: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    package func callAsFunction(
        page: PageRequest,
        by caller: TenantCaller
    ) async throws -> Page<LegalHold> {
        let fetched = try await environment.database.fetch(
            .tenant(caller, .retentionManage),
            try LegalHoldStore.page(in: caller.tenant, page)
        )
        return Page(
            surplus: try fetched.rows.map(LegalHoldStore.hold),
            request: page,
            position: \.position
        )
    }
}

/// Takes a hold off; its row stays, and the names that it alone kept go.
package struct ReleaseLegalHold: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Throws: `not_found`, `invalid_transition` when it was released before.
    package func callAsFunction(_ id: LegalHoldID, by caller: TenantCaller) async throws {
        try await environment.database.write(.tenant(caller, .retentionManage)) { scope in
            let statement = LegalHoldStore.release(id, by: caller.caller.user, in: caller.tenant)
            guard try scope.change(statement) == 1 else {
                let rows = try scope.query(LegalHoldStore.find(id, in: caller.tenant))
                guard rows.first != nil else {
                    throw DomainError.notFound("legal hold", id.description)
                }
                throw DomainError(
                    .conflict,
                    .invalidTransition,
                    "The legal hold was released before."
                )
            }
            let entry = PrivacyTrail(scope: scope).entry(
                "privacy.hold_released",
                resource: ("legal_hold", id.description),
                changes: []
            )
            _ = try scope.last([
                LegalHoldStore.forgetNames(in: caller.tenant), scope.record(entry),
            ])
        }
    }
}
