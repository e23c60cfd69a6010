import ArgumentParser
import Domain
import Operations
import Terminal

/// `ghostworks mfa`.
struct MFACommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mfa",
        abstract: "The second factor: an authenticator app and recovery codes.",
        discussion: "Codes are asked, or read from standard input.",
        subcommands: [Status.self, Enroll.self, Disable.self, RecoveryCodes.self, Reset.self]
    )

    /// `mfa status`.
    struct Status: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "status",
            abstract: "Show whether you have a second factor."
        )

        @OptionGroup var global: GlobalOptions

        func run() async throws {
            let settings = try await global.settings()
            try await ShellSession.with(settings) { session in
                let status = try await ShowSecondFactor(session.environment)(by: session.caller)
                guard let status else {
                    StandardStream.output.line("No second factor is set up.")
                    return
                }
                let since = status.confirmedAt.shown(in: settings.view.timeZone)
                StandardStream.output.line(
                    "A second factor is set up since \(since); "
                        + "\(status.recoveryCodesLeft) recovery codes are left."
                )
            }
        }
    }

    /// `mfa enroll`.
    struct Enroll: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "enroll",
            abstract: "Set up a second factor with an authenticator app.",
            discussion: "Your password is asked first, or read from a file or the first line of "
                + "standard input; then a code of the app."
        )

        @OptionGroup var global: GlobalOptions
        @OptionGroup var password: PasswordOptions

        func run() async throws {
            try await ShellSession.with(try await global.settings()) { session in
                let enrolment = try await ProofQuestion(password: password).with { proof in
                    try await EnrolSecondFactor(session.environment)(
                        proof: proof,
                        by: session.caller
                    )
                }
                SecondFactorQuestion.show(enrolment)
                let codes = try await ConfirmSecondFactor(session.environment)(
                    code: try SecondFactorQuestion.ask(),
                    by: session.caller
                )
                StandardStream.output.line("The second factor is set up.")
                SecondFactorQuestion.show(codes)
            }
        }
    }

    /// `mfa disable`.
    struct Disable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "disable",
            abstract: "Take your own second factor away, with one of its codes.",
            discussion: "Who has neither app nor recovery code needs `mfa reset`."
        )

        @OptionGroup var global: GlobalOptions

        func run() async throws {
            try await ShellSession.with(try await global.settings()) { session in
                try await DisableSecondFactor(session.environment)(
                    code: try SecondFactorQuestion.ask(),
                    by: session.caller
                )
                StandardStream.output.line(
                    "Your second factor is off: from now on the password alone signs you in."
                )
            }
        }
    }

    /// `mfa reset`.
    struct Reset: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "reset",
            abstract: "Take the second factor away from somebody who lost app and recovery codes.",
            discussion: "Whoever may read the installation's keys may do this, without being "
                + "signed in; the platform's trail keeps it. Who has a code uses `mfa disable`."
        )

        @OptionGroup var global: GlobalOptions
        @Argument(help: "The person's mail address.") var email: String

        func run() async throws {
            try await Runtime.with(try await global.settings()) { runtime in
                try await ResetSecondFactor(runtime.environment)(email: email)
            }
            StandardStream.output.line(
                "The second factor of \(SafeText(email).string) is off: the password alone signs "
                    + "the person in until another is set up."
            )
        }
    }

    /// `mfa recovery-codes`.
    struct RecoveryCodes: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "recovery-codes",
            abstract: "Make new recovery codes; the old ones end."
        )

        @OptionGroup var global: GlobalOptions

        func run() async throws {
            try await ShellSession.with(try await global.settings()) { session in
                let codes = try await RenewRecoveryCodes(session.environment)(
                    code: try SecondFactorQuestion.ask(),
                    by: session.caller
                )
                SecondFactorQuestion.show(codes)
            }
        }
    }
}
