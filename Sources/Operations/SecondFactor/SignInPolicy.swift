/// What the settings demand of people who sign in.
package struct SignInPolicy: Hashable, Sendable {
    /// Whether operators get in with a second factor only.
    package var operatorsNeedSecondFactor: Bool
    /// What authenticator apps call this installation.
    package var name: String

    package init(operatorsNeedSecondFactor: Bool = false, name: String = "Ghostworks") {
        self.operatorsNeedSecondFactor = operatorsNeedSecondFactor
        self.name = name
    }
}
