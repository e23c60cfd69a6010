/// One labelled field of a form.
public struct FormField: Sendable, Hashable {
    /// How a field is filled in.
    public enum Content: Sendable, Hashable {
        /// A line of text.
        case text(TextField)
        /// One of several words.
        case choice([Choice], selected: Int)
        /// Yes or no.
        case toggle(Bool)
        /// Several lines of text.
        case note(TextArea)
        /// One or several out of a list that is searched.
        case pick(PickField)
    }

    /// One answer to choose.
    public struct Choice: Sendable, Hashable {
        /// The value that the form returns.
        public var value: String

        /// What the operator reads.
        public var title: SafeText

        /// What stands beside it and is searched as well.
        public var detail: SafeText

        /// Makes an answer whose title is its value unless another is given.
        public init(_ value: String, title: SafeText? = nil, detail: SafeText = "") {
            self.value = value
            self.title = title ?? SafeText(value)
            self.detail = detail
        }
    }

    /// The name under which the value is returned.
    public let id: String

    /// What the operator reads.
    public var label: SafeText

    /// What is filled in.
    public var content: Content

    /// A sentence below the field while it has the focus.
    public var hint: SafeText

    /// What is wrong with the value.
    public var error: SafeText?

    /// More about the field than a line can hold, for those who ask.
    public var help: SafeText

    /// Makes a field.
    public init(
        id: String,
        label: SafeText,
        content: Content,
        hint: SafeText = "",
        help: SafeText = ""
    ) {
        self.id = id
        self.label = label
        self.content = content
        self.hint = hint
        self.help = help
    }

    /// Whether a list is open over the fields below.
    public var isOpen: Bool {
        if case .pick(let field) = content { field.isOpen } else { false }
    }

    /// The value as text: the words typed, the value chosen, or `true` and `false`.
    public var value: String {
        switch content {
        case .text(let field): field.text
        case .choice(let choices, let selected):
            choices.indices.contains(selected) ? choices[selected].value : ""
        case .toggle(let isOn): isOn ? "true" : "false"
        case .note(let area): area.text
        case .pick(let field): field.value
        }
    }

    /// The rows that it takes, without its hint or error.
    var height: Int {
        if case .note = content { return 4 }
        return 1
    }

    /// Handles a key; false when it means nothing to this kind of field.
    mutating func handle(_ event: KeyEvent) -> Bool {
        switch content {
        case .text(var field):
            guard field.handle(event) else { return false }
            content = .text(field)
        case .note(var area):
            guard area.handle(event) else { return false }
            content = .note(area)
        case .pick(var field):
            guard field.handle(event) else { return false }
            content = .pick(field)
        case .toggle(let isOn):
            let keys: [Key] = [.character(" "), .left, .right]
            guard keys.contains(event.key), event.modifiers.isEmpty else { return false }
            content = .toggle(!isOn)
        case .choice(let choices, let selected):
            guard !choices.isEmpty, event.modifiers.isEmpty else { return false }
            switch event.key {
            case .left: content = .choice(choices, selected: max(0, selected - 1))
            case .right: content = .choice(choices, selected: min(choices.count - 1, selected + 1))
            case .character(" "):
                content = .choice(choices, selected: (selected + 1) % choices.count)
            default: return false
            }
        }
        return true
    }

    /// Takes pasted text; false when this kind of field takes none.
    mutating func paste(_ text: String) -> Bool {
        switch content {
        case .text(var field):
            field.paste(text)
            content = .text(field)
        case .note(var area):
            area.paste(text)
            content = .note(area)
        case .pick(var field):
            field.paste(text)
            content = .pick(field)
        case .toggle, .choice: return false
        }
        return true
    }

    /// Changes the list of a field that has one.
    mutating func changeList(_ body: (inout PickField) -> Void) {
        guard case .pick(var field) = content else { return }
        body(&field)
        content = .pick(field)
    }
}
