"""python3 -m unittest discover -s benchmarks/datasets"""
import io
import pathlib
import tempfile
import unittest

import hdfs
import kt
import pairs
import text


class Files(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def file(self, name, content):
        path = self.folder / name
        path.write_text(content)
        return str(path)

    def run_command(self, module, *arguments):
        parsed = module.parser().parse_args(arguments)
        out = io.StringIO()
        parsed.command(parsed, out)
        return out.getvalue()

    def results(self, *rows):
        lines = [f"{row},{key},0,0.5,0.1,0,3,{prediction}" for row, (key, prediction) in enumerate(rows)]
        header = "row,key,time,score,surprise,warmup,weights_version,prediction"
        return self.file("results.csv", "\n".join([header, *lines]) + "\n")


class KtTest(Files):
    SOURCE = "7,901\n68,68,3\n1,0,1\n8,902\n5\n0\n"
    EVENTS = "student,time,skill,correct,end\n901,0,68,1,0\n901,1,68,0,0\n901,2,3,1,1\n902,0,5,0,1\n"

    def test_answers_keep_their_order_and_the_last_one_ends_the_student(self):
        self.assertEqual(self.EVENTS, self.run_command(kt, "events", self.file("kt", self.SOURCE)))

    def test_a_skill_without_an_answer_is_refused(self):
        with self.assertRaisesRegex(pairs.Rejected, "student=902, skills=2, answers=1"):
            self.run_command(kt, "events", self.file("kt", "1,901\n68\n1\n2,902\n5,6\n0\n"))

    def test_predictions_stand_beside_the_answers_that_they_were_made_for(self):
        events = self.file("events.csv", self.EVENTS)
        results = self.results(("901", ".9"), ("901", ".8"), ("901", ".25"), ("902", "1.0E-4"))
        self.assertEqual(
            "student,index,skill,correct,p\n901,0,68,1,.9\n901,1,68,0,.8\n901,2,3,1,.25\n902,0,5,0,1.0E-4\n",
            self.run_command(kt, "predictions", events, results),
        )

    def test_results_of_other_events_are_refused(self):
        events = self.file("events.csv", self.EVENTS)
        with self.assertRaisesRegex(pairs.Rejected, "row=1, key=902, expected row=1, key=901"):
            self.run_command(kt, "predictions", events, self.results(("901", ".9"), ("902", ".8")))

    def test_results_that_break_off_are_refused(self):
        events = self.file("events.csv", self.EVENTS)
        with self.assertRaisesRegex(pairs.Rejected, "row=1 stands in one of"):
            self.run_command(kt, "predictions", events, self.results(("901", ".9")))

    def test_a_dead_letter_is_no_prediction(self):
        events = self.file("events.csv", self.EVENTS)
        with self.assertRaisesRegex(pairs.Rejected, "row=0 was not scored"):
            self.run_command(kt, "predictions", events, self.results(("901", "")))


class HdfsTest(Files):
    SOURCE = "5 22 5\n9\n"
    EVENTS = "session,time,key,end\n1,0,5,0\n1,1,22,0\n1,2,5,0\n1,3,END,1\n2,4,9,0\n2,5,END,1\n"

    def test_each_session_ends_with_an_event_of_its_own(self):
        self.assertEqual(self.EVENTS, self.run_command(hdfs, "events", self.file("hdfs", self.SOURCE)))

    def test_a_prefix_keeps_the_sessions_of_two_files_apart(self):
        self.assertIn("\na2,5,END,1\n", self.run_command(hdfs, "events", "--prefix", "a", self.file("hdfs", self.SOURCE)))

    def judge(self, *ranks, top=()):
        sessions = ("1", "1", "1", "1", "2", "2")
        results = self.results(*((session, f"{rank};0.1") for session, rank in zip(sessions, ranks)))
        return self.run_command(hdfs, "flags", *top, self.file("events.csv", self.EVENTS), results)

    def test_one_key_beyond_the_ninth_rank_flags_its_session(self):
        self.assertEqual("session,flag\n1,1\n2,0\n", self.judge(1, 10, 1, 1, 9, 9))

    def test_an_unlikely_end_flags_its_session_too(self):
        self.assertEqual("session,flag\n1,0\n2,1\n", self.judge(1, 1, 1, 1, 1, 12))

    def test_how_many_ranks_are_normal_can_be_chosen(self):
        self.assertEqual("session,flag\n1,0\n2,1\n", self.judge(1, 2, 1, 2, 3, 1, top=("--top", "2")))

    def test_a_session_without_an_end_is_refused(self):
        events = self.file("events.csv", "session,time,key,end\n1,0,5,0\n")
        with self.assertRaisesRegex(pairs.Rejected, "session=1 has no end"):
            self.run_command(hdfs, "flags", events, self.results(("1", "1;0.5")))


class TextTest(Files):
    def test_every_byte_is_an_event_of_one_key(self):
        path = self.folder / "little.txt"
        path.write_bytes(b"a\n\xff")
        self.assertEqual("key,time,byte\nlittle,0,97\nlittle,1,10\nlittle,2,255\n", self.run_command(text, "events", str(path)))


if __name__ == "__main__":
    unittest.main()
