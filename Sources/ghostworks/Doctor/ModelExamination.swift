import Inference

/// Looks at the providers of models: who they are, and whether their keys are there.
///
/// It asks none of them: that costs money.
struct ModelExamination {
    let settings: AISettings

    var finding: Finding {
        let check = "models"
        var places = ["offline (built in)"]
        for provider in settings.providers {
            do {
                places.append("\(provider.name) (\(try provider.provider().place))")
            } catch {
                let message = ExitMessage(error)
                return .failed(
                    check,
                    message.sentence,
                    fix: message.hint ?? "Is the secret there, and closed to other users?"
                )
            }
        }
        return .ok(check, places.joined(separator: ", "))
    }
}
