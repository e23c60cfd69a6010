import Domain

/// What this machine keeps or writes; nothing is sent to change anything.
enum LocalEntry: Entry {
    case export(stem: String, at: Instant)
    case keepFilter(String)
    case keptFilters([String: String])

    var tenant: TenantRef? { nil }

    func order(
        _ values: FormValues,
        of _: FormOverlay,
        now _: Instant
    ) throws(DomainError) -> FormOverlay.Order {
        switch self {
        case .export(let stem, let time):
            try FormOverlay.export(values, stem: stem, at: time)
        case .keepFilter(let text): try FormOverlay.keep(values, text)
        case .keptFilters(let filters): try FormOverlay.useKept(values, filters)
        }
    }

    func done(_: ConsoleAnswer, _: FormValues, in _: inout Console) -> [Effect] { [] }
}
