package import Domain

/// What a request brought back.
package enum ConsoleAnswer: Sendable {
    case done
    case identity(Identity)
    case codeWanted(token: String)
    case workspaces([Workspace])
    case overview(PlatformOverview)
    case tenants(Page<TenantSummary>)
    case tenant(Tenant)
    case tenantDetail(TenantDetail)
    case supportSession(SupportSession)
    case sessions(Page<LiveSession>)
    /// So many sessions have ended.
    case ended(Int)
    case members(Page<Member>)
    case member(Member)
    case roles([TenantRole])
    case role(TenantRole)
    case invitations(Page<Invitation>)
    case invitation(Invitation)
    case grants(Page<MemberGrant>)
    case grant(MemberGrant)
    case people([UserID: User])
    case artifacts(ArtifactPage)
    case artifact(Artifact)
    case revisions(Page<ArtifactRevision>)
    /// Empty names for what is gone.
    case artifactNames([ArtifactID: String])
    case budgets([Budget])
    case usage([UsageSum])
    case highlights(PlatformHighlights)
    case auditEvents(Page<AuditEvent>)
    case verdict(ChainVerdict)
    /// The number of a trail's last event.
    case auditHead(Int64)
    case exported(ExportedFile)
    /// The path of a file to go on with.
    case file(String)
    case keys(Page<APIKey>)
    case key(APIKey)
    case issuedKey(IssuedAPIKey)
    case directory(PeopleAnswer)
    case ai(AIAnswer)
    case privacy(PrivacyAnswer)
    case prices(PriceAnswer)
    case jobs(JobAnswer)
}
