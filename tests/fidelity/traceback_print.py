# shows: a character that cannot be written stops the print, and nothing stands below it in the traceback
def show(text):
    print(text)


try:
    show("\ud800")
except UnicodeEncodeError as error:
    print(error.encoding, error.start, error.reason)
show("\ud800")
