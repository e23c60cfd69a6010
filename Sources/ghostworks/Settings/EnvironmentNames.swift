/// Looks for variables that look like settings and are none.
struct EnvironmentNames {
    let environment: [String: String]
    let file: SettingsFile?

    /// Refuses a name that is near a setting's: it was mistyped.
    ///
    /// Others are let pass, because orchestrators add variables of their own
    /// (`GHOSTWORKS_SERVICE_HOST`).
    func check() throws {
        var allowed = Set(SettingRegistry.all.map(\.environmentName))
        allowed.insert("GHOSTWORKS_CONFIG")
        let referenced = environment.values.filter { $0.hasPrefix("env:") }
            .map { String($0.dropFirst(4)) }
        let excused = (file?.referencedVariables ?? []).union(referenced)
        for family in SettingFamily.all {
            for name in try names(of: family) {
                allowed.formUnion(family.fields(name).map(\.environmentName))
            }
        }
        let strange = environment.keys.filter {
            $0.hasPrefix("GHOSTWORKS_") && !allowed.contains($0) && !excused.contains($0)
        }
        for name in strange.sorted() where NearestName.find(name, among: Array(allowed)) != nil {
            throw SettingProblem(unknown: name, in: "the environment", known: Array(allowed))
        }
    }

    /// The names that variables give in a family of settings, each by a field that there is.
    func names(of family: SettingFamily) throws -> Set<String> {
        var names: Set<String> = []
        for variable in environment.keys.sorted() {
            guard let (name, field) = family.parts(ofVariable: variable) else { continue }
            let fields = family.fields(name)
            let setting = family.prefix + "\(name).\(field)"
            guard SettingFamily.isName(name), fields.contains(where: { $0.name == setting }) else {
                let known = fields.map(\.environmentName)
                throw SettingProblem(unknown: variable, in: "the environment", known: known)
            }
            names.insert(name)
        }
        return names
    }
}
