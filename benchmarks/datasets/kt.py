#!/usr/bin/env python3
"""Answers of students (ASSISTments, three lines a student) as events, and Millrace's results as predictions.

    kt.py events assist2015_test1.csv > test1.csv
    kt.py predictions test1.csv scores/test1.csv > predictions.csv

events:      student,time,skill,correct,end: time is the number of the answer, in ms; end marks a student's last answer
predictions: student,index,skill,correct,p"""
import argparse

import pairs


def students(lines):
    """Yields (student, skills, answers)."""
    records = iter(line for line in lines if line.strip())
    for number, heading in enumerate(records):
        student = heading.strip().split(",")[-1]
        skills, answers = (next(records, "").strip().strip(",").split(",") for _ in range(2))
        if len(skills) != len(answers) or not set(answers) <= {"0", "1"}:
            raise pairs.Rejected(
                f"answers rejected: record={number}, student={student}, skills={len(skills)}, answers={len(answers)}. "
                "Each skill needs an answer, 0 or 1."
            )
        yield student, skills, answers


def events(lines):
    for student, skills, answers in students(lines):
        last = len(skills) - 1
        for index, (skill, correct) in enumerate(zip(skills, answers)):
            yield student, index, skill, correct, int(index == last)


def write_events(arguments, out):
    with open(arguments.source, encoding="ascii") as lines:
        pairs.write(("student", "time", "skill", "correct", "end"), events(lines), out)


def write_predictions(arguments, out):
    rows = (
        (event["student"], event["time"], event["skill"], event["correct"], prediction)
        for event, prediction in pairs.judged(arguments.events, arguments.results, "student")
    )
    pairs.write(("student", "index", "skill", "correct", "p"), rows, out)


def parser():
    top = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    forth = commands.add_parser("events", help="the CSV that is evaluated")
    forth.add_argument("source", help="three lines a student")
    forth.set_defaults(command=write_events)
    back = commands.add_parser("predictions", help="the CSV that is judged")
    back.add_argument("events", help="the CSV that was evaluated")
    back.add_argument("results", help="what evaluate wrote for it")
    back.set_defaults(command=write_predictions)
    return top


if __name__ == "__main__":
    pairs.run(parser())
