import Domain
import Terminal

/// What lies over the screen and takes the keys.
enum Overlay: Hashable, Sendable {
    case form(FormOverlay)
    case dialog(DialogOverlay)
    case help(KeysHelp)
    case command(CommandLine)
    case filter(FilterLine)
    case find(FindLine)
    case bulk(BulkOverlay)
    case themes(ThemePicker)
    case columns(ColumnChooser)

    /// Whether somebody types where messages stand else.
    var isOnStatusLine: Bool {
        switch self {
        case .command, .filter, .find: true
        case .form, .dialog, .help, .bulk, .themes, .columns: false
        }
    }

    /// Puts pasted text into the field with the focus; false when there is none.
    mutating func paste(_ text: String, _ palette: Palette) -> Bool {
        switch self {
        case .form(var form):
            defer { self = .form(form) }
            return form.form.paste(text)
        case .dialog(var dialog):
            defer { self = .dialog(dialog) }
            return dialog.dialog.paste(text)
        case .command(var line):
            line.paste(text, palette)
            self = .command(line)
            return true
        case .filter(var line):
            line.paste(text)
            self = .filter(line)
            return true
        case .bulk(var bulk):
            guard case .asking(var dialog) = bulk.stage else { return false }
            defer { self = .bulk(bulk) }
            defer { bulk.stage = .asking(dialog) }
            return dialog.paste(text)
        case .themes(var choice):
            choice.picker.paste(text)
            self = .themes(choice)
            return true
        case .find(var line):
            line.paste(text)
            self = .find(line)
            return true
        case .help(var help):
            defer { self = .help(help) }
            return help.paste(text)
        case .columns: return false
        }
    }

    /// Takes back that the database was gone: it is there again.
    mutating func forgetLoss() {
        switch self {
        case .form(var form):
            form.forgetLoss()
            self = .form(form)
        case .dialog(var dialog):
            dialog.forgetLoss()
            self = .dialog(dialog)
        case .help, .command, .filter, .find, .bulk, .themes, .columns: break
        }
    }

    /// Shows why what was confirmed could not be done.
    mutating func show(_ error: DomainError, requestID: String?) {
        switch self {
        case .form(var form):
            form.show(error, requestID: requestID)
            self = .form(form)
        case .dialog(var dialog):
            dialog.show(error, requestID: requestID)
            self = .dialog(dialog)
        case .help, .command, .filter, .find, .bulk, .themes, .columns: break
        }
    }
}
