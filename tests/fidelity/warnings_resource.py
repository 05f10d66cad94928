# shows: a file that nobody closed, with the filter that tells it
import warnings

warnings.simplefilter("always")


def leak():
    open(__file__)


leak()
print("end")
