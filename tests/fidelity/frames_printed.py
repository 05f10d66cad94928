# shows: the stack as traceback and logging print it
# differs: one frame of the program that runs the code stands below the module's
import logging
import traceback

traceback.print_stack()
logging.warning("with its stack", stack_info=True)
logging.error("%d", "no number")
