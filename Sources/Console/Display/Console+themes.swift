import Terminal

/// The themes to choose from; the one under the cursor is worn while one chooses.
struct ThemePicker: Hashable, Sendable {
    var picker: Picker<String>
    /// The theme to go back to.
    let before: String
}

extension Console {
    /// Wears a theme, now or as soon as it is read.
    mutating func wear(_ name: String) {
        surroundings.themeWish = name
        if let index = surroundings.settings.themes.firstIndex(where: { $0.name == name }) {
            surroundings.themeIndex = index
        }
    }

    /// Wears a theme and remembers it.
    mutating func use(theme name: String) -> [Effect] {
        let themes = surroundings.settings.themes.map(\.name)
        guard themes.contains(name) else {
            toast("No theme named \"\(name)\" exists. There are \(themes.listed).", .failure)
            return []
        }
        wear(name)
        surroundings.isThemeChosen = true
        surroundings.memory.theme = name
        return [.remember(surroundings.memory)]
    }

    /// Takes the themes that were read; the one in use stays, even when its file is gone or broken.
    mutating func take(_ themes: [ConsoleTheme], problem: String?) {
        let worn = surroundings.theme
        surroundings.settings.themes = themes
        display.themeProblem = problem
        if let index = themes.firstIndex(where: { $0.name == surroundings.themeWish }) {
            surroundings.themeIndex = index
        } else if let worn {
            surroundings.settings.themes.append(worn)
            surroundings.themeIndex = themes.count
        }
        if case .themes(var choice) = overlay {
            choice.picker.items = themeItems(first: choice.before)
            overlay = .themes(choice)
        }
    }

    mutating func openThemes() -> [Effect] {
        let before = surroundings.theme?.name ?? surroundings.themeWish
        let picker = Picker(title: "Theme", items: themeItems(first: before))
        overlay = .themes(ThemePicker(picker: picker, before: before))
        return []
    }

    /// The themes that are read; the one in use stands first, so that the first look changes
    /// nothing.
    private func themeItems(first before: String) -> [Picker<String>.Item] {
        let themes = surroundings.settings.themes
        let sorted = themes.filter { $0.name == before } + themes.filter { $0.name != before }
        return sorted.map { theme in
            Picker.Item(
                id: theme.name,
                title: SafeText(theme.name, limit: 40),
                detail: SafeText(theme.summary, limit: 200)
            )
        }
    }

    mutating func press(_ key: KeyEvent, in choice: ThemePicker) -> [Effect] {
        var choice = choice
        let outcome = choice.picker.handle(key)
        overlay = .themes(choice)
        switch outcome {
        case .ignored, .entered: return []
        case .changed:
            if let name = choice.picker.selected?.id { wear(name) }
            return []
        case .cancelled:
            overlay = nil
            wear(choice.before)
            return []
        case .picked(let name):
            overlay = nil
            return use(theme: name)
        }
    }
}

extension Surroundings {
    /// The theme in use.
    var theme: ConsoleTheme? {
        settings.themes.indices.contains(themeIndex) ? settings.themes[themeIndex] : nil
    }
}
