#!/usr/bin/env python3
"""Sessions of log keys (HDFS, one a line) as events, and Millrace's results as flags by DeepLog's rule.

    hdfs.py events hdfs_test_abnormal > abnormal.csv
    hdfs.py flags abnormal.csv scores/abnormal.csv > flags_abnormal.csv

events: session,time,key,end: session is the number of the line; time goes on by 1 ms an event; the last event of a session has the
        key END and is marked, so that how a session ends is predicted like any key
flags:  session,flag: 1 where a key was not among the N most probable (--top, 9 by default)"""
import argparse

import pairs

END = "END"


def events(lines, prefix=""):
    time = 0
    for number, line in enumerate(lines, start=1):
        for key in line.split() + [END]:
            yield f"{prefix}{number}", time, key, int(key == END)
            time += 1


def flags(judged, top):
    """Yields (session, flag) in the order of the sessions' ends."""
    worst = {}
    for event, prediction in judged:
        session = event["session"]
        rank = int(prediction.split(";")[0])
        worst[session] = max(worst.get(session, 0), rank)
        if event["end"] == "1":
            yield session, int(worst.pop(session) > top)
    if worst:
        raise pairs.Rejected(f"results rejected: session={min(worst)} has no end.")


def write_events(arguments, out):
    with open(arguments.source, encoding="ascii") as lines:
        pairs.write(("session", "time", "key", "end"), events(lines, arguments.prefix), out)


def write_flags(arguments, out):
    judged = pairs.judged(arguments.events, arguments.results, "session")
    pairs.write(("session", "flag"), flags(judged, arguments.top), out)


def parser():
    top = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    forth = commands.add_parser("events", help="the CSV that is evaluated")
    forth.add_argument("source", help="one session a line, keys parted by blanks")
    forth.add_argument("--prefix", default="", help="before the sessions' numbers, where files are evaluated together")
    forth.set_defaults(command=write_events)
    back = commands.add_parser("flags", help="the CSV that is judged")
    back.add_argument("events", help="the CSV that was evaluated")
    back.add_argument("results", help="what evaluate wrote for it")
    back.add_argument("--top", type=int, default=9, metavar="N", help="ranks that are normal (default: %(default)s)")
    back.set_defaults(command=write_flags)
    return top


if __name__ == "__main__":
    pairs.run(parser())
