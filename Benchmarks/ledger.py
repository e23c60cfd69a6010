"""Reserve and settle of AI calls: the product's own path against pgbench with the same SQL."""

import os
import re
import statistics
import subprocess

RIVAL = {"PGOPTIONS": "-c role=ghostworks_app"}
CLIENTS = 8
# pgbench takes 128 scripts, and here a tenant is a script.
SCRIPTS = 100


def pair(tenant, context):
    """One call, as the process makes it: two transactions, a round trip each."""
    call = (f"(lpad(to_hex(:a::bigint), 8, '0') || '00007000' || lpad(to_hex(:c::bigint), 8, '0')"
            f" || lpad(to_hex(:b::bigint), 8, '0'))::uuid")
    begin = f"BEGIN;\nSELECT set_config('app.context', '{context}', true);\n"
    attempt = ('[{"n": 1, "provider": "offline", "model": "offline/search", "sent": true,'
               ' "outcome": "answered", "billable": "yes", "http_status": 200}]')
    return (
        "\\set a random(0, 2147483647)\n\\set b random(0, 2147483647)\n"
        "\\set c random(0, 2147483647)\n"
        f"\\startpipeline\n{begin}"
        "SELECT set_config('lock_timeout', '500ms', true),"
        " set_config('statement_timeout', '2s', true);\n"
        "SELECT r.outcome, r.covered, (SELECT jsonb_agg(jsonb_build_array(c.provider, c.model,"
        " extract(epoch FROM c.priced_at) * 1000000, c.input, c.output, c.cached, c.cache_write,"
        " c.reasoning, c.request, c.tiers)) FROM unnest(r.chosen) AS c) AS chosen"
        f" FROM app.ai_reserve('{tenant}', {call}, 'visitor-bench', NULL, NULL, 'bench', NULL,"
        " 'api', 'bench', NULL, NULL, NULL, NULL, ARRAY['offline/search'], 100, 500, 1024, NULL,"
        " NULL, '00000000-0000-4000-8000-000000000000', interval '2 minutes') AS r;\n"
        "COMMIT;\n\\endpipeline\n"
        f"\\startpipeline\n{begin}"
        "SELECT s.outcome, s.charge, s.platform_cost, s.excess"
        f" FROM app.ai_settle('{tenant}', {call}, 'settled', 'offline/search', 100, 300, 0, 0, 0,"
        f" false, 'stop', NULL, NULL, NULL, '{attempt}') AS s;\n"
        "COMMIT;\n\\endpipeline\n"
    )


def theirs(rig, programs, tenants, seconds):
    """Pairs a second of pgbench, in as many processes as it takes for all tenants."""
    address = rig.run("database", "url")[0].strip()
    groups = [tenants[at:at + SCRIPTS] for at in range(0, len(tenants), SCRIPTS)]
    running = []
    for number, group in enumerate(groups):
        files = []
        for place, tenant in enumerate(group):
            files.append(f"{rig.folder}/pair-{number}-{place}.sql")
            with open(files[-1], "w") as file:
                file.write(pair(tenant, rig.context(tenant, "-", kind="system-aigateway")))
        arguments = [part for file in files for part in ("-f", file)]
        running.append(subprocess.Popen(
            [programs + "/pgbench", "-n", "-M", "prepared", "-c", str(CLIENTS // len(groups)),
             "-T", str(seconds), *arguments, address],
            stdout=subprocess.PIPE, text=True, env=os.environ | RIVAL,
        ))
    outputs = [process.communicate()[0] for process in running]
    return sum(float(re.search(r"tps = ([\d.]+)", output).group(1)) for output in outputs)


def ours(rig, probe, tenants, seconds):
    address = rig.run("database", "url")[0].strip()
    done = subprocess.run(
        [probe, "bench", address, rig.folder + "/data/keys/context.key", str(seconds),
         str(CLIENTS)],
        input="\n".join(tenants), capture_output=True, text=True,
    )
    if done.returncode != 0:
        raise SystemExit(done.stderr)
    return float(done.stdout)


def tenants_of(rig, operator, count):
    """So many active tenants; those that the demonstration lacks are provisioned."""
    find = f"SELECT id FROM tenants WHERE status = 'active' ORDER BY id LIMIT {count}"
    token = rig.sign_in(*operator)
    connection = rig.connect()
    for number in range(count - len(rig.psql(find).split())):
        body = {"slug": f"ledger-{number}", "name": f"Ledger {number}", "plan": "pro",
                "owner_email": f"ledger-{number}@example.com"}
        status, answer = rig.request(connection, "POST", "/api/v1/admin/tenants", body, token)
        if status != 201:
            raise SystemExit(f"provisioning: {answer}")
    connection.close()
    return rig.psql(find)


def pairs(rig, report, operator, programs, probe, seconds):
    every = tenants_of(rig, operator, 200)
    rig.psql("UPDATE ai_budgets SET soft = NULL, hard = 9000000000000000000")
    rig.psql("UPDATE tenant_directory SET storefront_enabled = true")
    for tenants in (every.split()[:1], every.split()):
        ratios, our, their = [], [], []
        for _ in range(3):
            their.append(theirs(rig, programs, tenants, seconds))
            our.append(ours(rig, probe, tenants, seconds))
            ratios.append(our[-1] / their[-1])
        ratio = statistics.median(ratios)
        count = "one tenant" if len(tenants) == 1 else f"{len(tenants)} tenants"
        report(
            f"Reserve and settle of AI calls on {count}, against the same SQL by"
            f" `pgbench -M prepared -c {CLIENTS}`",
            f"{statistics.median(our):,.0f} against {statistics.median(their):,.0f} pairs a"
            f" second: {ratio:.2f}",
            "at least 0.6", ratio >= 0.6)
