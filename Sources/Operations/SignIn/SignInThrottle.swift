import Domain
import Sealing
import Storage

// DESIGN
//
// 1. A try is counted before its password is looked at, under the lock of its counters: of a
//    thousand at once no more are let in than of a thousand in a row.
// 2. What happens is decided by `SignInVerdict`, from the counters alone; whether the mail address
//    is anybody's plays no part.
// 3. Where the counters cannot be written nobody signs in.
// 4. A crash of the server may forget the tries of its last moment: their commit waits for no disk.
// 5. A stranger who was refused a moment ago, or whose password could not be looked at now, is
//    refused before the database is asked anything.

/// A try that was let in.
struct SignInAdmission: Sendable {
    let attempt: SignInTry
    let keys: [SignInCounter: String]
    /// From a device that the account knows.
    let knowsDevice: Bool
    /// Fails, whatever the password is.
    let isLocked: Bool
    /// Until when the account is locked if this try fails.
    let beginsLock: Instant?

    /// Nobody else can fill the queue for whom the account knows.
    var isPreferred: Bool { knowsDevice || attempt.isLocal }
}

/// Lets tries in, and keeps count of them.
struct SignInThrottle: Sendable {
    private let environment: Environment

    init(_ environment: Environment) {
        self.environment = environment
    }

    /// Counts a try as failed and lets it in, or tells to wait.
    ///
    /// - Throws: `rate_limited` with the wait; `too_many_requests` when too many wait to be
    ///   counted; `unavailable` when nothing can be counted.
    func admit(_ attempt: SignInTry) async throws -> SignInAdmission {
        if !attempt.visitor.isPreferred { try turnAway(attempt) }
        let judgement: Judgement
        do {
            judgement = try await environment.door.pass(attempt.visitor) {
                try await environment.database.system(
                    reason: .signIn,
                    requestID: attempt.requestID,
                    commit: .soon
                ) { scope in
                    try Self.judge(attempt, scope)
                }
            }
        } catch let error as DomainError where error.kind == .internal {
            throw DomainError(
                .unavailable,
                .unavailable,
                "Nobody can sign in right now.",
                hint: "Try again in a moment."
            )
        }
        switch judgement {
        case .admitted(let admission): return admission
        case .tooEarly(let wait, let delays):
            environment.front.remember(delays)
            throw Self.tooEarly(wait)
        }
    }

    /// Refuses a stranger for whom the answer is known, at the cost of no statement.
    private func turnAway(_ attempt: SignInTry) throws {
        let now = environment.database.clock.now()
        let keys = attempt.keys(knowsDevice: false).values
        if let wait = environment.front.wait(for: keys, at: now),
            environment.front.count(attempt.delayed(at: now))
        {
            throw Self.tooEarly(wait)
        }
        try PasswordCheck(environment.passwords).checkRoom()
    }

    /// What the counters say of a try.
    private enum Judgement: Sendable {
        case admitted(SignInAdmission)
        /// How long to wait, and until when each counter holds such tries back.
        case tooEarly(Duration, [String: Instant])
    }

    private static func judge(_ attempt: SignInTry, _ scope: Scope) throws -> Judgement {
        // Without a device the same question is asked: its time tells nothing.
        let known = try DeviceStore.isKnown(
            attempt.device?.hash ?? [],
            to: attempt.address,
            in: scope
        )
        let keys = attempt.keys(knowsDevice: known)
        let stored = try SignInCountStore.lock(Array(keys.values), in: scope)
        let counts = keys.mapValues { stored[$0] ?? SignInCount() }
        let now = scope.clock.now()
        switch SignInVerdict(counts, at: now) {
        case .wait(let wait):
            _ = try scope.last([count(attempt, .delayed)])
            return .tooEarly(wait, stored.compactMapValues { $0.delay(at: now) })
        case .admit(let failing, let isLocked, let beginsLock):
            let pairs = failing.compactMap { counter, count in keys[counter].map { ($0, count) } }
            _ = try scope.last([
                SignInCountStore.save(Dictionary(pairs) { first, _ in first })
            ])
            return .admitted(
                SignInAdmission(
                    attempt: attempt,
                    keys: keys,
                    knowsDevice: known,
                    isLocked: isLocked,
                    beginsLock: beginsLock
                )
            )
        }
    }

    /// The statement that counts a try for support staff.
    static func count(_ attempt: SignInTry, _ reason: SignInAttempts.Reason) -> Statement {
        SignInAttemptStore.count(
            emailHash: attempt.emailHash,
            network: attempt.network,
            reason: reason
        )
    }

    /// The statements that follow a right password: what counted it as failed is taken back.
    static func succeeded(
        _ keys: [SignInCounter: String],
        in scope: Scope
    ) throws -> [Statement] {
        guard let network = keys[.network] else {
            return [SignInCountStore.forget(Array(keys.values))]
        }
        let stored = try SignInCountStore.lock(Array(keys.values), in: scope)
        let rule = SignInRule.of(.network)
        let count = rule.takingBack(stored[network] ?? SignInCount())
        return [
            SignInCountStore.save([network: count]),
            SignInCountStore.forget(keys.values.filter { $0 != network }),
        ]
    }

    /// Takes a try back whose password was not looked at.
    func refund(_ admission: SignInAdmission) async throws {
        try await environment.database.system(reason: .signIn) { scope in
            let stored = try SignInCountStore.lock(Array(admission.keys.values), in: scope)
            var counts: [String: SignInCount] = [:]
            for (counter, key) in admission.keys where stored[key]?.failures ?? 0 > 0 {
                let count = stored[key] ?? SignInCount()
                counts[key] = SignInRule.of(counter).takingBack(count)
            }
            _ = try scope.last([SignInCountStore.save(counts)])
        }
        environment.front.forget(admission.keys.values)
    }

    /// Counts what a network asks of the forms that anybody may send.
    ///
    /// - Throws: `rate_limited` with the wait.
    func countForm(_ client: ClientInfo, requestID: String) async throws {
        let network = AddressPrefix(client.ip)
        let key = SignInTry.key("forms", [network.description])
        if let wait = environment.front.wait(for: [key], at: environment.database.clock.now()) {
            throw Self.tooEarly(wait)
        }
        let device = DeviceToken(parsing: client.device, environment.sealer)
        let verdict = try await environment.door.pass(SignInVisitor(network, device)) {
            try await counted(key, requestID)
        }
        if case .wait(let wait) = verdict {
            let now = environment.database.clock.now()
            environment.front.remember([key: now.advanced(by: wait)])
            throw Self.tooEarly(wait)
        }
    }

    private func counted(_ key: String, _ requestID: String) async throws -> SignInVerdict {
        try await environment.database.system(
            reason: .signIn,
            requestID: requestID,
            commit: .soon
        ) { scope in
            let stored = try SignInCountStore.lock([key], in: scope)
            let verdict = SignInVerdict(
                [.forms: stored[key] ?? SignInCount()],
                at: scope.clock.now()
            )
            if case .admit(let failing, _, _) = verdict, let count = failing[.forms] {
                _ = try scope.last([SignInCountStore.save([key: count])])
            }
            return verdict
        }
    }

    private static func tooEarly(_ wait: Duration) -> DomainError {
        let (seconds, rest) = wait.components
        let count = max(1, seconds + (rest > 0 ? 1 : 0))
        return DomainError(
            .limited(retryAfter: .seconds(count)),
            .rateLimited,
            "There were too many tries.",
            hint: "Try again in \(count) second\(count == 1 ? "" : "s")."
        )
    }
}
