import Foundation
import Glibc
import Postgres
import Support

extension Storyteller {
    /// How a scene is set: `as`, `hire`, `with`, `editor`, `size`, `window`, `open`, `start`,
    /// `bash`, and `feed`, `shell`, `refused`, `says` for commands.
    func arrange(_ step: Story.Step) async throws -> Bool {
        switch step.verb {
        case "as": person = step.words
        case "hire": try hire(step.words)
        case "with":
            let parts = filled(step.words).split(separator: "=", maxSplits: 1).map(String.init)
            variables[parts[0]] = parts.count > 1 ? parts[1] : ""
        case "editor":
            let script = (["#!/bin/sh"] + step.block).joined(separator: "\n") + "\n"
            let name = "editor-\(UUID().uuidString.prefix(8))"
            // Read, not executed: another test that forks now may still hold it open for writing.
            variables["EDITOR"] = "/bin/sh " + (try platform.program(name, filled(script)))
            variables["VISUAL"] = ""
        case "size": size = try size(step.words)
        case "window": shown = step.words
        case "open": try open(["console"] + words(step.words))
        case "start": try open(words(step.words))
        case "bash": try open([], program: "/bin/bash", arguments: ["--norc", "-i"])
        default: return try command(step)
        }
        return true
    }

    private func command(_ step: Story.Step) throws -> Bool {
        switch step.verb {
        case "feed": input = filled(([step.words] + step.block).joined(separator: "\n")) + "\n"
        case "shell", "refused":
            let ending = try home(of: person).run(words(step.words), input: input)
            input = ""
            for window in windows.values { window.stirred() }
            said = ending.output + ending.errors
            guard (ending.status == 0) == (step.verb == "shell") else {
                throw Failure(description: "ended with \(ending.status): \(said)")
            }
        case "says":
            guard said.contains(filled(step.words)) else {
                throw Failure(description: "was not said; it said \(said)")
            }
        default: return false
        }
        return true
    }

    /// Words as a shell splits them, with single quotes alone.
    private func words(_ text: String) -> [String] {
        var words: [String] = []
        for (index, part) in filled(text).split(separator: "'", omittingEmptySubsequences: false)
            .enumerated()
        {
            words += index % 2 == 1 ? [String(part)] : part.split(separator: " ").map(String.init)
        }
        return words
    }

    /// The shell of a person: a state folder that holds the session.
    private func home(of person: String) -> Shell {
        var shell = platform
        if person != "ada" {
            shell.environment["GHOSTWORKS_STATE_DIRECTORY"] = platform.folder + "/people/" + person
        }
        return shell
    }

    /// Makes an operator whom no other story knows, and signs them in.
    private func hire(_ name: String) throws {
        let (email, password) = ("\(name)@story.example", StoryPlatform.password)
        let made = try platform.run(
            ["operator", "create", "--email", email, "--name", name, "--password-stdin"],
            input: password + "\n"
        )
        guard made.status == 0 else { throw Failure(description: made.errors) }
        try StoryPlatform.signIn(email, as: name, password: password, on: platform)
        person = name
    }

    /// Opens a window with a state folder of its own.
    private func open(
        _ words: [String],
        program: String = Shell.program,
        arguments: [String] = []
    ) throws {
        let state = platform.folder + "/states/\(UUID().uuidString)"
        try FileManager.default.createDirectory(
            atPath: state,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        let session = (home(of: person).variables["GHOSTWORKS_STATE_DIRECTORY"] ?? "") + "/session"
        if person != "nobody" {
            try FileManager.default.copyItem(atPath: session, toPath: state + "/session")
        }
        var environment = platform.variables
        environment["TERM"] = "xterm-256color"
        // With its number, so that each prompt is another one.
        environment["PS1"] = "shell \\#> "
        // The console says when it rests; the stories wait for that before they press a key.
        environment["GHOSTWORKS_LOG_LEVEL"] = "trace"
        environment["GHOSTWORKS_STATE_DIRECTORY"] = state
        environment.merge(variables) { $1 }
        kept["STATE"] = state
        let isConsole = words.first == "console"
        let place = environment["GHOSTWORKS_STATE_DIRECTORY"] ?? state
        let log = isConsole ? ConsoleLog(state: place) : nil
        let terminal = try PseudoTerminal(
            program,
            arguments: words + arguments,
            environment: environment.filter { !$0.value.isEmpty },
            size: size
        )
        windows[shown] = StoryWindow(terminal, log: log, size: size)
    }
}
