import Domain
import Terminal
import Testing

@testable import Console

/// What workers do, in the console.
struct JobFlowTests {
    private func atJobs(_ role: PlatformRole = .superAdmin, writes: Bool = true) throws -> Operator
    {
        var ada = try Operator()
        try ada.signIn(role)
        if writes { ada.elevate() }
        try ada.press("J")
        ada.answerAll()
        #expect(ada.kind == .jobs)
        return ada
    }

    private func request(_ effects: [Effect]) -> JobRequest? {
        for case .load(_, .platform(.jobs(let request), _)) in effects { return request }
        return nil
    }

    private func select(_ ada: inout Operator, _ job: Job) throws {
        try ada.press("g")
        for _ in World.jobs where try ada.screen(JobsScreen.self).list.selected?.id != job.id {
            try ada.press("j")
        }
        #expect(try ada.screen(JobsScreen.self).list.selected?.id == job.id)
    }

    @Test func `jobs say what they are and how far, without anybody's address`() throws {
        let ada = try atJobs()
        let text = ada.lines.joined(separator: "\n")
        #expect(text.contains("running 3 of 7"))
        #expect(text.contains("password reset → ac"))
        #expect(text.contains("! waiting"))
        #expect(text.contains("✗ failed"))
        #expect(!text.contains("@acme"))
    }

    @Test func `a copy that was given up is tried again after its plan`() throws {
        var ada = try atJobs()
        try select(&ada, World.jobs[3])
        #expect(request(try ada.press("R")) == nil)
        #expect(ada.lines.contains { $0.contains("Has 1 copy made after all") })
        #expect(request(try ada.press("y")) == .retry(World.jobs[3].id))
        ada.answerAll()
        #expect(ada.toasts.contains("A worker tries it again."))
    }

    @Test func `a mail is cancelled with a reason`() throws {
        var ada = try atJobs()
        try select(&ada, World.jobs[0])
        try ada.press("D")
        #expect(ada.lines.contains { $0.contains("Takes 1 mail off its way") })
        #expect(request(try ada.press("ctrl-s")) == nil)
        ada.type("sent twice")
        let asked = request(try ada.press("ctrl-s"))
        #expect(asked == .cancel(World.jobs[0].id, reason: "sent twice"))
        ada.answerAll()
        let job = try ada.screen(JobsScreen.self).list.ordered.first { $0.id == World.jobs[0].id }
        #expect(job != nil)
        #expect(ada.toasts.contains("The job is cancelled."))
    }

