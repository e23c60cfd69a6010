import ArgumentParser
import Domain
import Foundation
import Operations
import Terminal

/// `ghostworks login`.
struct LoginCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "login",
        abstract: "Sign in at this shell; the password is asked, never given as an argument."
    )

    @OptionGroup var global: GlobalOptions
    @OptionGroup var password: PasswordOptions
    @Argument(help: "Your mail address; asked when not given.") var email: String?
    @Option(help: ArgumentHelp("The tenant to work in.", valueName: "slug")) var tenant: String?

    func run() async throws {
        let settings = try await global.settings()
        let file = SessionFile(settings.folders)
        try file.check()
        try await Runtime.with(settings) { runtime in
            let address = try email ?? askAddress()
            let secret = try password.source.read(prompt: "Password", confirm: false)
            let client = ClientInfo(userAgent: "ghostworks/\(VersionText.version)", ip: nil)
            let signedIn: SignedIn
            do {
                signedIn = try await SignIn(runtime.environment)(
                    email: address,
                    password: secret,
                    kind: .shell,
                    workspace: tenant,
                    client: client,
                    requestID: RequestName.new()
                )
            } catch let required as SecondFactorRequired {
                let question = SecondFactorQuestion(runtime.environment)
                signedIn = try await question.answer(required, client: client)
            }
            guard let token = signedIn.sessionToken else {
                throw ExitMessage("The session has no token.")
            }
            do {
                try file.write(token)
            } catch {
                await end(signedIn.identity, runtime)
                throw error
            }
            welcome(signedIn.identity, settings)
        }
    }

    /// Ends a session whose token nobody has: nobody else could.
    private func end(_ identity: Identity, _ runtime: Runtime) async {
        let caller = Caller(
            user: identity.user,
            session: identity.session,
            requestID: RequestName.new()
        )
        do {
            try await SignOut(runtime.environment)(by: caller)
        } catch {
            StandardStream.error.line("The session could not be ended; it runs out by itself.")
        }
    }

    private func askAddress() throws -> String {
        StandardStream.error.write("Mail address: ")
        guard let line = readLine(), !line.isEmpty else {
            throw ExitMessage(
                "A mail address is needed.",
                hint: "ghostworks login ada@example.org",
                code: ExitMessage.usage
            )
        }
        return line
    }

    private func welcome(_ identity: Identity, _ settings: Settings) {
        let role = identity.platformRole.map { ", \($0.rawValue)" } ?? ""
        let zone = settings.view.timeZone
        let until = identity.expiresAt.shown(in: zone)
        let name = SafeText(identity.name).string
        StandardStream.output.line(
            "Signed in as \(name) <\(SafeText(identity.email).string)>\(role), until \(until) "
                + "(\(zone.identifier))."
        )
    }
}

/// `ghostworks logout`.
struct LogoutCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "logout",
        abstract: "End the session of this shell."
    )

    @OptionGroup var global: GlobalOptions

    func run() async throws {
        let settings = try await global.settings()
        let file = SessionFile(settings.folders)
        guard try file.read() != nil else {
            StandardStream.output.line("Nobody was signed in.")
            return
        }
        do {
            try await ShellSession.with(settings) { session in
                file.remove()
                try await SignOut(session.environment)(by: session.caller)
            }
        } catch let error as DomainError where error.kind == .unauthenticated {
            file.remove()
        } catch {
            // Whatever the database says, this shell has no token any more.
            file.remove()
            StandardStream.error.line("This shell has no token any more; the session runs out.")
            throw error
        }
        StandardStream.output.line("Signed out.")
    }
}
