/// What a search found: an artifact, and what it says.
package struct Passage: Hashable, Sendable {
    /// The artifact's id.
    package var id: String
    package var name: String
    package var text: String

    package init(id: String, name: String, text: String) {
        self.id = id
        self.name = name
        self.text = text
    }
}
