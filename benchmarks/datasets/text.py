#!/usr/bin/env python3
"""A file as events, one a byte.

    text.py events tinyshakespeare.txt > text.csv

events: key,time,byte: one key for the whole file; time is the number of the byte, in ms; byte is 0 to 255

Millrace's own bitsPerEvent is then the bits per byte, with log2 of the vocabulary's size added for each byte that had no id yet:
a vocabulary of 257, every byte and the unknown, charges 8 bits."""
import argparse
import pathlib

import pairs


def events(content, key):
    return ((key, time, byte) for time, byte in enumerate(content))


def write_events(arguments, out):
    source = pathlib.Path(arguments.source)
    pairs.write(("key", "time", "byte"), events(source.read_bytes(), source.stem), out)


def parser():
    top = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    forth = commands.add_parser("events", help="the CSV that is evaluated")
    forth.add_argument("source", help="any file")
    forth.set_defaults(command=write_events)
    return top


if __name__ == "__main__":
    pairs.run(parser())
