package import Domain

/// What a request brought back.
package enum ConsoleAnswer: Sendable {
    case done
    case identity(Identity)
    case workspaces([Workspace])
    case overview(PlatformOverview)
    case tenants(Page<TenantSummary>)
    case tenant(Tenant)
    case tenantDetail(TenantDetail)
    case supportSession(SupportSession)
    case members(Page<Member>)
    case member(Member)
    case people([UserID: User])
    case artifacts(ArtifactPage)
    case artifact(Artifact)
    case revisions(Page<ArtifactRevision>)
    case budgets([Budget])
    case usage([UsageSum])
    case auditEvents(Page<AuditEvent>)
    case verdict(ChainVerdict)
    case directory(PeopleAnswer)
}
