import Domain
package import Terminal

// DESIGN: the console as a value.
//
// 1. `update(_:at:)` is the only way to change it and asks for everything else as effects; time
//    comes with the event. The same events give the same console and the same effects.
// 2. `draw(into:)` reads and changes nothing.
// 3. Every request has an id. Only an answer whose id is still pending is looked at, and it goes
//    to the one who asked: a screen and slot, the overlay, the sign-in, or the console itself.
// 4. What an operator may not do is known before the key is pressed: `refusal` gives the sentence.
//    It protects nobody, because the operations check again; it spares the operator a refusal.
// 5. A tenant's data is on the screen only while there is a right to see it: a membership, or a
//    live support session. When that ends, its screens leave the trail with what they hold.

/// The whole console: who sits at it, what they look at and what they wait for.
package struct Console: Sendable, Equatable {
    var standing = Standing()
    var trail = Trail()
    /// The sign-in, in front of everything else.
    var gate: SignInScreen?
    var overlay: Overlay?
    /// What was typed and waits for the right to be sent.
    var parked: ParkedWork?
    var notices = Notices()
    var display = Display()
    var linear = LinearState()
    var requests = RequestLedger()
    var feed = FeedState()
    var surroundings: Surroundings

    package init(_ settings: ConsoleSettings, size: Size) {
        surroundings = Surroundings(settings: settings, size: size)
        display.isRecorded = settings.isRecorded
        gate = SignInScreen(isResuming: settings.hasSession)
    }

    package var size: Size { surroundings.size }
}

/// Who sits at the console and what they may do at the moment.
struct Standing: Hashable, Sendable {
    var identity: Identity?
    var workspaces: [Workspace] = []
    var elevation: Elevation?
    var support: SupportSession?
    /// The ends that were announced already.
    var announced: Set<Instant> = []
    var connection = Connection.live
    /// Names behind ids, of the tenants that may be seen.
    var people: [TenantID: [UserID: User]] = [:]
    /// Those who are named in the platform's own trail.
    var operators: [UserID: User] = [:]
    /// The same of artifacts; empty for those that are gone.
    var artifacts: [TenantID: [ArtifactID: String]] = [:]
    /// The same of API keys.
    var keys: [TenantID: [APIKeyID: String]] = [:]
}

/// The time in which this console may write.
struct Elevation: Hashable, Sendable {
    var until: Instant
    var reason: String
}

/// Whether the database answers.
enum Connection: Hashable, Sendable {
    case live
    /// Since when it does not, how often it was asked again, and when it will be next.
    case lost(since: Instant, attempts: Int, retryAt: Instant)
}

/// What the console was started with and what surrounds it.
struct Surroundings: Equatable, Sendable {
    var settings: ConsoleSettings
    /// The zone of the person at the console; nil for the machine's.
    var ownZone: Zone?
    var size: Size
    var themeIndex: Int
    /// The theme that is wanted, read or not.
    var themeWish: String
    /// Whether somebody asked for a theme, so that the terminal's own colours do not decide.
    var isThemeChosen: Bool
    var memory: Memory
    var now = Instant(microseconds: 0)
    var pendingCommand: String?
    /// The presses of a chord that is not complete.
    var presses: [KeyEvent] = []

    init(settings: ConsoleSettings, size: Size) {
        self.settings = settings
        self.size = size
        memory = settings.memory
        pendingCommand = settings.command
        let wanted = settings.theme ?? settings.memory.theme
        isThemeChosen = wanted != nil
        themeWish = wanted ?? settings.themes.first?.name ?? ""
        themeIndex = settings.themes.firstIndex { $0.name == wanted } ?? 0
    }

    /// The zone in which times are shown.
    var zone: Zone { ownZone ?? settings.zone }

    var styles: StyleSheet {
        settings.themes.indices.contains(themeIndex)
            ? settings.themes[themeIndex].styles : .monochrome
    }
}

/// What is told beside the screen.
struct Notices: Equatable, Sendable {
    var toasts: [TimedToast] = []
    var undo: Undo?
    var latency: Duration?
    var stalls = 0
    var longestStall = Duration.zero
    /// Whether another program owns the terminal.
    var isEditing = false
    /// Whether that program is the pager.
    var isPaging = false
    /// A list on its way into a file.
    var export: ListExport?
    /// Until when the console ends as soon as the last note is answered.
    var leavingUntil: Instant?
}

/// A sentence that goes away by itself.
struct TimedToast: Hashable, Sendable {
    enum Kind: Hashable, Sendable {
        case success
        case hint
        case failure
    }

    var text: String
    var kind: Kind
    var until: Instant
    /// Whether it says how the change can be taken back.
    var offersUndo = false
}

/// What takes back the last change, for a while.
struct Undo: Hashable, Sendable {
    var label: String
    var work: Work
    var tenant: TenantRef?
    var until: Instant

    enum Work: Hashable, Sendable {
        case one(Ask)
        /// One request after the other, as they were made.
        case many(Bulk)
    }
}
