# shows: unittest.main finds the tests of this file, tells on stderr and sets the exit code
import unittest


class Sums(unittest.TestCase):
    def setUp(self):
        self.numbers = [1, 2]

    def test_right(self):
        self.assertEqual(sum(self.numbers), 3)

    def test_wrong(self):
        self.assertEqual(sum(self.numbers), 4, "sums differ")

    def test_error(self):
        self.numbers[5]

    @unittest.skip("not now")
    def test_skipped(self):
        pass


unittest.TextTestRunner.run.__globals__["time"].perf_counter = lambda: 0.0
if __name__ == "__main__":
    unittest.main(verbosity=2)
