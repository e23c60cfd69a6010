import Console
import Domain
import Operations

extension AccessClient {
    init(desk: ConsoleDesk) {
        self.init(
            signIn: { email, password in
                do {
                    let signedIn = try await SignIn(try await desk.open())(
                        email: email,
                        password: Array(password.utf8),
                        kind: .console,
                        workspace: nil,
                        client: Self.client,
                        requestID: RequestName.new()
                    )
                    if let token = signedIn.sessionToken { try desk.session.write(token) }
                    return .signedIn(try await desk.placed(signedIn.identity))
                } catch let required as SecondFactorRequired where !required.needsEnrolment {
                    return .codeWanted(token: required.token)
                } catch let required as SecondFactorRequired {
                    var problem = required.problem
                    problem.hint = "Set one up in a shell: ghostworks login."
                    throw problem
                }
            },
            verify: { token, code in
                let signedIn = try await VerifySecondFactor(try await desk.open())(
                    token: token,
                    code: code,
                    client: Self.client,
                    requestID: RequestName.new()
                )
                if let token = signedIn.sessionToken { try desk.session.write(token) }
                return try await desk.placed(signedIn.identity)
            },
            resume: {
                guard let token = try desk.session.read() else { throw Self.nobody }
                let resume = ResumeSession(try await desk.open())
                return try await resume(token: token, requestID: RequestName.new())
            },
            signOut: { caller in
                desk.session.remove()
                try await SignOut(try await desk.open())(by: caller)
            },
            probe: { try await desk.probe() },
            workspaces: { try await ListWorkspaces(try await desk.open())(by: $0) },
            elevate: { reason, minutes, caller in
                let elevate = ElevateConsole(try await desk.open())
                try await elevate(reason: reason, minutes: minutes, by: caller)
                desk.elevate(for: .seconds(minutes * 60))
            },
            endElevation: { caller in
                desk.endElevation()
                try await EndElevation(try await desk.open())(by: caller)
            }
        )
    }

    private static let client = ClientInfo(
        userAgent: "ghostworks/\(VersionText.version)",
        ip: nil
    )

    private static let nobody = DomainError(
        .unauthenticated,
        .unauthenticated,
        "Nobody is signed in.",
        hint: "Sign in."
    )
}

extension ConsoleDesk {
    /// The same with the zone in which the person reads times.
    fileprivate func placed(_ identity: Identity) async throws -> Identity {
        let caller = Caller(
            user: identity.user,
            session: identity.session,
            requestID: RequestName.new()
        )
        var placed = identity
        placed.timeZone = try await ShowMe(try await open())(by: caller).timeZone
        return placed
    }
}

extension SessionClient {
    init(desk: ConsoleDesk) {
        self.init(
            list: { try await ListSessions(try await desk.open())(page: $0, by: $1) },
            end: { try await RevokeSessions(try await desk.open()).one($0, by: $1) },
            endOthers: { caller in
                try await RevokeSessions(try await desk.open()).all(keepingThis: true, by: caller)
            }
        )
    }
}
