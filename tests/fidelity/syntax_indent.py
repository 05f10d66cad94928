# shows: an indentation error of a file
def f():
    if True:
        x = 1
      y = 2
