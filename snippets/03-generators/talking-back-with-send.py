def running_mean():
    total, count, mean = 0, 0, None
    while True:
        total += yield mean
        count += 1
        mean = total / count


mean = running_mean()
next(mean)  # None
mean.send(10)  # 10.0
mean.send(20)  # 15.0
value = mean.send(33)  # 21.0
mean.send(7)  # float
