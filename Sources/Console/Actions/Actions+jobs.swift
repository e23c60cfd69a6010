import Domain
import Terminal

extension Actions {
    /// What workers do, and the alerts of the platform.
    static let jobs: [Action] = [
        Action(
            id: "jobs",
            keys: ["J"],
            label: "jobs",
            help: "Show what workers do and did: mails, copies of data, erasures.",
            permission: .platformHealthRead,
            run: { $0.open(.jobs(filter: nil)) }
        ),
        Action(
            id: "retryjob",
            keys: ["R"],
            label: "try again",
            help: "Have the job tried again: a mail that waits, a copy that was given up.",
            screens: [.jobs, .job],
            permission: .platformJobsManage,
            writes: true,
            rank: 10,
            obstacle: { console in
                guard let job = console.selectedJob else { return "No job is selected." }
                return job.retryObstacle?.message
            },
            run: { $0.askRetryJob() }
        ),
        Action(
            id: "canceljob",
            keys: ["D"],
            label: "cancel",
            help: "Cancel the job: a mail that waits, a copy that waits or is made.",
            screens: [.jobs, .job],
            permission: .platformJobsManage,
            writes: true,
            rank: 11,
            obstacle: { console in
                guard let job = console.selectedJob else { return "No job is selected." }
                return job.cancelObstacle?.message
            },
            run: { $0.askCancelJob() }
        ),
        Action(
            id: "seealert",
            keys: ["a"],
            label: "acknowledge",
            help: "Note that you saw to an alert: it is quiet until it gets worse.",
            screens: [.overview],
            permission: .platformJobsManage,
            writes: true,
            rank: 10,
            obstacle: { $0.newAlerts.isEmpty ? "No alert waits to be seen to." : nil },
            run: { $0.askSeeAlert() }
        ),
    ]
}

extension Console {
    var selectedJob: Job? {
        switch trail.current?.content {
        case let screen as JobsScreen: screen.list.selected
        case let screen as JobScreen: screen.job
        default: nil
        }
    }

    /// The alerts of the overview that nobody has seen to.
    var newAlerts: [PlatformAlert] {
        let overview = (trail.current?.content as? OverviewScreen)?.overview
        return (overview?.alerts ?? []).filter { $0.mark == nil }
    }

    mutating func askRetryJob() -> [Effect] { ask(selectedJob.map { .retry($0) }) }

    mutating func askCancelJob() -> [Effect] { ask(selectedJob.map { .cancel($0) }) }

    mutating func askSeeAlert() -> [Effect] { openForm(.seeAlert(newAlerts)) }

    /// What follows work on jobs that was accepted.
    mutating func takeDone(_ answer: JobAnswer) -> [Effect] {
        switch answer {
        case .retried: toast("A worker tries it again.", .success)
        case .cancelled: toast("The job is cancelled.", .success)
        case .acknowledged: toast("Seen to.", .success)
        case .list, .job: break
        }
        return settleAfterWrite(.jobs(answer))
    }
}
