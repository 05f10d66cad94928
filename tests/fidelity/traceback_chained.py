# shows: an exception with a cause, and one raised while another was handled
def read(text):
    try:
        return int(text)
    except ValueError as error:
        raise RuntimeError("no number") from error


try:
    read("x")
except RuntimeError:
    {}["missing"]
