import Cluster
import Testing

@Suite struct ClusterErrorTests {
    static let sentences: [(ClusterError, String)] = [
        (
            .programsMissing,
            "PostgreSQL 15 or newer is not installed. Install it: apt-get install postgresql"
        ),
        (
            .programsTooOld(found: 13),
            "PostgreSQL 13 is too old: 15 or newer is needed. "
                + "Install it: apt-get install postgresql"
        ),
        (
            .noAccount,
            "PostgreSQL refuses to run as root, and there is no user named postgres. "
                + "Make one: adduser --system --group --no-create-home postgres"
        ),
        (
            .noHome,
            "Neither XDG_DATA_HOME nor HOME names a folder for the database. "
                + "Set one of them to an absolute path."
        ),
        (
            .otherMajor(folder: "/d", data: 16, installed: 15),
            "The database in /d was made by PostgreSQL 16, but PostgreSQL 15 is installed. "
                + "Install the other one: apt-get install postgresql-16. "
                + "Or move the folder away to begin with an empty database."
        ),
        (
            .notACluster(folder: "/d"),
            "The folder /d holds files, but no PostgreSQL database. "
                + "Move it away, or set data.directory (GHOSTWORKS_DATA_DIRECTORY) to another one."
        ),
        (
            .socketPathTooLong("/s", bytes: 120),
            "The path of the database's socket, /s, has 120 bytes; 107 are possible. "
                + "Set data.directory (GHOSTWORKS_DATA_DIRECTORY) to a folder with a shorter path."
        ),
        (
            .folderClosed("/d", account: "postgres"),
            "The user postgres, as whom PostgreSQL runs, cannot enter /d. "
                + "Open the folders above it: chmod a+x FOLDER."
        ),
        (.file("/f", reason: "Permission denied"), "/f: Permission denied."),
        (
            .initialiseFailed(reason: "no room"),
            "initdb could not make a database: no room"
        ),
        (
            .startFailed(reason: "FATAL:  no room", log: "/l"),
            "PostgreSQL did not start: FATAL:  no room (The log: /l)"
        ),
        (
            .startTimedOut(seconds: 9, log: "/l"),
            "PostgreSQL did not accept connections within 9 seconds. See /l."
        ),
        (
            .stillInUse(folder: "/d", processes: [7, 8]),
            "Processes of a killed PostgreSQL still use /d. End them: kill 7 8"
        ),
        (.stopFailed(reason: "no"), "PostgreSQL did not stop: no"),
        (
            .busy(seconds: 9),
            "Another process has been starting or stopping the database for 9 seconds. "
                + "Try again when it has ended."
        ),
        (
            .roleMissing("r"),
            "The database role r does not exist yet. Run `ghostworks migrate up`."
        ),
        (
            .passwordMissing(role: "r"),
            "There is no password for the database role r yet. Run `ghostworks migrate up`."
        ),
    ]

    @Test(arguments: sentences)
    func `each error is one sentence with what to do`(error: ClusterError, sentence: String) {
        #expect("\(error)" == sentence)
    }
}
