"""Events beside what Millrace made of them: what the converters have in common."""
import csv
import itertools
import sys


class Rejected(Exception):
    """An input that is not what it should be; the message says where."""


def write(header, rows, out):
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)


def rows(path):
    with open(path, newline="", encoding="utf-8") as file:
        yield from csv.DictReader(file)


def judged(events, results, key):
    """Yields (event, prediction) for each row of both files.

    events:  CSV that was evaluated
    results: CSV that `millrace evaluate` wrote for it
    key:     name of the key's column among the events
    """
    for number, (event, result) in enumerate(itertools.zip_longest(rows(events), rows(results))):
        if event is None or result is None:
            raise Rejected(f"results rejected: row={number} stands in one of {events}, {results} only.")
        if (result["row"], result["key"]) != (str(number), event[key]):
            raise Rejected(
                f"results rejected: file={results}, row={result['row']}, key={result['key']}, "
                f"expected row={number}, key={event[key]}."
            )
        if not result["prediction"]:
            raise Rejected(f"results rejected: file={results}, row={number} was not scored.")
        yield event, result["prediction"]


def run(parser):
    """Runs the command that was asked for; it writes to standard output."""
    arguments = parser.parse_args()
    try:
        arguments.command(arguments, sys.stdout)
    except (Rejected, OSError) as problem:
        sys.exit(str(problem))
