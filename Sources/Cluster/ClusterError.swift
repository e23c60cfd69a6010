/// Why the embedded PostgreSQL could not do what was asked; each case is one sentence.
package enum ClusterError: Error, Sendable, Equatable {
    // What is missing on the machine.
    case programsMissing
    case programsTooOld(found: Int)
    case noAccount
    case noHome

    // What is wrong with the folder.
    case otherMajor(folder: String, data: Int, installed: Int)
    case notACluster(folder: String)
    case socketPathTooLong(String, bytes: Int)
    case folderClosed(String, account: String)
    case file(String, reason: String)

    // What the server did.
    case initialiseFailed(reason: String)
    case startFailed(reason: String, log: String)
    case startTimedOut(seconds: Int, log: String)
    case stillInUse(folder: String, processes: [Int32])
    case stopFailed(reason: String)
    case busy(seconds: Int)

    // The application's roles.
    case roleMissing(String)
    case passwordMissing(role: String)
}

extension ClusterError: CustomStringConvertible {
    /// The sentence for people, with what to do.
    package var description: String {
        machineSentence ?? folderSentence ?? serverSentence ?? ""
    }

    private var machineSentence: String? {
        switch self {
        case .programsMissing:
            "PostgreSQL 15 or newer is not installed. Install it: apt-get install postgresql"
        case .programsTooOld(let found):
            "PostgreSQL \(found) is too old: 15 or newer is needed. "
                + "Install it: apt-get install postgresql"
        case .noAccount:
            "PostgreSQL refuses to run as root, and there is no user named postgres. "
                + "Make one: adduser --system --group --no-create-home postgres"
        case .noHome:
            "Neither XDG_DATA_HOME nor HOME names a folder for the database. "
                + "Set one of them to an absolute path."
        default: nil
        }
    }

    private var folderSentence: String? {
        switch self {
        case .otherMajor(let folder, let data, let installed):
            "The database in \(folder) was made by PostgreSQL \(data), but PostgreSQL "
                + "\(installed) is installed. Install the other one: apt-get install "
                + "postgresql-\(data). Or move the folder away to begin with an empty database."
        case .notACluster(let folder):
            "The folder \(folder) holds files, but no PostgreSQL database. "
                + "Move it away, or set data.directory (GHOSTWORKS_DATA_DIRECTORY) to another one."
        case .socketPathTooLong(let path, let bytes):
            "The path of the database's socket, \(path), has \(bytes) bytes; 107 are possible. "
                + "Set data.directory (GHOSTWORKS_DATA_DIRECTORY) to a folder with a shorter path."
        case .folderClosed(let folder, let account):
            "The user \(account), as whom PostgreSQL runs, cannot enter \(folder). "
                + "Open the folders above it: chmod a+x FOLDER."
        case .file(let path, let reason):
            "\(path): \(reason)."
        default: nil
        }
    }

    private var serverSentence: String? {
        switch self {
        case .initialiseFailed(let reason):
            "initdb could not make a database: \(reason)"
        case .startFailed(let reason, let log):
            "PostgreSQL did not start: \(reason) (The log: \(log))"
        case .startTimedOut(let seconds, let log):
            "PostgreSQL did not accept connections within \(seconds) seconds. See \(log)."
        case .stillInUse(let folder, let processes):
            "Processes of a killed PostgreSQL still use \(folder). "
                + "End them: kill \(processes.map(String.init).joined(separator: " "))"
        case .stopFailed(let reason):
            "PostgreSQL did not stop: \(reason)"
        case .busy(let seconds):
            "Another process has been starting or stopping the database for \(seconds) seconds. "
                + "Try again when it has ended."
        case .roleMissing(let role):
            "The database role \(role) does not exist yet. Run `ghostworks migrate up`."
        case .passwordMissing(let role):
            "There is no password for the database role \(role) yet. "
                + "Run `ghostworks migrate up`."
        default: nil
        }
    }
}
