import Foundation
import Glibc
import Sealing

/// Where a password comes from: the terminal, a file, or standard input.
///
/// Never an argument, which other users of the machine could see.
struct PassphraseSource: Sendable {
    let file: String?
    let standardInput: Bool
    private static let hint = "Use --password-file FILE, or --password-stdin."
    private static let longest = 1_024

    /// The password; asked twice when it is a new one.
    func read(prompt: String, confirm: Bool) throws -> [UInt8] {
        if file != nil, standardInput {
            throw ExitMessage(
                "--password-file and --password-stdin exclude each other.",
                code: ExitMessage.usage
            )
        }
        if let file { return try Self.checked(Self.content(of: file)) }
        if standardInput { return try Self.checked(Self.firstLine(of: STDIN_FILENO)) }
        return try ask(prompt, confirm: confirm)
    }

    private func ask(_ prompt: String, confirm: Bool) throws -> [UInt8] {
        let terminal = try HiddenInput()
        let first = try Self.checked(try terminal.read(prompt + ": "))
        guard confirm else { return first }
        guard try terminal.read("Once more: ") == first else {
            throw ExitMessage("The two passwords differ.")
        }
        return first
    }

    private static func checked(_ password: [UInt8]) throws -> [UInt8] {
        guard !password.isEmpty else { throw ExitMessage("The password is empty.") }
        guard password.count <= longest else {
            throw ExitMessage("The password must have at most \(longest) bytes.")
        }
        return password
    }

    private static func content(of path: String) throws -> [UInt8] {
        let secret = try SecretReference.file(path: AbsolutePath.of(path)).resolve()
        return secret.withUnsafeBytes { Array($0.prefix { $0 != UInt8(ascii: "\n") }) }
    }

    private static func firstLine(of descriptor: Int32) throws -> [UInt8] {
        if isatty(descriptor) == 1 {
            throw ExitMessage("--password-stdin needs a pipe.", hint: hint, code: ExitMessage.usage)
        }
        var line: [UInt8] = []
        var byte: UInt8 = 0
        while Glibc.read(descriptor, &byte, 1) == 1, byte != UInt8(ascii: "\n") {
            line.append(byte)
            guard line.count <= longest else { break }
        }
        if line.last == UInt8(ascii: "\r") { line.removeLast() }
        return line
    }
}

/// The terminal with the echo off; the shell gets it back as it was.
private final class HiddenInput {
    private let descriptor: Int32
    private var original = termios()

    init() throws {
        descriptor = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC)
        guard descriptor >= 0, tcgetattr(descriptor, &original) == 0 else {
            throw ExitMessage(
                "There is no terminal to ask for the password.",
                hint: "Use --password-file FILE, or --password-stdin.",
                code: ExitMessage.usage
            )
        }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// Reads a line without showing it.
    ///
    /// Signal keys are read as bytes, so that an interruption cannot leave the echo off.
    func read(_ prompt: String) throws -> [UInt8] {
        var hidden = original
        hidden.c_lflag &= ~tcflag_t(ECHO | ICANON | ISIG)
        guard tcsetattr(descriptor, TCSAFLUSH, &hidden) == 0 else {
            throw ExitMessage("The terminal's echo cannot be switched off.")
        }
        defer {
            tcsetattr(descriptor, TCSAFLUSH, &original)
            show("\n")
        }
        show(prompt)
        var line: [UInt8] = []
        var byte: UInt8 = 0
        while Glibc.read(descriptor, &byte, 1) == 1 {
            switch byte {
            case 0x0A, 0x0D: return line
            case 0x03, 0x1A: throw ExitMessage("Interrupted.")
            case 0x04:
                if line.isEmpty { throw ExitMessage("Interrupted.") }
                return line
            case 0x15: line.removeAll()
            case 0x08, 0x7F: Self.removeLastCharacter(&line)
            default: line.append(byte)
            }
        }
        throw ExitMessage("Interrupted.")
    }

    /// Removes the last UTF-8 sequence.
    private static func removeLastCharacter(_ line: inout [UInt8]) {
        while let last = line.popLast(), last & 0xC0 == 0x80 {}
    }

    private func show(_ text: String) {
        let bytes = Array(text.utf8)
        _ = Glibc.write(descriptor, bytes, bytes.count)
    }
}
