package import Domain

/// The people of a tenant.
package struct MemberClient: Sendable {
    package var list:
        @Sendable (MemberFilter, PageRequest, TenantCaller) async throws -> Page<Member>
    package var add:
        @Sendable (_ email: String, RoleName, _ name: String?, TenantCaller) async throws -> Member
    package var change:
        @Sendable (UserID, MemberEdit, _ version: Int64, TenantCaller) async throws -> Member
    package var remove: @Sendable (UserID, _ reason: String, TenantCaller) async throws -> Void
    /// Makes a member an owner in the caller's place.
    package var transfer: @Sendable (UserID, _ proof: String, TenantCaller) async throws -> Member
    package var leave: @Sendable (TenantCaller) async throws -> Void
    /// Names behind ids; unknown ids are left out.
    package var people: @Sendable (Set<UserID>, TenantCaller) async throws -> [UserID: User]

    package init(
        list:
            @escaping @Sendable (MemberFilter, PageRequest, TenantCaller) async throws ->
            Page<Member>,
        add:
            @escaping @Sendable (_ email: String, RoleName, _ name: String?, TenantCaller)
            async throws -> Member,
        change:
            @escaping @Sendable (UserID, MemberEdit, _ version: Int64, TenantCaller) async throws ->
            Member,
        remove: @escaping @Sendable (UserID, _ reason: String, TenantCaller) async throws -> Void,
        transfer:
            @escaping @Sendable (UserID, _ proof: String, TenantCaller) async throws -> Member,
        leave: @escaping @Sendable (TenantCaller) async throws -> Void,
        people: @escaping @Sendable (Set<UserID>, TenantCaller) async throws -> [UserID: User]
    ) {
        self.list = list
        self.add = add
        self.change = change
        self.remove = remove
        self.transfer = transfer
        self.leave = leave
        self.people = people
    }
}

/// A tenant's documents.
package struct ArtifactClient: Sendable {
    package var list:
        @Sendable (ArtifactFilter, PageRequest, TenantCaller) async throws -> ArtifactPage
    package var find: @Sendable (ArtifactID, TenantCaller) async throws -> Artifact
    package var revisions:
        @Sendable (ArtifactID, PageRequest, TenantCaller) async throws -> Page<ArtifactRevision>
    /// Names behind ids; empty ones for what is gone.
    package var names:
        @Sendable (Set<ArtifactID>, TenantCaller) async throws -> [ArtifactID: String]
    package var change: Changes

    /// The operations that write.
    package struct Changes: Sendable {
        package var create:
            @Sendable (ArtifactDraft, _ idempotencyKey: String, TenantCaller) async throws ->
                Artifact
        package var update:
            @Sendable (ArtifactID, ArtifactEdit, _ version: Int64, TenantCaller) async throws ->
                Artifact
        package var delete:
            @Sendable (ArtifactID, _ version: Int64, _ reason: String, TenantCaller) async throws ->
                Void
        package var restore: @Sendable (ArtifactID, TenantCaller) async throws -> Artifact

        package init(
            create:
                @escaping @Sendable (ArtifactDraft, _ idempotencyKey: String, TenantCaller)
                async throws -> Artifact,
            update:
                @escaping @Sendable (ArtifactID, ArtifactEdit, _ version: Int64, TenantCaller)
                async throws -> Artifact,
            delete:
                @escaping @Sendable (ArtifactID, _ version: Int64, _ reason: String, TenantCaller)
                async throws -> Void,
            restore: @escaping @Sendable (ArtifactID, TenantCaller) async throws -> Artifact
        ) {
            self.create = create
            self.update = update
            self.delete = delete
            self.restore = restore
        }
    }

    package init(
        list:
            @escaping @Sendable (ArtifactFilter, PageRequest, TenantCaller) async throws ->
            ArtifactPage,
        find: @escaping @Sendable (ArtifactID, TenantCaller) async throws -> Artifact,
        revisions:
            @escaping @Sendable (ArtifactID, PageRequest, TenantCaller) async throws ->
            Page<ArtifactRevision>,
        names:
            @escaping @Sendable (Set<ArtifactID>, TenantCaller) async throws ->
            [ArtifactID: String],
        change: Changes
    ) {
        self.list = list
        self.find = find
        self.revisions = revisions
        self.names = names
        self.change = change
    }
}

/// AI budgets and use.
package struct AIClient: Sendable {
    package var budgets: @Sendable (TenantCaller) async throws -> [Budget]
    package var usage:
        @Sendable (UsageGrouping, _ from: Instant, _ to: Instant, TenantCaller) async throws ->
            [UsageSum]

    package init(
        budgets: @escaping @Sendable (TenantCaller) async throws -> [Budget],
        usage:
            @escaping @Sendable (UsageGrouping, _ from: Instant, _ to: Instant, TenantCaller)
            async throws -> [UsageSum]
    ) {
        self.budgets = budgets
        self.usage = usage
    }
}
