internal import Glibc
internal import Synchronization
internal import Terminal

/// A thread that waits for keys and signals, and turns them into events.
///
/// It sleeps in poll(2) without a time-out, so an idle terminal costs nothing; only after a lone
/// escape it wakes up once, 25 ms later, and after half an answer of the terminal 500 ms later.
final class InputReader: Sendable {
    /// What the owner of the terminal tells the thread; the numbers are no signals.
    private enum Command: UInt8 {
        case pause = 200
        case resume = 201
        case stop = 202
    }

    private let device: TerminalDevice
    private let events: AsyncStream<InputEvent>.Continuation
    private let input: Int32
    private let commands: (read: Int32, write: Int32)
    private let answers: (read: Int32, write: Int32)

    init(
        device: TerminalDevice,
        input: Int32,
        events: AsyncStream<InputEvent>.Continuation
    ) throws(NcursesError) {
        self.device = device
        self.events = events
        self.input = input
        commands = try Self.pipe(blocking: false)
        answers = try Self.pipe(blocking: true)
    }

    private static func pipe(blocking: Bool) throws(NcursesError) -> (read: Int32, write: Int32) {
        var ends: [Int32] = [-1, -1]
        guard Glibc.pipe(&ends) == 0 else { throw .system(what: "pipe", code: errno) }
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            if !blocking { _ = fcntl(end, F_SETFL, O_NONBLOCK) }
        }
        return (ends[0], ends[1])
    }

    deinit {
        for file in [commands.read, commands.write, answers.read, answers.write] { close(file) }
    }

    /// Where the signal handlers write.
    var relay: Int32 { commands.write }

    /// Starts the thread; it holds the reader until it ends.
    func start() throws(NcursesError) {
        var thread = pthread_t()
        let box = Unmanaged.passRetained(self)
        let code = pthread_create(
            &thread,
            nil,
            { argument in
                guard let argument else { return nil }
                Unmanaged<InputReader>.fromOpaque(argument).takeRetainedValue().run()
                return nil
            },
            box.toOpaque()
        )
        guard code == 0 else {
            box.release()
            throw .system(what: "pthread_create", code: code)
        }
        pthread_detach(thread)
    }

    /// Stops reading, so that another program gets the keys; returns when it is so.
    func pause() { tell(.pause) }

    /// Reads again.
    func resume() { tell(.resume) }

    /// Ends the thread; returns when it will not touch the terminal any more.
    func stop() { tell(.stop) }

    private func tell(_ command: Command) {
        var byte = command.rawValue
        while write(commands.write, &byte, 1) < 0 && (errno == EAGAIN || errno == EINTR) {
            sched_yield()
        }
        while read(answers.read, &byte, 1) < 0 && errno == EINTR {}
    }

    private func answer() {
        var byte: UInt8 = 1
        while write(answers.write, &byte, 1) < 0 && errno == EINTR {}
    }
}

extension InputReader {
    private struct Progress {
        var decoder = InputDecoder()
        var size: Size
        var isPaused = false
        var isStopped = false
        var isHungUp = false
        var wasAsked: Set<Int32> = []
    }

    private func run() {
        SignalRelay.unblock()
        var progress = Progress(size: device.size)
        while !progress.isStopped {
            let isReading = !progress.isPaused && !progress.isHungUp
            var files = [
                pollfd(fd: commands.read, events: Int16(POLLIN), revents: 0),
                pollfd(fd: isReading ? input : -1, events: Int16(POLLIN), revents: 0),
            ]
            progress.decoder.awaitsAnswer = device.isAwaiting
            let ready = poll(&files, 2, progress.decoder.pause ?? -1)
            if ready == 0 { yield(progress.decoder.flush()) }
            guard ready > 0 else { continue }
            if files[0].revents != 0 { obey(&progress) }
            if files[1].revents != 0, !progress.isPaused, !progress.isStopped {
                readKeys(&progress)
            }
        }
        events.finish()
        answer()
    }

    private func yield(_ new: [InputEvent]) {
        for event in new {
            if event == .report(.alive) { device.answered() }
            if case .report(.habits(let habits)) = event {
                device.answered(habits)
                continue
            }
            if event == .key(KeyEvent(.character("z"), .control)) {
                stopAndGoOn()
            } else {
                events.yield(event)
            }
        }
    }

    private func readKeys(_ progress: inout Progress) {
        var bytes = [UInt8](repeating: 0, count: 16_384)
        let count = read(input, &bytes, bytes.count)
        progress.decoder.awaitsAnswer = device.isAwaiting
        if count > 0 {
            yield(progress.decoder.feed(bytes[..<count]))
        } else if count == 0 || (errno != EINTR && errno != EAGAIN) {
            progress.isHungUp = true
            events.yield(.terminate(.hangUp))
        }
    }

    private func obey(_ progress: inout Progress) {
        var bytes = [UInt8](repeating: 0, count: 4_096)
        let count = max(0, read(commands.read, &bytes, bytes.count))
        // A storm of one signal is one event.
        var seen: Set<UInt8> = []
        for byte in bytes[..<count] where seen.insert(byte).inserted {
            if let command = Command(rawValue: byte) {
                obey(command, &progress)
            } else {
                handle(signal: Int32(byte), &progress)
            }
        }
    }

    private func obey(_ command: Command, _ progress: inout Progress) {
        switch command {
        case .pause:
            progress.isPaused = true
            answer()
        case .resume:
            progress.isPaused = false
            reportSize(&progress)
            answer()
        case .stop: progress.isStopped = true
        }
    }

    private func handle(signal: Int32, _ progress: inout Progress) {
        switch signal {
        case SIGWINCH: if !progress.isPaused { reportSize(&progress) }
        case SIGTSTP: if !progress.isPaused { stopAndGoOn() }
        case SIGCONT:
            guard !progress.isPaused else { return }
            device.retake()
            events.yield(.resumed)
            reportSize(&progress)
        case SIGINT where progress.isPaused: break
        case SIGINT: end(.interrupt, signal, &progress)
        case SIGTERM: end(.terminate, signal, &progress)
        case SIGHUP: end(.hangUp, signal, &progress)
        default: break
        }
    }

    /// Asks the program to end; when it is asked twice by the same signal it dies of it.
    private func end(_ reason: Termination, _ signal: Int32, _ progress: inout Progress) {
        guard progress.wasAsked.insert(signal).inserted else {
            device.leave()
            SignalRelay.die(of: signal)
            return
        }
        events.yield(.terminate(reason))
    }

    private func reportSize(_ progress: inout Progress) {
        let size = device.size
        guard size != progress.size else { return }
        progress.size = size
        events.yield(.resize(size))
    }

    private func stopAndGoOn() {
        device.leave()
        SignalRelay.stop(writingTo: commands.write)
        device.enter()
        events.yield(.resumed)
    }
}
