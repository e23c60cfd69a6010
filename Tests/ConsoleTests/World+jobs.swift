import Domain

@testable import Console

extension World {
    static func job(
        _ number: Int,
        _ kind: Job.Kind,
        _ state: Job.State,
        name: String = "",
        tenant: String? = "acme",
        progress: (Int, Int)? = nil,
        failure: String? = nil
    ) -> Job {
        let minutes = Int64(number * number * 7)
        return Job(
            id: id(900 + number),
            kind: kind,
            state: state,
            name: name,
            tenant: tenant == nil ? nil : id(100),
            tenantSlug: tenant,
            subject: kind == .mail ? nil : huda.id,
            destination: kind == .mail ? "acme.example" : nil,
            attempts: state == .waiting && failure == nil ? 0 : number,
            progress: progress.map { DataRequest.Progress(done: $0.0, total: $0.1) },
            createdAt: ago(minutes),
            nextAt: kind == .mail && state == .waiting ? ago(-Int64(number)) : nil,
            endedAt: [.done, .failed, .cancelled].contains(state) ? ago(minutes - 1) : nil,
            failure: failure
        )
    }

    static let jobs = [
        job(1, .mail, .waiting, name: "invitation"),
        job(2, .copy, .running, progress: (3, 7)),
        job(3, .mail, .waiting, name: "password_reset", tenant: nil, failure: "451 try later"),
        job(4, .copy, .failed, tenant: nil, failure: "The copy could not be written."),
        job(5, .mail, .failed, name: "verification", tenant: nil, failure: hostileNames[0]),
        job(6, .erasure, .waiting),
        job(7, .mail, .running, name: "budget_alert"),
        job(8, .copy, .cancelled),
        job(9, .mail, .done, name: "lock_notice", tenant: nil),
    ]

    static func answer(_ request: JobRequest) -> JobAnswer {
        switch request {
        case .list: return .list(page(jobs))
        case .find(let id): return .job(jobs.first { $0.id == id } ?? jobs[0])
        case .retry(let id):
            var job = jobs.first { $0.id == id } ?? jobs[0]
            job.state = .waiting
            return .retried(job)
        case .cancel(let id, _):
            var job = jobs.first { $0.id == id } ?? jobs[0]
            job.state = .cancelled
            return .cancelled(job)
        case .acknowledge(let ids):
            var overview = troubled
            overview.alertMarks = overview.alerts.filter { ids.contains($0.id) }.map {
                PlatformAlert.Mark(id: $0.id, level: $0.level, by: ada.name, at: now)
            }
            return .acknowledged(overview)
        }
    }

    /// An overview with alerts: a silent process, mails and a copy that were given up.
    static let troubled: PlatformOverview = {
        var overview: PlatformOverview = World.overview
        overview.health?.nodes[0].measuredAt = ago(5)
        overview.mails = QueueStanding(waiting: 1_204, failed: 3, oldest: ago(44))
        overview.mails?.lastFailure = ago(9)
        overview.copies = QueueStanding(waiting: 2, failed: 1, oldest: ago(3))
        overview.copies?.lastFailure = ago(40)
        return overview
    }()
}