    @Test(
        arguments: [
            (2, "D", nil), (4, "R", "What the mail said is forgotten."),
            (5, "D", "An erasure is decided in its workspace."),
            (6, "D", "The mail is being handed over right now."),
            (8, "R", "The job is done."), (7, "D", "The job was cancelled before."),
        ] as [(Int, String, String?)]
    )
    func `what cannot be done to a job is said before`(
        index: Int,
        key: String,
        reason: String?
    ) throws {
        var ada = try atJobs()
        try select(&ada, World.jobs[index])
        try ada.press(key)
        #expect((ada.console.overlay == nil) == (reason != nil))
        if let reason { #expect(ada.toasts.contains(reason)) }
    }

    @Test func `a job is opened, and changed from there`() throws {
        var ada = try atJobs()
        try select(&ada, World.jobs[3])
        try ada.press("enter")
        ada.answerAll()
        #expect(ada.kind == .job)
        #expect(ada.lines.contains { $0.contains("R has it tried again.") })
        try ada.press("R", "y")
        ada.answerAll()
        #expect(ada.toasts.contains("A worker tries it again."))
    }

    @Test func `a filter is a question to the list, and a wrong one is shown at its column`() throws
    {
        var ada = try atJobs()
        ada.run("/state:failed kind:mail")
        let asked = ada.open.last?.request
        guard case .platform(.jobs(.list(let filter, _)), _)? = asked else {
            Issue.record("no list was asked for")
            return
        }
        #expect(filter.states.sole == .failed)
        #expect(filter.kinds.sole == .mail)
        ada = try atJobs()
        ada.run("/state:lost")
        #expect(ada.lines.contains { $0.contains("There is no state \"lost\"") })
    }

    @Test func `the command takes a filter`() throws {
        var ada = try Operator()
        try ada.signIn()
        ada.run(":jobs tenant:acme")
        ada.answerAll()
        #expect(ada.kind == .jobs)
        #expect(try ada.screen(JobsScreen.self).text == "tenant:acme")
    }

    @Test func `support reads jobs and changes none`() throws {
        var ada = try atJobs(.support)
        try ada.press("R")
        #expect(ada.console.overlay == nil)
        #expect(ada.toasts.contains { $0.contains("lacks platform.jobs.manage") })
    }

    @Test func `without elevation nothing is changed`() throws {
        var ada = try atJobs(writes: false)
        try ada.press("D")
        #expect(ada.console.overlay == nil)
        #expect(ada.toasts.contains { $0.contains("read-only") })
    }

    @Test func `a ring shows what became of the jobs`() throws {
        var ada = try atJobs()
        let watch = try #require(ada.console.watch)
        #expect(watch.place == .platform)
        ada.send(.fed(watch), after: .seconds(2))
        var changed = World.jobs
        changed[1].state = .done
        try ada.answer(.success(.jobs(.list(World.page(changed)))))
        let job = try ada.screen(JobsScreen.self).list.ordered.first { $0.id == changed[1].id }
        #expect(job?.state == .done)
    }
}

/// Alerts on the overview.
struct AlertFlowTests {
    private func troubled(_ size: Size = Size(columns: 80, rows: 24)) throws -> Operator {
        var ada = try Operator(size: size)
        try ada.signIn()
        ada.elevate()
        let watch = try #require(ada.console.watch)
        ada.send(.fed(watch), after: .seconds(2))
        try ada.answer(.success(.overview(World.troubled)))
        return ada
    }

    @Test func `alerts and the depth of the queue stand on 80 columns and 24 rows`() throws {
        let lines = try troubled().lines
        #expect(lines.contains { $0.contains("! The process on ") })
        #expect(lines.contains { $0.contains("! 1,204 wait, 3 failed") })
        #expect(lines.contains { $0.contains("! 2 wait, 1 failed") })
    }

    @Test func `what there is no space for is counted`() throws {
        let lines = try troubled(Size(columns: 80, rows: 22)).lines
        #expect(lines.contains { $0.contains("more alerts.") })
    }

    @Test func `alerts are seen to after a plan, all or one`() throws {
        var ada = try troubled()
        let ids = World.troubled.alerts.map(\.id)
        try ada.press("a")
        #expect(ada.lines.contains { $0.contains("quiet until it gets worse") })
        var one = ada
        let all = loads(try ada.press("ctrl-s"))
        let single = loads(try one.press("right", "ctrl-s"))
        func acknowledged(_ requests: [ConsoleRequest]) -> [PlatformAlert.ID]? {
            guard case .platform(.jobs(.acknowledge(let ids)), _)? = requests.first else {
                return nil
            }
            return ids
        }
        #expect(acknowledged(all) == ids)
        #expect(acknowledged(single) == [ids[0]])
        let (id, request) = try #require(ada.open.first)
        guard case .platform(.jobs(let asked), _) = request else { return }
        ada.open = []
        ada.send(.answered(id, .success(.jobs(World.answer(asked)))))
        #expect(ada.lines.contains { $0.contains("Seen to by Ada Lovelace") })
    }

    @Test func `where nothing is wrong there is nothing to see to`() throws {
        var ada = try Operator()
        try ada.signIn()
        ada.elevate()
        let watch = try #require(ada.console.watch)
        ada.send(.fed(watch), after: .seconds(2))
        var calm: PlatformOverview = World.overview
        calm.health = nil
        try ada.answer(.success(.overview(calm)))
        try ada.press("a")
        #expect(ada.console.overlay == nil)
    }
}
