import timetable

timetable.offer(1)  # ['08:15 for 7', '12:40 for 7', '18:05 for 7']
len(timetable.SAILINGS)  # 3
timetable.fare.__module__  # 'ferry'
