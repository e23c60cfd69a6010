import Domain

extension Console {
    func bulkOfDeletions() -> Bulk? {
        guard let tenant = shownTenant else { return nil }
        return Bulk(
            "Delete",
            "artifact",
            of: marked(ArtifactsScreen.self),
            name: \.shortName,
            obstacle: { $0.deletedAt == nil ? nil : "is deleted" },
            question: { .artifact(.delete(tenant, $0)) }
        ).with(
            "Their history stays. Undone by: undo right after, or restore.",
            in: tenant,
            isDangerous: true,
            needsReason: true
        )
    }

    func bulkOfRestorations() -> Bulk? {
        guard let tenant = shownTenant else { return nil }
        return Bulk(
            "Restore",
            "artifact",
            of: marked(ArtifactsScreen.self),
            name: \.shortName,
            obstacle: { $0.deletedAt == nil ? "is not deleted" : nil },
            question: { .artifact(.restore(tenant, $0)) }
        ).with("Undone by: undo right after, or delete.", in: tenant)
    }

    /// The tags that all marked artifacts get or lose, as far as they are not deleted.
    func formOfTags() -> FormOverlay? {
        guard let tenant = shownTenant else { return nil }
        let artifacts = marked(ArtifactsScreen.self).map(\.item)
        return artifacts.isEmpty ? nil : .tags(of: artifacts, in: tenant)
    }

    func bulkOfKeys() -> Bulk? {
        guard let tenant = shownTenant else { return nil }
        return Bulk(
            "Revoke",
            "key",
            of: marked(APIKeysScreen.self),
            name: \.name,
            obstacle: { $0.status == .revoked ? "was revoked" : nil },
            question: { .key(.revoke(tenant, $0)) }
        ).with(
            "Ends them for good, on their very next request. It cannot be undone.",
            in: tenant,
            isDangerous: true,
            needsReason: true
        )
    }

    func bulkOfInvitations(resend: Bool) -> Bulk? {
        guard let tenant = shownTenant else { return nil }
        return Bulk(
            resend ? "Send again" : "Take back",
            "invitation",
            of: marked(InvitationsScreen.self),
            name: \.email,
            obstacle: { $0.status == .pending ? nil : "is \($0.status.rawValue)" },
            question: { .invitation(resend ? .resend(tenant, $0) : .revoke(tenant, $0)) }
        ).with(
            resend
                ? "Sends each a mail with another link; the links of the earlier mails stop working."
                : "Frees their seats; the links of their mails stop working. "
                    + "Undone by: inviting again.",
            in: tenant,
            isDangerous: !resend
        )
    }

    func bulkOfAlerts() -> Bulk? {
        guard let tenant = shownTenant else { return nil }
        let context = context
        return Bulk(
            "Acknowledge",
            "alert",
            of: marked(AlertsScreen.self),
            name: { $0.holder(context) },
            obstacle: { _ in nil },
            question: { .ai(.acknowledge(tenant, $0)) }
        ).with(
            "Takes them off the list, in your name. The budgets stay as they are. "
                + "Cannot be undone.",
            in: tenant
        )
    }

    func bulkOfCalls() -> Bulk? {
        guard let tenant = shownTenant else { return nil }
        return Bulk(
            "End",
            "call",
            of: marked(CallsScreen.self),
            name: { "\($0.way.model) \("\($0.id)".prefix(8))" },
            obstacle: { $0.state == .inFlight ? nil : "has ended" },
            question: { .ai(.cancel(tenant, $0)) }
        ).with(
            "What was written by then is charged. Cannot be undone.",
            in: tenant,
            isDangerous: true
        )
    }
}

extension Bulk {
    /// Tags that several documents get and lose.
    static func tag(_ artifacts: [Artifact], _ change: TagChange, in tenant: TenantRef) -> Bulk {
        Bulk(
            "Tag",
            "artifact",
            of: artifacts.map { (id: $0.id, item: $0) },
            name: \.shortName,
            obstacle: { artifact in
                if artifact.deletedAt != nil { return "is deleted" }
                let after = change.applied(to: artifact.tags)
                if after == artifact.tags { return "is tagged so already" }
                return after.count > ArtifactDraft.tagCount
                    ? "would have more than \(ArtifactDraft.tagCount) tags" : nil
            },
            question: { .artifact(.tag(tenant, $0, change)) }
        ).with(
            "It \(change.words); each change is a new version.",
            "Undone by: undo right after.",
            in: tenant
        )
    }
}
