import Console
import Domain
import Terminal
import Themes

extension ManualPage {
    static var all: [ManualPage] { [program, keys, themes, config] }

    /// Known without the pages, of which one describes the command that completes them.
    static let names = [
        "ghostworks", "ghostworks-keys", "ghostworks-themes", "ghostworks-config",
    ]

    /// `ghostworks(1)`.
    private static var program: ManualPage {
        var page = ManualPage(
            "ghostworks",
            section: 1,
            summary: "the control plane of a multi-tenant platform"
        )
        page.heading("Synopsis")
        page.paragraph("ghostworks [command] [options]")
        page.heading("Description")
        page.paragraph(
            "Without a command the console opens. Commands do the same things from a shell; every "
                + "one has --help."
        )
        page.heading("Commands")
        if let root = try? CommandTree.read() {
            for command in root.subcommands ?? [] { page.add(command, path: "") }
        }
        page.addFilters()
        page.heading("Exit status")
        page.item("0", "Done.")
        page.item("1", "Tried, and failed.")
        page.item("2", "Not tried: the command line, a filter or a setting is wrong.")
        page.seeAlso("ghostworks-keys(5), ghostworks-themes(5), ghostworks-config(5)")
        return page
    }

    private mutating func add(_ command: CommandTree.Node, path: String) {
        guard command.shouldDisplay != false, command.commandName != "help" else { return }
        let name = path.isEmpty ? command.commandName : "\(path) \(command.commandName)"
        let children = (command.subcommands ?? []).filter { $0.commandName != "help" }
        if children.isEmpty {
            subheading(name)
            paragraph(command.abstract ?? "")
            if let discussion = command.discussion, !discussion.contains("\n") {
                paragraph(discussion)
            }
            let usual: Set = ["--help", "-h, --help", "--version", "--config"]
            for argument in command.arguments ?? []
            where argument.shouldDisplay && !usual.contains(argument.term) {
                item(argument.term, taking: argument.value, argument.text)
            }
        }
        for child in children { add(child, path: name) }
    }

    private mutating func addFilters() {
        heading("Filters")
        paragraph(
            "Lists take --filter, in the language of the console's / and of ?filter= over HTTP: "
                + "key:value, -key:value for what is not wanted, key:a,b for one of several, and "
                + "plain words where there is a search. Values with spaces stand in double quotes. "
                + "A star at the end of an action stands for the rest."
        )
        example("ghostworks audit list --filter 'actor:ada action:member.* outcome:denied'")
        var seen: Set<String> = []
        for (screen, schema) in KeysManual.filters where seen.insert(schema.hint).inserted {
            subheading(screen)
            if let words = schema.words { item("words", "\(words).") }
            for key in schema.keys { item("\(key.name):", taking: key.example, key.sentence) }
        }
    }

    /// `ghostworks-keys(5)`.
    private static var keys: ManualPage {
        var page = ManualPage(
            "ghostworks-keys",
            section: 5,
            summary: "keys and commands of the console, and the file that changes them"
        )
        page.heading("Description")
        page.paragraph(
            "$XDG_CONFIG_HOME/ghostworks/keys.yaml gives keys to actions, on all screens or on "
                + "one, and other names to command lines. What is wrong in it is said at the start "
                + "with the line; the action then keeps its built-in keys."
        )
        page.example(
            """
            keys:
              reload: [r, f5]
              readonly: ctrl-o
              suspend: none
            screens:
              audit:
                verify: g v
            aliases:
              denials: audit outcome:denied since:24h
            """
        )
        page.paragraph(
            "A key is a character, f1 to f24, or enter, esc, tab, space, backspace, delete, "
                + "insert, up, down, left, right, home, end, pageup, pagedown or minus, with "
                + "ctrl-, alt- or shift- before it. Keys with spaces between are pressed one after "
                + "the other, at most four. none takes an action's keys away; its command stays."
        )
        page.heading("Screens")
        page.paragraph(KeysManual.screens.joined(separator: ", "))
        page.heading("Actions")
        for chapter in KeysManual.chapters {
            page.subheading(chapter.title)
            for entry in chapter.entries {
                let needs =
                    entry.needs.isEmpty ? "" : " Needs \(entry.needs.joined(separator: ", "))."
                page.item(
                    entry.action,
                    taking: entry.keys.joined(separator: "  "),
                    entry.help + needs
                )
            }
        }
        page.heading("Commands")
        for (text, help) in KeysManual.commands { page.item(":\(text)", "\(help).") }
        page.heading("Short names")
        for (name, command) in KeysManual.aliases { page.item(":\(name)", ":\(command)") }
        page.seeAlso("ghostworks(1), ghostworks-themes(5), ghostworks-config(5)")
        return page
    }

    /// `ghostworks-themes(5)`.
    private static var themes: ManualPage {
        var page = ManualPage(
            "ghostworks-themes",
            section: 5,
            summary: "colours of the console"
        )
        page.heading("Description")
        page.paragraph(
            "A theme is a YAML file: a name, a palette of named colours, and for each role its "
                + "foreground, background and attributes out of bold, dim, underline and reverse. "
                + "monochrome holds the attributes for terminals without colours; it must not be "
                + "missing. A colour is #rrggbb, default for the terminal's own, or a name such as "
                + "bright-cyan. NO_COLOR takes all colours away."
        )
        page.example(
            """
            name: mine
            palette:
              ink: default
              sea: "#1f6f8b"
            roles:
              title: { foreground: sea, attributes: [bold], monochrome: [bold] }
            """
        )
        page.paragraph(
            "Files that end in .yaml in $XDG_CONFIG_HOME/ghostworks/themes are themes of your own; "
                + "they are read again when they are saved, and what is wrong with one stands in "
                + "the status line. :theme alone tries themes on."
        )
        page.heading("Themes")
        page.paragraph(Themes.all.map(\.name).joined(separator: ", "))
        page.heading("Roles")
        page.paragraph(Terminal.Role.allCases.map(\.rawValue).joined(separator: ", "))
        page.seeAlso("ghostworks(1), ghostworks-keys(5), ghostworks-config(5)")
        return page
    }

    /// `ghostworks-config(5)`.
    private static var config: ManualPage {
        var page = ManualPage("ghostworks-config", section: 5, summary: "settings")
        page.heading("Description")
        page.paragraph(
            "Settings come from options, then from variables, then from the file "
                + "$XDG_CONFIG_HOME/ghostworks/config.yaml, or the one that --config or "
                + "GHOSTWORKS_CONFIG names. A dot in a name is a level in the file."
        )
        page.example("database:\n  url: postgresql://db.example.org/ghostworks")
        page.heading("Settings")
        for setting in SettingRegistry.all { page.add(setting) }
        for family in SettingFamily.all {
            page.subheading("\(family.prefix)NAME")
            for setting in family.fields("name") { page.add(setting) }
        }
        page.seeAlso("ghostworks(1), ghostworks-keys(5), ghostworks-themes(5)")
        return page
    }

    private mutating func add(_ setting: any SettingDescription) {
        let secret = setting.isSecret ? " Never shown." : ""
        item(
            setting.name,
            taking: setting.environmentName,
            "\(setting.summary). Such as \(setting.example).\(secret)"
        )
    }

    private mutating func seeAlso(_ pages: String) {
        heading("See also")
        paragraph(pages)
    }
}
