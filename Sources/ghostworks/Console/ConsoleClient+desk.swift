import Console

extension ConsoleClient {
    /// The client whose closures are the operations.
    init(desk: ConsoleDesk) {
        self.init(
            access: AccessClient(desk: desk),
            sessions: SessionClient(desk: desk),
            tenants: TenantClient(desk: desk),
            support: SupportClient(desk: desk),
            members: MemberClient(desk: desk),
            roles: RoleClient(desk: desk),
            invitations: InvitationClient(desk: desk),
            grants: GrantClient(desk: desk),
            artifacts: ArtifactClient(desk: desk),
            ai: AIClient(desk: desk),
            audit: AuditClient(desk: desk),
            keys: KeyClient(desk: desk),
            people: PeopleClient(desk: desk),
            privacy: PrivacyClient(desk: desk),
            aiWork: AIWorkClient(desk: desk),
            files: FileClient()
        )
        feed = FeedClient(desk: desk)
        prices = PriceClient(desk: desk)
        jobs = JobClient(desk: desk)
    }
}
