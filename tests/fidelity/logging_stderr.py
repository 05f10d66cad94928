# shows: logging on stderr: defaults, formats, exceptions, the last resort
import logging

logging.getLogger("quiet").info("hidden")
logging.getLogger("loud").error("last resort: %s", 5)
logging.basicConfig(format="%(levelname)s:%(name)s:%(module)s:%(funcName)s:%(lineno)d:%(processName)s:%(threadName)s:%(message)s", level=logging.DEBUG)


def work():
    logging.getLogger("shop").debug("working %(n)d", {"n": 3})
    try:
        [][0]
    except IndexError:
        logging.exception("failed")


work()
logging.captureWarnings(True)
__import__("warnings").warn("captured")
print(logging.root.handlers[0].stream.name, logging.root.level)
