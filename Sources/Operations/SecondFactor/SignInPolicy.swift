/// What the settings demand of people who sign in, and let them do by themselves.
package struct SignInPolicy: Hashable, Sendable {
    /// Whether operators get in with a second factor only.
    package var operatorsNeedSecondFactor: Bool
    /// What authenticator apps call this installation.
    package var name: String
    /// How many workspaces on the free plan one person may own by making or opening them.
    package var ownWorkspaces: Int
    /// How many days after its closing the data of a workspace goes; 0: never.
    package var purgeDays: Int

    package init(
        operatorsNeedSecondFactor: Bool = false,
        name: String = "Ghostworks",
        ownWorkspaces: Int = 3,
        purgeDays: Int = 90
    ) {
        self.operatorsNeedSecondFactor = operatorsNeedSecondFactor
        self.name = name
        self.ownWorkspaces = ownWorkspaces
        self.purgeDays = purgeDays
    }
}
