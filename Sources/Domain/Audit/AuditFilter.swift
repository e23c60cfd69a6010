/// Which audit events are wanted; newest first.
package struct AuditFilter: Hashable, Sendable {
    package var actors = Among<UserID>()
    package var actions = Among<AuditAction>()
    package var resources = Among<AuditResource>()
    package var outcomes = Among<AuditEntry.Outcome>()
    package var kinds = Among<AuditActor.Kind>()
    package var operations = Among<AuditEntry.Operation>()
    package var resourceID: String?
    package var from: Instant?
    package var to: Instant?
    package var requestID: String?

    /// The action is a whole one (`artifact.updated`) or a noun with a dot (`artifact.`).
    package init(
        actor: UserID? = nil,
        action: String? = nil,
        resourceType: String? = nil,
        resourceID: String? = nil,
        outcome: AuditEntry.Outcome? = nil,
        from: Instant? = nil,
        to: Instant? = nil,
        requestID: String? = nil
    ) {
        actors = Among(actor)
        actions = Among(action.map(AuditAction.init))
        resources = Among(resourceType.map { AuditResource(type: $0, id: nil) })
        outcomes = Among(outcome)
        self.resourceID = resourceID
        self.from = from
        self.to = to
        self.requestID = requestID
    }

    /// The one who acted, when it is one.
    package var actor: UserID? {
        get { actors.sole }
        set { actors.sole = newValue }
    }

    /// The one outcome, when it is one.
    package var outcome: AuditEntry.Outcome? {
        get { outcomes.sole }
        set { outcomes.sole = newValue }
    }
}

/// An action as a filter names it.
package enum AuditAction: Hashable, Sendable {
    case whole(String)
    case beginning(String)

    /// A noun with a dot stands for all that begins with it.
    package init(_ text: String) {
        self = text.hasSuffix(".") ? .beginning(text) : .whole(text)
    }
}

/// A kind of object as a filter names it, or one object of it.
package struct AuditResource: Hashable, Sendable {
    package var type: String
    package var id: String?

    package init(type: String, id: String?) {
        self.type = type
        self.id = id
    }

    /// `artifact`, or `artifact:ID`.
    package init(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
        self.init(type: parts.first ?? text, id: parts.count == 2 ? parts[1] : nil)
    }
}
