/// Who asks a model.
package enum CallPrincipal: Hashable, Sendable {
    /// A member, perhaps by an API key; needs `ai.use`.
    case member(TenantCaller)
    /// Somebody at a storefront, by the hash of their token; the storefront must be open.
    case visitor(tenant: TenantID, visitor: String)

    package var tenant: TenantID {
        switch self {
        case .member(let caller): caller.tenant
        case .visitor(let tenant, _): tenant
        }
    }

    package var user: UserID? {
        switch self {
        case .member(let caller): caller.caller.user
        case .visitor: nil
        }
    }

    package var requestID: String? {
        switch self {
        case .member(let caller): caller.caller.requestID
        case .visitor: nil
        }
    }

    package var apiKey: APIKeyID? {
        switch self {
        case .member(let caller): caller.key?.id
        case .visitor: nil
        }
    }

    package var visitor: String? {
        switch self {
        case .member: nil
        case .visitor(_, let visitor): visitor
        }
    }

    /// Whose the conversations are that it begins and goes on with.
    package var owner: ConversationOwner {
        switch self {
        case .member(let caller): .member(caller.caller.user)
        case .visitor(_, let visitor): .visitor(visitor)
        }
    }

    /// Whose idempotency keys these are.
    package var name: String {
        switch self {
        case .member(let caller):
            caller.key.map { "key:\($0.id)" } ?? "user:\(caller.caller.user)"
        case .visitor(_, let visitor): "visitor:\(visitor)"
        }
    }
}

/// A model of a provider, as a place to send a call to.
package struct CallTarget: Hashable, Sendable {
    /// `ai_providers.id`.
    package var provider: String
    /// `ai_models.id`.
    package var model: String

    package init(provider: String, model: String) {
        self.provider = provider
        self.model = model
    }
}

/// A call to a model before anything is held for it.
package struct CallDraft: Hashable, Sendable {
    package var id: AICallID
    package var principal: CallPrincipal
    package var channel: AICall.Channel
    /// What it is for, in the workspace's own words; budgets may be for one purpose.
    package var purpose: String
    /// The models that may answer, in the order in which they are tried.
    package var targets: [CallTarget]
    /// What the request will be counted as; never less than 1.
    package var inputTokens: Int64
    /// The most that was asked for, times the number of choices.
    package var outputCap: Int64
    /// Whether output is held slice by slice while it streams; else all of it is held at once.
    package var isSliced: Bool
    /// How long the call may go on before it counts as lost; every slice begins it anew.
    package var life: Duration
    package var origin: CallOrigin
    package var idempotency: IdempotencyMark?
    /// What a visitor may take; nil for members.
    package var visit: VisitBounds?

    package init(
        id: AICallID,
        principal: CallPrincipal,
        channel: AICall.Channel,
        purpose: String,
        targets: [CallTarget],
        inputTokens: Int64,
        outputCap: Int64,
        isSliced: Bool = true,
        life: Duration = .seconds(120),
        origin: CallOrigin = CallOrigin(),
        idempotency: IdempotencyMark? = nil,
        visit: VisitBounds? = nil
    ) {
        self.id = id
        self.principal = principal
        self.channel = channel
        self.purpose = purpose
        self.targets = targets
        self.inputTokens = inputTokens
        self.outputCap = outputCap
        self.isSliced = isSliced
        self.life = life
        self.origin = origin
        self.idempotency = idempotency
        self.visit = visit
    }
}

/// How many tokens a visitor, and all visitors of one address, may take of a day in a workspace.
package struct VisitBounds: Hashable, Sendable {
    /// Stands for the address on this day; leads nobody back to it.
    package var client: String
    package var visitorTokens: Int64
    package var clientTokens: Int64

    package init(client: String, visitorTokens: Int64, clientTokens: Int64) {
        self.client = client
        self.visitorTokens = visitorTokens
        self.clientTokens = clientTokens
    }
}

/// What a call came from, for the record.
package struct CallOrigin: Hashable, Sendable {
    package var route: String?
    package var prompt: PromptVersion?
    package var conversation: ConversationID?
    /// The storefront whose budget it falls under.
    package var storefront: String?

    /// One version of a prompt.
    package struct PromptVersion: Hashable, Sendable {
        package var id: PromptID
        package var version: Int32

        package init(id: PromptID, version: Int32) {
            self.id = id
            self.version = version
        }
    }

    package init(
        route: String? = nil,
        prompt: PromptVersion? = nil,
        conversation: ConversationID? = nil,
        storefront: String? = nil
    ) {
        self.route = route
        self.prompt = prompt
        self.conversation = conversation
        self.storefront = storefront
    }
}
