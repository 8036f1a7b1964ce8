"""Run a command that ends when the process that started it ends, even by kill -9.

    python -I dev/leash.py STARTER SIGNAL USER PROGRAM [ARGUMENT ...]

STARTER is the process id to follow, SIGNAL what the command gets when it is gone, USER an account
to become first (or "-"). Linux tells us itself; elsewhere a small watcher looks twice a second.
"""

import ctypes
import os
import pwd
import signal
import sys
import time

PR_SET_PDEATHSIG = 1
LOOKS_EVERY = 0.5


def become(user: str) -> None:
    """Drop root's rights for those of an ordinary account."""
    account = pwd.getpwnam(user)
    os.setgroups([])
    os.setgid(account.pw_gid)
    os.setuid(account.pw_uid)


def is_there(process: int) -> bool:
    """Say whether a process still exists, whoever owns it."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def follow(starter: int, ends_by: int) -> None:
    """Ask the kernel to signal this process when its starter ends."""
    if ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, ends_by, 0, 0, 0) != 0:
        watch(starter, ends_by)
    elif os.getppid() != starter:  # it ended before we asked
        raise SystemExit(1)


def watch(starter: int, ends_by: int) -> None:
    """Leave a process behind that signals this one when its starter ends."""
    command = os.getpid()
    child = os.fork()
    if child:
        os.waitpid(child, 0)
        return
    if os.fork():
        os._exit(0)
    os.setsid()
    silence = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(silence, stream)
    while is_there(command):
        if not is_there(starter):
            os.kill(command, ends_by)
            break
        time.sleep(LOOKS_EVERY)
    os._exit(0)


def main(arguments: list[str]) -> None:
    """Drop rights, tie the knot, become the command."""
    starter, ends_by, user, *command = arguments
    sys_is_linux = sys.platform == "linux" and os.environ.get("LEASH") != "watch"
    if user != "-":
        become(user)
    tie = follow if sys_is_linux else watch
    tie(int(starter), int(ends_by))
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGPIPE):
        signal.signal(number, signal.SIG_DFL)
    os.execvp(command[0], command)  # noqa: S606  # the command is ours, no shell is wanted


if __name__ == "__main__":
    main(sys.argv[1:])
