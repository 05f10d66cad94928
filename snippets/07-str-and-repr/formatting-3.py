class Angle:
    def __init__(self, degrees):
        self.degrees = degrees

    def __format__(self, spec):
        if spec.endswith("rad"):
            return format(self.degrees * 3.141592653589793 / 180, spec[:-3])
        return format(self.degrees, spec)


right = Angle(90)
f"{right:.3frad}"  # '1.571'
f"{right:d}"  # '90'
format(right, ".1f")  # '90.0'
format(right, "wrong")  # Raises ValueError
