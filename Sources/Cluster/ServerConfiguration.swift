/// The server's settings, written anew before each start so that a new program brings its own.
struct ServerConfiguration {
    let layout: ClusterLayout
    let account: ServerAccount

    /// The line that initdb's own file ends with.
    static let include = "include = 'ghostworks.conf'\n"

    /// `ghostworks.conf`.
    var settings: String {
        """
        # Written by ghostworks before each start. Put your own settings into postgresql.auto.conf
        # with ALTER SYSTEM: they win over these.
        listen_addresses = ''
        port = 5432
        unix_socket_directories = '\(quoted(layout.socketFolder))'
        unix_socket_permissions = 0700
        password_encryption = 'scram-sha-256'
        max_connections = 100
        shared_buffers = 256MB

        # A crash costs at most the replay of this much WAL.
        max_wal_size = 1GB
        checkpoint_timeout = 5min
        checkpoint_completion_target = 0.9
        wal_compression = on

        # The planner's price of a page out of order: data folders lie on solid-state disks.
        random_page_cost = 1.1
        # Compiling pays for long analytic queries only, and this product has none.
        jit = off

        timezone = 'UTC'
        log_timezone = 'UTC'
        lc_messages = 'C'

        # One file a weekday, overwritten after a week. Values never: they are the tenants'.
        logging_collector = on
        log_directory = 'log'
        log_filename = 'postgresql-%a.log'
        log_rotation_age = 1d
        log_rotation_size = 0
        log_truncate_on_rotation = on
        log_file_mode = 0600
        log_line_prefix = '%m [%p] %q%u@%d %a '
        log_parameter_max_length = 0
        log_parameter_max_length_on_error = 0

        """
    }

    /// `pg_hba.conf`: the superuser by who asks, all others by password, nobody over the network.
    var authentication: String {
        """
        # Written by ghostworks before each start.
        local all \(ClusterLayout.superuser) peer map=ghostworks
        local all all scram-sha-256

        """
    }

    /// `pg_ident.conf`: who may act as the superuser.
    var identities: String {
        let lines = account.administrators.map {
            "ghostworks \"\($0)\" \(ClusterLayout.superuser)\n"
        }
        return "# Written by ghostworks before each start.\n" + lines.joined()
    }

    /// Writes the three files into the data folder.
    func write() throws(ClusterError) {
        let files = [
            ("ghostworks.conf", settings), ("pg_hba.conf", authentication),
            ("pg_ident.conf", identities),
        ]
        for (name, text) in files {
            try PrivateFile(path: "\(layout.data)/\(name)").write(text, owner: account)
        }
    }

    private func quoted(_ text: String) -> String {
        text.replacing("'", with: "''")
    }
}
