import Domain
import Operations

/// Runs a command's work inside a tenant: settings, session, entrance.
struct TenantWork {
    let global: GlobalOptions
    let tenant: TenantOptions

    /// What the work gets.
    struct Place: Sendable {
        let session: ShellSession
        let caller: TenantCaller
        let settings: Settings

        var environment: Operations.Environment { session.environment }

        /// A listing in the format and zone of this command.
        func listing<Item>(
            _ columns: [Column<Item>],
            _ format: OutputFormat
        ) -> Listing<Item> {
            Listing(columns: columns, format: format, zone: settings.view.timeZone)
        }
    }

    /// Reads in the tenant.
    func read(_ body: (Place) async throws -> Void) async throws {
        try await run(.readOnly, body)
    }

    /// Writes in the tenant; an operator's session needs the owner's consent for it.
    func write(_ body: (Place) async throws -> Void) async throws {
        try await run(.readWrite, body)
    }

    private func run(
        _ mode: AccessMode,
        _ body: (Place) async throws -> Void
    ) async throws {
        let settings = try await global.settings()
        try await ShellSession.with(settings) { session in
            try await TenantEntrance(session: session, options: tenant).enter(mode) { caller in
                try await body(Place(session: session, caller: caller, settings: settings))
            }
        }
    }
}
