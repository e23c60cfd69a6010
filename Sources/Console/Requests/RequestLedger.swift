import Domain

/// The requests whose answers are awaited, and by whom.
struct RequestLedger: Hashable, Sendable {
    private(set) var pending: [RequestID: PendingRequest] = [:]
    private var count = 0

    /// The id that the next request will have.
    var nextID: RequestID { RequestID(count + 1) }

    mutating func add(_ request: PendingRequest) -> RequestID {
        count += 1
        let id = RequestID(count)
        pending[id] = request
        return id
    }

    mutating func remove(_ id: RequestID) -> PendingRequest? {
        pending.removeValue(forKey: id)
    }

    mutating func progress(_ id: RequestID, _ headway: Headway) {
        pending[id]?.progress = headway
    }

    /// The awaited requests that satisfy a condition, oldest first.
    func ids(where condition: (Route) -> Bool) -> [RequestID] {
        pending.filter { condition($0.value.route) }.keys.sorted()
    }

    func first(where condition: (Route) -> Bool) -> PendingRequest? {
        ids(where: condition).first.flatMap { pending[$0] }
    }

    /// How far the oldest request of a slot is that tells.
    func progress(of slot: Slot) -> Headway? {
        pending.sorted { $0.key < $1.key }.first { entry in
            guard case .screen(_, slot) = entry.value.route else { return false }
            return entry.value.progress != nil
        }?.value.progress
    }
}

/// One awaited answer.
struct PendingRequest: Hashable, Sendable {
    var route: Route
    var startedAt: Instant
    var writes: Bool
    /// Whether something that others see is different afterwards.
    var changesData = false
    var progress: Headway?
}

/// Who waits for an answer.
enum Route: Hashable, Sendable {
    case gate
    case screen(Int, Slot)
    /// A screen again, without anybody having asked for it.
    case refresh(Int, Slot)
    case overlay
    /// The row that a change of several is at.
    case bulk
    /// A field of the open form, for what can be picked in it.
    case field(String)
    case root(RootTask)
}

/// What a screen asks for: a new request takes the place of the last one of its slot.
enum Slot: Hashable, Sendable {
    case list(ListPlace)
    case detail
    case recent
    case usage(UsageGrouping)
    case verify
    /// Waits for what comes; nobody sees that it waits.
    case follow
    case author
}

/// Where in a list a page belongs, and whether it only refreshes what is there.
enum ListPlace: Hashable, Sendable {
    case first
    case refresh
    case next
    case previous
}

/// What the console itself asks for.
enum RootTask: Hashable, Sendable {
    case workspaces
    /// Of a tenant; nil for those of the platform's trail.
    case people(TenantID?)
    case names(TenantID)
    case keyNames(TenantID)
    case probe
    case elevate(minutes: Int, reason: String)
    case resolve(Destination.Section)
    case undo(Undo)
    case refreshFigures
    /// Who sits here, to show times in their zone.
    case own
    /// The same for a form.
    case changeOwn
    case save
    case export(ExportStep)
    case signOut
    /// Nobody waits, and a failure is only told.
    case quiet
    /// A file that goes away, whoever is signed in.
    case discard
}

/// A request without its caller, as screens and overlays make it.
enum Ask: Hashable, Sendable {
    case platform(PlatformRequest)
    case tenant(TenantRequest, TenantRef)
}

/// An ask of a screen with its slot.
struct SlotAsk: Hashable, Sendable {
    var slot: Slot
    var ask: Ask

    init(_ slot: Slot, _ ask: Ask) {
        self.slot = slot
        self.ask = ask
    }
}
