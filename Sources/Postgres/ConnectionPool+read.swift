import Synchronization

// DESIGN
//
// A short read costs less than waking the thread and the server process that answer it. So reads
// that come while others are under way wait for each other and travel together (`Wire+convoy`).
//
// 1. A connection serves the queue until it is empty, and then is free for other borrowers.
// 2. Each read is a transaction of its own; none sees or ends another. Reads under an equal
//    preamble share one, as long as none of them fails.
// 3. A connection that served several at once waits a moment for the next, unless somebody waits for
//    a connection: the queue of a busy server is empty again and again, and giving the connection
//    back and borrowing it anew costs three wake-ups of threads.
// 4. A read whose task is cancelled leaves the queue at once. One that was sent alone is stopped at
//    the server, and its connection serves nobody before the cancel call has ended. One that was
//    sent with others is awaited: it is short, and its connection's deadline ends it at last. Where
//    people wait for each read, none shares its way (`sharesReads`).

extension ConnectionPool {
    /// How long a connection serves the queue before others may have it.
    private static let turn = Duration.seconds(1)

    /// Runs a short read in one transaction, together with those of other borrowers.
    ///
    /// Nothing that changes something may be sent so: a broken connection leaves no word of what
    /// was done.
    ///
    /// - Parameters:
    ///   - statements: run in order; the first error ends them. Under a preamble they must leave
    ///     the transaction as they find it: reads with an equal one may follow in the same.
    ///   - preamble: what is run first, once for all reads that have an equal one and travel
    ///     together: a context and its proof, say.
    ///   - deadline: how long it may take, waiting included; nil is the pool's.
    /// - Returns: the rows of each statement, the preamble's first.
    /// - Throws: `PostgresError`.
    public func read(
        _ statements: [SQL],
        under preamble: SQL? = nil,
        deadline: Duration? = nil
    ) async throws(PostgresError) -> [Rows] {
        let limit = ContinuousClock.now + (deadline ?? settings.deadline)
        let number = reads.makeNumber()
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                submit(
                    ReadQueue.Job(
                        number: number,
                        read: SharedRead(preamble: preamble, statements: statements),
                        limit: limit,
                        continuation: continuation
                    )
                )
            }
        } onCancel: {
            if let job = reads.remove(number) {
                job.continuation.resume(returning: .failure(PostgresError(.cancelled)))
            } else {
                reads.stop(number)
            }
        }
        return try result.get()
    }

    private func submit(_ job: ReadQueue.Job) {
        let begins = reads.append(job)
        // The task's flag is set before its handler runs: whoever comes second sees the other.
        if Task.isCancelled {
            reads.remove(job.number)?.continuation
                .resume(returning: .failure(PostgresError(.cancelled)))
        }
        if begins { Task { await serveReads() } }
    }

    private var hasWaiters: Bool { contents.withLock { $0.state.metrics.waiting > 0 } }

    private func serveReads() async {
        do {
            try await withConnection { [self] connection in
                let end = ContinuousClock.now + Self.turn
                var isBusy = false
                while ContinuousClock.now < end, try connection.isUsable {
                    let jobs = reads.take(isPatient: isBusy && !hasWaiters)
                    guard !jobs.isEmpty else { return }
                    isBusy = isBusy || jobs.count > 1
                    connection.serve(jobs, of: reads)
                    reads.end(jobs.lazy.map(\.number))
                    // The call to the server must have ended before the next read is sent.
                    if connection.cancellation.isRequested { break }
                }
                if reads.resign() { Task { await serveReads() } }
            }
        } catch {
            let error = error as? PostgresError ?? PostgresError(.cancelled)
            for job in reads.giveUp() { job.continuation.resume(returning: .failure(error)) }
        }
    }
}

extension PostgresConnection {
    fileprivate var isUsable: Bool {
        get throws(PostgresError) { try !resting().isBroken }
    }

    /// Answers reads of the queue.
    fileprivate func serve(_ jobs: [ReadQueue.Job], of queue: ReadQueue) {
        let now = ContinuousClock.now
        let (late, timely) = (jobs.filter { $0.limit <= now }, jobs.filter { $0.limit > now })
        for job in late {
            job.continuation.resume(returning: .failure(PostgresError(.poolTimeout)))
        }
        guard let wire = try? resting(), let last = timely.map(\.limit).max() else {
            let error = PostgresError(.connectionLost(outcomeUnknown: false))
            for job in timely { job.continuation.resume(returning: .failure(error)) }
            return
        }
        if timely.count == 1, !queue.begin(timely[0].number, cancellation) {
            return timely[0].continuation.resume(returning: .failure(PostgresError(.cancelled)))
        }
        let outer = wire.deadline
        wire.deadline = last
        defer { wire.deadline = outer }
        wire.exchangeAll(timely.map(\.read)) { index, result in
            let named = cancellation.isRequested ? result.mapError(\.whenStopped) : result
            timely[index].continuation.resume(returning: named)
        }
    }
}
