import Domain
import Foundation

// Makes calls to models, without the models. It dies where it is told (`die`), goes on until
// somebody kills it (`load`), or counts how many calls it makes in a time (`bench`, which reads the
// tenants from its input).

let arguments = Array(CommandLine.arguments.dropFirst())
switch (arguments.first, arguments.count) {
case ("die", 7):
    guard let point = ProbePoint(rawValue: arguments[6]) else { exit(2) }
    try await ProbeCaller(ProbeDatabase.open(arguments), arguments[5]).call(dyingAt: point)
case ("load", 6):
    try await ProbeCaller(ProbeDatabase.open(arguments), arguments[5]).load()
case ("bench", 5):
    try await ProbeBench(arguments).run()
default:
    let usage = """
        usage: LedgerProbe die HOST PORT DATABASE KEYFILE TENANT POINT
               LedgerProbe load HOST PORT DATABASE KEYFILE TENANT
               LedgerProbe bench URL KEYFILE SECONDS CLIENTS

        """
    FileHandle.standardError.write(Data(usage.utf8))
    exit(2)
}
