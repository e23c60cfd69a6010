import Glibc
import Testing

@testable import Ncurses

/// The terminal as a file: what it was asked must not be answered to somebody else.
struct TerminalDeviceTests {
    /// Both sides of a pseudo-terminal.
    private final class Line {
        let terminal: Int32
        let program: Int32

        init() throws {
            terminal = open("/dev/ptmx", O_RDWR | O_NOCTTY | Int32(O_CLOEXEC))
            var locked: Int32 = 0
            var number: Int32 = -1
            // TIOCSPTLCK and TIOCGPTN, which Swift does not import.
            try #require(ioctl(terminal, 0x4004_5431, &locked) == 0)
            try #require(ioctl(terminal, 0x8004_5430, &number) == 0)
            program = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY | Int32(O_CLOEXEC))
            try #require(program >= 0)
        }

        deinit {
            close(program)
            close(terminal)
        }

        func type(_ text: String) { _ = write(terminal, text, text.utf8.count) }

        /// What a program that reads next would get.
        var left: Int {
            var modes = termios()
            tcgetattr(program, &modes)
            cfmakeraw(&modes)
            tcsetattr(program, TCSANOW, &modes)
            var file = pollfd(fd: program, events: Int16(POLLIN), revents: 0)
            guard poll(&file, 1, 0) > 0 else { return 0 }
            var bytes = [UInt8](repeating: 0, count: 4_096)
            return read(program, &bytes, bytes.count)
        }
    }

    private static let answer = "\u{1B}]11;rgb:ffff/ffff/ffff\u{7}\u{1B}[0n"

    @Test func `an answer that is awaited does not reach who reads next`() throws {
        let line = try Line()
        let device = try TerminalDevice(input: line.program, output: line.program)
        device.enter()
        device.ask(Array("\u{1B}]11;?\u{7}\u{1B}[5n".utf8))
        #expect(device.isAwaiting)
        line.type(Self.answer)
        device.leave()
        #expect(line.left == 0)
        #expect(!device.isAwaiting)
    }

    @Test func `what is typed stays for who reads next, when nothing is awaited`() throws {
        let line = try Line()
        let device = try TerminalDevice(input: line.program, output: line.program)
        device.enter()
        device.ask(Array("\u{1B}[5n".utf8))
        device.answered()
        line.type("ls")
        device.leave()
        #expect(line.left == 2)
    }

    @Test func `a terminal that never answers is not waited for without end`() throws {
        let line = try Line()
        let device = try TerminalDevice(input: line.program, output: line.program)
        device.enter()
        device.ask(Array("\u{1B}[5n".utf8))
        device.leave()
        #expect(line.left == 0)
    }
}
