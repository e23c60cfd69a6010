import Console
import Domain
import Foundation
import Logging
import Ncurses
import Operations
import Sealing
import Terminal

// DESIGN
// 1. The first frame needs no database: the terminal is taken at once, and the runtime opens behind
//    that frame, so as not to take its processor. Requests wait for it.
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
        try checkWishes()
        if wishes.isLinear { return try await runLinear(surroundings) }
        let screen = try Self.takeTerminal(surroundings)
        do {
            let recording = try wishes.recording.map { path throws in
                try ScreenRecording(path: path)
            }
            let failure = try await run(on: screen, recording, surroundings)
            await screen.close()
            if let failure { throw failure }
        } catch {
            await screen.close()
            throw error
        }
    }

    private func checkWishes() throws(ExitMessage) {
        if wishes.isLinear, wishes.recording != nil {
            throw ExitMessage(
                "A console that is read line by line has no screen to record.",
                hint: "Leave --linear or --record out; script(1) keeps what is written.",
                code: ExitMessage.usage
            )
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
        _ recording: ScreenRecording?,
        _ surroundings: [String: String]
    ) async throws -> (any Error)? {
        let place = try place()
        let depth = screen.traits.colorDepth.respecting(surroundings)
        let (failures, failed) = AsyncStream.makeStream(of: String.self)
        let record: (@Sendable (Frame) async -> Void)? = recording.map { recording in
            { @Sendable frame in
                if let reason = recording.write(frame) { failed.yield(reason) }
            }
        }
        var client = ConsoleClient(desk: place.desk)
        if let recording {
            client.access = client.access.noting(
                recording,
                desk: place.desk,
                logger: place.logger
            )
        }
        var stage = ConsoleStage(screen: screen, memory: place.memory, record: record)
        stage.note = place.logger.drawings
        stage.present = { frame in
            await screen.present(frame)
            place.desk.begin()
        }
        let loop = ConsoleLoop(client: client, stage: stage)
        let telling = Task {
            for await reason in failures { loop.post(.display(.recordingFailed(reason))) }
        }
        defer { telling.cancel() }
        var settings = try consoleSettings(depth, place.memory, surroundings)
        settings.asksTerminal = true
        settings.isRecorded = recording != nil
        settings.tongue = self.settings.view.tongue(
            isUTF8: screen.traits.isUTF8,
            environment: surroundings
        )
        for problem in settings.keymap.problems { place.logger.warning("\(problem)") }
        let folder = ThemeFolder(environment: surroundings)
        let themes = ThemeWatch(folder, shelf: ThemeShelf(folder, depth: depth)) {
            loop.post(.display(.themes($0, problem: $1)))
        }
        let console = Console(settings, size: await screen.size)
        let failure = await operate(console, loop, input: screen.input, place) { last in
            guard let recording, let caller = last.person else { return }
            try await RecordingNote(recording: recording, desk: place.desk)(.ended, by: caller)
        }
        withExtendedLifetime(themes) {}
        return failure
    }

    private func runLinear(_ surroundings: [String: String]) async throws {
        let place = try place()
        place.desk.begin()
        let screen = LinearScreen(surroundings)
        var stage = ConsoleStage(linear: screen, memory: place.memory)
        stage.note = place.logger.drawings
        let loop = ConsoleLoop(client: ConsoleClient(desk: place.desk), stage: stage)
        var settings = try consoleSettings(.none, place.memory, surroundings)
        settings.moves = false
        settings.tongue = self.settings.view.tongue(
            isUTF8: TerminalTraits.isUTF8(surroundings),
            environment: surroundings
        )
        let console = Console(settings, size: Size(columns: 100, rows: 60))
        screen.start { loop.post($0) }
        let (input, keys) = AsyncStream.makeStream(of: InputEvent.self)
        let failure = await operate(console, loop, input: input, place) { _ in }
        keys.finish()
        screen.close()
        if let failure { throw failure }
    }

    /// What a console needs, whatever shows it.
    private struct Place {
        let desk: ConsoleDesk
        let memory: ConsoleMemory
        let logger: Logger
    }

    private func place() throws -> Place {
        try PrivateFolder(path: settings.folders.state).create()
        let logger = Logger.console(settings.folders.consoleLog, settings.view.logLevel)
        return Place(
            desk: ConsoleDesk(settings: settings, logger: logger),
            memory: ConsoleMemory(path: settings.folders.consoleMemory),
            logger: logger
        )
    }

    /// Runs the loop beside the opening of the database, and closes what was opened.
    private func operate(
        _ console: Console,
        _ loop: ConsoleLoop,
        input: AsyncStream<InputEvent>,
        _ place: Place,
        farewell: (Console) async throws -> Void
    ) async -> (any Error)? {
        let opening = Task { () -> (any Error)? in
            do {
                _ = try await place.desk.open()
                return nil
            } catch {
                loop.post(.terminated(.terminate))
                return error
            }
        }
        let last = await loop.run(console, input: input)
        // It may have ended before its first frame.
        place.desk.begin()
        let failure = await opening.value
        if failure == nil {
            do {
                try await farewell(last)
            } catch {
                place.logger.error("the end was not noted in the trail: \(error)")
            }
        }
        await place.desk.close()
        return failure
    }

    private func consoleSettings(
        _ depth: ColorDepth,
        _ memory: ConsoleMemory,
        _ surroundings: [String: String]
    ) throws -> ConsoleSettings {
        let remembered = memory.read()
        let wanted = wishes.theme ?? chosenTheme
        let folder = ThemeFolder(environment: surroundings)
        // One theme will do for the first frame; the others are read behind it.
        let first =
            (wanted ?? remembered.theme).flatMap { folder.theme(named: $0) }
            ?? folder.theme(named: SettingRegistry.standardTheme)
        let zone = settings.view.timeZone
        return ConsoleSettings(
            themes: [first].compactMap(\.self).map { $0.consoleTheme(at: depth) },
            theme: wanted,
            zone: Zone(zone),
            runID: Hex.encode(Random.bytes(4)),
            hasSession: try SessionFile(settings.folders).read() != nil,
            startsWriting: wishes.writes,
            command: wishes.command,
            moves: !wishes.isStill && (surroundings["NO_MOTION"] ?? "").isEmpty,
            memory: remembered,
            keymap: Keymap(KeysFile.read(surroundings))
        )
    }

    /// The theme of the settings, when somebody set it: else the console's own memory decides.
    private var chosenTheme: String? {
        let entry = settings.entries.first { $0.setting.name == SettingRegistry.theme.name }
        return entry?.source == .standard ? nil : settings.view.theme
    }
}
