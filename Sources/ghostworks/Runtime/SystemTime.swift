import Domain
import Storage

/// The time of day where no clock was handed down.
enum SystemTime {
    static var now: Instant { SystemClock.live.now() }

    static var seconds: Int64 { now.seconds }
}
