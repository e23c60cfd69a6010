/// A prompt of the workspace's that a call shall begin with, and the values for its holes.
package struct PromptOrder: Hashable, Sendable {
    package let name: String
    package let choice: PromptChoice
    package let values: [String: String]

    /// - Parameters:
    ///   - name: The prompt's.
    ///   - label: The version that a label points at.
    ///   - version: The number of a version.
    ///   - values: One for each variable.
    /// - Throws: A validation error; without label and version the newest one is meant.
    package init(
        name: String,
        label: String? = nil,
        version: Int64? = nil,
        values: [String: String] = [:]
    ) throws(DomainError) {
        self.name = name
        self.values = values
        switch (label, version) {
        case (nil, nil): choice = .latest
        case (let label?, nil):
            choice = label == "latest" ? .latest : .label(try PromptLabel.checked(label))
        case (nil, let version?):
            guard let number = Int32(exactly: version), number > 0 else {
                throw .invalid("prompt.version", "must be 1 or more")
            }
            choice = .number(Int(number))
        case (_?, _?): throw .invalid("prompt.version", "must not be given beside label")
        }
    }
}

extension PromptChoice {
    /// As people write it.
    package var description: String {
        switch self {
        case .latest: "latest"
        case .number(let number): String(number)
        case .label(let label): label
        }
    }
}
