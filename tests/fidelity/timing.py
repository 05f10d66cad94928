# shows: clocks, time zones and dates that do not depend on the machine
import calendar
import datetime
import os
import time
import timeit

print(time.tzname, time.timezone, time.daylight, time.localtime(0)[:6], time.strftime("%Z", time.localtime(0)))
print(datetime.datetime.fromtimestamp(0), datetime.datetime(2024, 1, 31).astimezone().tzname())
os.environ["TZ"] = "EST+05EDT,M4.1.0,M10.5.0"
time.tzset()
print(time.tzname, time.localtime(0)[:6], datetime.datetime.fromtimestamp(10**9))
print(timeit.timeit("x + 1", setup="x = 1", number=10) >= 0, timeit.timeit("f()", globals={"f": int}, number=1) > 0)
start = time.perf_counter()
time.sleep(0.02)
print(0.02 <= time.perf_counter() - start < 2, time.monotonic() > 0, time.process_time() < 60, time.thread_time() < 60)
print(abs(time.time() - datetime.datetime.now().timestamp()) < 5, time.get_clock_info("monotonic").adjustable)
print(calendar.day_name[0], time.time() > 1.5e9, time.perf_counter_ns() > 0)
