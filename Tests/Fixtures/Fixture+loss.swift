import Operations
import Postgres
import Storage

extension Fixture {
    /// Lets the database go away for good, as far as the environment can tell.
    package func loseDatabase() async {
        await environment.database.writer.close()
        await environment.database.reader.close()
    }
}
