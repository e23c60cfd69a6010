"""A throw-away platform: the embedded cluster with demo data, and `serve` beside it."""

import hashlib
import hmac
import http.client
import json
import os
import subprocess
import tempfile
import time

RATES = ("ADDRESS", "SIGNIN", "USER", "KEY", "TENANT", "WRITE")


class Platform:
    """Starts in a folder of its own and leaves nothing behind."""

    def __init__(self, binary, scale, port=18080):
        self.binary = binary
        self.scale = scale
        self.port = port
        self.folder = tempfile.mkdtemp(prefix="gwbench", dir="/var/tmp")
        os.chmod(self.folder, 0o711)
        self.environment = dict(
            os.environ,
            GHOSTWORKS_DATA_DIRECTORY=self.folder + "/data",
            GHOSTWORKS_STATE_DIRECTORY=self.folder + "/state",
            GHOSTWORKS_LOG_LEVEL="error",
            # One machine asks for everybody here.
            **{f"GHOSTWORKS_HTTP_RATE_{name}": "off" for name in RATES},
            NO_COLOR="1",
        )
        self.server = None

    def run(self, *arguments, check=True):
        """Runs a command of the binary; its output and the seconds it took."""
        begun = time.monotonic()
        done = subprocess.run(
            [self.binary, *arguments], env=self.environment, capture_output=True, text=True,
            stdin=subprocess.DEVNULL,
        )
        if check and done.returncode != 0:
            raise SystemExit(f"ghostworks {' '.join(arguments)}: {done.stderr.strip()}")
        return done.stdout, time.monotonic() - begun

    def load(self):
        """Loads the demonstration; the seconds it took."""
        return self.run("demo", "--scale", str(self.scale))[1]

    def serve(self):
        self.server = subprocess.Popen(
            [self.binary, "serve", "--port", str(self.port)],
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=open(self.folder + "/serve.log", "w"),
        )
        for _ in range(200):
            try:
                if self.get("/readyz")[0] == 200:
                    return
            except OSError:
                pass
            time.sleep(0.1)
        raise SystemExit("serve did not become ready: " + open(self.folder + "/serve.log").read())

    def restart(self):
        """The same with what the environment says now."""
        if self.server:
            self.server.terminate()
            self.server.wait(30)
        self.serve()

    def request(self, connection, method, path, body=None, token=None):
        headers = {"Accept": "application/json"}
        if token:
            headers["Authorization"] = "Bearer " + token
        if body is not None:
            headers["Content-Type"] = "application/json"
        connection.request(method, path, json.dumps(body) if body is not None else None, headers)
        answer = connection.getresponse()
        text = answer.read()
        return answer.status, json.loads(text) if text.startswith((b"{", b"[")) else text

    def connect(self):
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)

    def get(self, path, token=None):
        connection = self.connect()
        try:
            return self.request(connection, "GET", path, token=token)
        finally:
            connection.close()

    def sign_in(self, email, password, workspace=None):
        body = {"email": email, "password": password}
        if workspace:
            body["workspace"] = workspace
        connection = self.connect()
        status, answer = self.request(connection, "POST", "/api/v1/auth/login", body)
        connection.close()
        if status != 200:
            raise SystemExit(f"sign-in failed: {answer}")
        return answer["access_token"]

    def settle(self):
        """Does what the server does by itself within minutes of a load: until then whoever reads a
        page first pays for it, and whoever measures shares the processor with it."""
        self.psql("VACUUM (ANALYZE)")
        self.psql("CHECKPOINT")

    def psql(self, sql):
        """Runs SQL as the administrator, whom the embedded cluster knows by the socket."""
        done = subprocess.run(
            ["psql", "-h", self.folder + "/data/run", "-U", "postgres", "-d", "ghostworks", "-XAtq",
             "-v", "ON_ERROR_STOP=1"],
            input=sql, text=True, capture_output=True,
        )
        if done.returncode != 0:
            raise SystemExit(done.stderr)
        return done.stdout.strip()

    def context(self, tenant, user, life=290, kind="tenant"):
        """A signed context, as the process makes it (docs/tenancy.md)."""
        line = open(self.folder + "/data/keys/context.key").readline().strip()
        kid, secret = line.split(":")
        text = f"v1.{kid}.{kind}.{tenant}.{user}.-.rw.{int(time.time()) + life}"
        mac = hmac.new(bytes.fromhex(secret), text.encode(), hashlib.sha256).hexdigest()
        return f"{text}.{mac}"

    def close(self):
        if self.server:
            self.server.terminate()
            self.server.wait(30)
        self.run("database", "stop", check=False)
        subprocess.run(["rm", "-rf", self.folder])
