import Domain
import Terminal

extension FormOverlay {
    /// What a person says about themselves.
    static func own(_ profile: OwnProfile) -> FormOverlay {
        FormOverlay(
            title: "Yourself",
            plan: [
                "Changes 1 person: you. Times of this console follow the zone at once, here and "
                    + "wherever you sign in. Undone by: the old values."
            ],
            form: Form([
                text("name", "Name", value: profile.name, limit: 200),
                FormField(
                    id: "time_zone",
                    label: "Time zone",
                    content: .pick(
                        PickField(
                            [machine],
                            chosen: profile.timeZone.map { [$0] } ?? [],
                            isWhole: false,
                            options: .init(takesWords: true)
                        )
                    ),
                    hint: "↓ opens the list, letters search in it",
                    help: "A region and a city, with the distance from UTC at the moment. Exports, "
                        + "trails and the API go on to speak UTC."
                ),
            ]),
            intent: .person(.own(profile))
        )
    }

    /// No zone of one's own.
    static let machine = FormField.Choice("", title: "as this machine")
}

extension Console {
    mutating func askOwn() -> [Effect] {
        send(.platform(.people(.own)), to: .root(.changeOwn))
    }

    /// Shows the times of all screens in the zone of the person.
    mutating func take(_ profile: OwnProfile) {
        standing.identity?.name = profile.name
        standing.identity?.timeZone = profile.timeZone
        surroundings.ownZone = profile.zone
        let context = context
        trail.change { $0.renderAgain(context) }
    }
}
