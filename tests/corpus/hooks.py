"""What documents do to their worker in the tests: loaded by the worker from this file, and nothing a user can reach."""

import os
import signal
import time
from pathlib import Path

from frontledger import accounts, pipeline
from frontledger.corpus.relevance import forms

forms("en")  # what a worker loads with its first document is loaded before any deadline begins
pipeline.events(accounts.from_text("On 4 March 2016 the army captured Karvol.", "first", lang="en"))


def misbehave(document):
    """By its id: a document that kills, hangs, swells at a stroke or bit by bit, fails, or kills once."""
    what = document.id.partition("-")[0]
    if what == "kills":
        os.kill(os.getpid(), signal.SIGKILL)
    elif what == "hangs":
        while True:
            pass
    elif what == "swells":
        bytearray(1 << 40)
    elif what == "grows":
        held = []
        while True:
            held.append(b"x" * (32 << 20))
    elif what == "fails":
        raise ValueError("no such thing")
    elif what == "once":
        mark = Path(document.source + ".mark")
        if not mark.exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)


def slow(document):
    """A document takes a while; its source's ``.pids`` says who works on it."""
    with Path(document.source + ".pids").open("a") as file:
        file.write(f"{os.getpid()} {os.getppid()}\n")
    time.sleep(0.2)
