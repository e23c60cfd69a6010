import Console
import Domain
import Foundation
import Logging
import Ncurses
import Operations
import Sealing
import Terminal
import Themes

// DESIGN
// 1. The first frame needs no database: the terminal is taken at once, and the runtime opens
//    meanwhile. Requests wait for it.
// 2. When the database is refused (walls, schema, keys), the console ends, and the sentence stands
//    on the terminal that was given back.
// 3. Nothing is written to the screen but frames: the log goes to a file.

/// One run of the console, from taking the terminal to giving it back.
struct ConsoleSession {
    let settings: Settings
    let wishes: ConsoleWishes

    /// Runs until the operator quits.
    func run() async throws {
        let surroundings = ProcessInfo.processInfo.environment
        let screen = try Self.takeTerminal(surroundings)
        do {
            let failure = try await run(on: screen, surroundings)
            await screen.close()
            if let failure { throw failure }
        } catch {
            await screen.close()
            throw error
        }
    }

    private static func takeTerminal(
        _ surroundings: [String: String]
    ) throws -> TerminalScreen {
        do throws(NcursesError) {
            return try TerminalScreen(surroundings)
        } catch {
            let hint = "Commands work without one: ghostworks --help"
            throw ExitMessage(error.description, hint: hint, code: ExitMessage.usage)
        }
    }

    private func run(
        on screen: TerminalScreen,
        _ surroundings: [String: String]
    ) async throws -> (any Error)? {
        try PrivateFolder(path: settings.folders.state).create()
        let logger = Logger.console(settings.folders.consoleLog, settings.view.logLevel)
        let memory = ConsoleMemory(path: settings.folders.consoleMemory)
        let desk = ConsoleDesk(settings: settings, logger: logger)
        let loop = ConsoleLoop(
            client: ConsoleClient(desk: desk),
            stage: ConsoleStage(screen: screen, memory: memory)
        )
        let opening = Task { () -> (any Error)? in
            do {
                _ = try await desk.open()
                return nil
            } catch {
                loop.post(.terminated(.terminate))
                return error
            }
        }
        let console = Console(
            try consoleSettings(screen.traits, memory, surroundings),
            size: await screen.size
        )
        _ = await loop.run(console, input: screen.input)
        let failure = await opening.value
        await desk.close()
        return failure
    }

    private func consoleSettings(
        _ traits: TerminalTraits,
        _ memory: ConsoleMemory,
        _ surroundings: [String: String]
    ) throws -> ConsoleSettings {
        let depth = traits.colorDepth.respecting(surroundings)
        let themes = try Themes.all.map { theme in
            let parsed = try Theme(yaml: theme.yaml, file: theme.name + ".yaml")
            return ConsoleTheme(name: theme.name, styles: parsed.styles(at: depth))
        }
        let zone = settings.view.timeZone
        var options = ConsoleSettings(
            themes: themes,
            theme: wishes.theme ?? chosenTheme,
            zone: Zone(minutesEast: zone.secondsFromGMT() / 60),
            runID: Hex.encode(Random.bytes(4)),
            hasSession: try SessionFile(settings.folders).read() != nil,
            startsWriting: wishes.writes,
            command: wishes.command,
            moves: (surroundings["NO_MOTION"] ?? "").isEmpty,
            memory: memory.read()
        )
        options.tongue = settings.view.tongue(
            isUTF8: traits.isUTF8,
            environment: surroundings
        )
        return options
    }

    /// The theme of the settings, when somebody set it: else the console's own memory decides.
    private var chosenTheme: String? {
        let entry = settings.entries.first { $0.setting.name == SettingRegistry.theme.name }
        return entry?.source == .standard ? nil : settings.view.theme
    }
}
