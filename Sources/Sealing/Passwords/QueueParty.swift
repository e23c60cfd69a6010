/// Who may hold so much of a queue and no more, such as one network.
package struct QueueParty: Hashable, Sendable {
    let name: String
    let places: Int
    let seats: Int

    /// Names a party and what it may have.
    ///
    /// - Parameters:
    ///   - name: What it is told apart by.
    ///   - places: How many of its jobs run at once, at least 1.
    ///   - seats: How many of its jobs wait in each room, at least 1.
    package init(_ name: String, places: Int, seats: Int) {
        self.name = name
        self.places = max(1, places)
        self.seats = max(1, seats)
    }
}
