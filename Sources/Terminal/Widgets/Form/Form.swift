/// Labelled fields that are filled in and sent together.
public struct Form: Sendable, Hashable {
    /// What a key did to a form.
    public enum Outcome: Sendable, Hashable {
        /// Nothing: the key means something to somebody else.
        case ignored
        /// A value or the focus changed.
        case changed
        /// The operator wants to send it; the values are in `values`.
        case submitted
        /// The operator wants to leave it.
        case cancelled
    }

    /// The fields from top to bottom.
    public var fields: [FormField]

    /// The index of the field with the focus.
    public private(set) var focus = 0

    /// What is wrong with the form as a whole.
    public var error: SafeText?

    private let initial: [String: String]

    /// The fields whose error came while they were filled in.
    private var remarked: Set<String> = []

    /// Makes a form with the focus on the first field.
    public init(_ fields: [FormField]) {
        self.fields = fields
        initial = Self.values(of: fields)
    }

    /// The value of each field by its id.
    public var values: [String: String] { Self.values(of: fields) }

    /// Whether anything differs from what the form started with.
    public var isEdited: Bool { values != initial }

    private static func values(of fields: [FormField]) -> [String: String] {
        Dictionary(fields.map { ($0.id, $0.value) }) { first, _ in first }
    }

    /// Handles a key: tab and arrows walk, enter goes on and sends from the last field, ctrl-s sends.
    public mutating func handle(_ event: KeyEvent) -> Outcome {
        guard fields.indices.contains(focus) else {
            return event == KeyEvent(.escape) ? .cancelled : .ignored
        }
        if fields[focus].isOpen { return handleInList(event) }
        switch (event.key, event.modifiers) {
        case (.escape, []): return .cancelled
        case (.character("s"), .control): return .submitted
        case (.tab, []): return walk(by: 1)
        case (.tab, .shift): return walk(by: -1)
        default: break
        }
        if fields[focus].handle(event) {
            fields[focus].error = nil
            error = nil
            return .changed
        }
        switch (event.key, event.modifiers) {
        case (.down, []): return walk(by: 1)
        case (.up, []): return walk(by: -1)
        case (.enter, []): return focus == fields.count - 1 ? .submitted : walk(by: 1)
        default: return .ignored
        }
    }

    /// An open list takes every key; tab and ctrl-s pick and close it first.
    private mutating func handleInList(_ event: KeyEvent) -> Outcome {
        switch (event.key, event.modifiers) {
        case (.tab, []), (.tab, .shift):
            fields[focus].changeList { $0.close(picking: true) }
            return walk(by: event.modifiers.isEmpty ? 1 : -1)
        case (.character("s"), .control): fields[focus].changeList { $0.close(picking: true) }
        default:
            guard fields[focus].handle(event) else { return .ignored }
        }
        fields[focus].error = nil
        error = nil
        return .changed
    }

    /// Puts pasted text into the field with the focus; false when it takes none.
    public mutating func paste(_ text: String) -> Bool {
        guard fields.indices.contains(focus), fields[focus].paste(text) else { return false }
        fields[focus].error = nil
        error = nil
        return true
    }

    /// Offers a field what can be picked in it; the same values again keep what was chosen.
    public mutating func offer(_ choices: [FormField.Choice], isWhole: Bool, to id: String) {
        guard let index = fields.firstIndex(where: { $0.id == id }) else { return }
        fields[index].changeList { $0.offer(choices, isWhole: isWhole) }
    }

    /// Says what is wrong with fields while they are filled in, and moves nothing.
    ///
    /// A field that was not touched yet is left in peace, and what was said when the form was sent
    /// stays until its field changes.
    public mutating func remark(_ errors: [String: SafeText]) {
        for index in fields.indices {
            let id = fields[index].id
            guard fields[index].value != initial[id], !fields[index].isOpen else { continue }
            if let error = errors[id] {
                fields[index].error = error
                remarked.insert(id)
            } else if remarked.remove(id) != nil || index == focus {
                fields[index].error = nil
            }
        }
    }

    /// Shows what is wrong, by field id, and moves the focus to the first such field.
    public mutating func show(errors: [String: SafeText], overall: SafeText? = nil) {
        for index in fields.indices { fields[index].error = errors[fields[index].id] }
        error = overall
        if let first = fields.firstIndex(where: { $0.error != nil }) { focus = first }
    }

    /// Moves the focus to a field.
    public mutating func focus(on id: String) {
        if let index = fields.firstIndex(where: { $0.id == id }) { focus = index }
    }

    private mutating func walk(by step: Int) -> Outcome {
        focus = (focus + step + fields.count) % fields.count
        return .changed
    }
}
