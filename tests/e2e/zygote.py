"""Starts bots by fork: this process has imported everything (which takes seconds) but opened no loop.

Reads one JSON line for each bot: {"env": {...}}; forks it; prints its pid. A bot is the real `bob run`.
"""

import json
import os
import sys
import traceback


def main() -> None:
    import asyncio

    import bot.app
    from bot.advice.loading import load_catalogue
    from bot.settings import load_settings
    from bot.telegram import logs

    load_catalogue()
    print("ready", flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        pid = os.fork()
        if pid == 0:
            log = os.open(asked["log"], os.O_CREAT | os.O_WRONLY | os.O_APPEND)
            os.dup2(log, 1)
            os.dup2(log, 2)
            try:
                settings = load_settings(asked["env"])
                logs.configure(settings)
                asyncio.run(bot.app.run_live(settings))
            except BaseException:
                traceback.print_exc()
            finally:
                sys.stderr.flush()
                os._exit(0)
        print(pid, flush=True)
        _reap()


def _reap() -> None:
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            continue
    except ChildProcessError:
        return


if __name__ == "__main__":
    main()
