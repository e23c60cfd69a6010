import ArgumentParser
import Foundation
import Glibc
import Terminal

/// `ghostworks replay`.
struct ReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Play a recording of the console, or any asciicast of version 2.",
        discussion: "Only what draws is played. ctrl-c ends it."
    )

    @Argument(help: "The file.") var file: String
    @Option(help: ArgumentHelp("How many times as fast, 0.1 to 100.", valueName: "number"))
    var speed = 1.0
    @Option(help: ArgumentHelp("The longest pause, in seconds.", valueName: "seconds"))
    var idleLimit: Double?

    /// More does not fit a screen's day.
    private static let largest = 256 << 20

    func run() async throws {
        try checkOptions()
        let cast = try read()
        guard StandardStream.output.isTerminal else {
            throw ExitMessage(
                "A recording is played on a terminal, and the standard output is not one.",
                code: ExitMessage.usage
            )
        }
        try checkRoom(for: cast.largest)
        await Playback(cast: cast, speed: speed, longestPause: idleLimit).run()
    }

    private func checkOptions() throws(ExitMessage) {
        guard speed.isFinite, (0.1...100).contains(speed) else {
            throw ExitMessage(
                "--speed must be 0.1 to 100; got \(speed).",
                code: ExitMessage.usage
            )
        }
        if let idleLimit, !(idleLimit.isFinite && (0...86_400).contains(idleLimit)) {
            throw ExitMessage(
                "--idle-limit must be 0 to 86400 seconds; got \(idleLimit).",
                code: ExitMessage.usage
            )
        }
    }

    private func read() throws(ExitMessage) -> Cast {
        let size = (try? FileManager.default.attributesOfItem(atPath: file))?[.size] as? Int ?? 0
        guard size <= Self.largest, let data = FileManager.default.contents(atPath: file) else {
            let reason = size > Self.largest ? "is larger than 256 MB" : "cannot be read"
            throw ExitMessage("The file \(file) \(reason).", code: ExitMessage.usage)
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw ExitMessage("The file \(file) is no UTF-8 text.", code: ExitMessage.usage)
        }
        do throws(CastError) {
            return try Cast(parsing: text)
        } catch {
            throw ExitMessage(
                "The file \(file) is no recording: \(error).",
                code: ExitMessage.usage
            )
        }
    }

    private func checkRoom(for wanted: Size) throws(ExitMessage) {
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0,
            Int(size.ws_col) < wanted.columns || Int(size.ws_row) < wanted.rows
        else { return }
        throw ExitMessage(
            "The recording is \(wanted.columns)×\(wanted.rows), and this terminal "
                + "\(size.ws_col)×\(size.ws_row).",
            hint: "Make the terminal larger."
        )
    }
}

/// Plays a recording on the alternate screen.
struct Playback {
    let cast: Cast
    let speed: Double
    let longestPause: Double?

    private static let enter = "\u{1B}[?1049h\u{1B}[0m\u{1B}[2J\u{1B}[H"
    private static let leave = "\u{1B}[?2026l\u{1B}[r\u{1B}[0m\u{1B}[?7h\u{1B}[?25h\u{1B}[?1049l"

    /// Plays to the end, or until a signal says that it is enough.
    func run() async {
        let playing = Task { await play() }
        let sources = [SIGINT, SIGTERM, SIGHUP].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { playing.cancel() }
            source.activate()
            return source
        }
        StandardStream.output.write(Self.enter)
        await playing.value
        StandardStream.output.write(Self.leave)
        for source in sources { source.cancel() }
    }

    private func play() async {
        var filter = PlaybackFilter()
        var time = 0.0
        for event in cast.events {
            let pause = min(event.time - time, longestPause ?? .infinity) / speed
            time = event.time
            if pause > 0, (try? await Task.sleep(for: .seconds(pause))) == nil { return }
            if Task.isCancelled { return }
            if case .output(let text) = event.kind {
                StandardStream.output.write(filter.filter(text))
            }
        }
    }
}
