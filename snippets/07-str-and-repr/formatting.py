amount = 1234.5
print(f"{amount:.1f}")  # 1234.5
print(f"{amount:>10,.2f}|")  # "  1,234.50|"
print(f"{255:x} {255:#x} {255:08b}")  # ff 0xff 11111111
print(f"{'left':<6}|{'mid':^7}|{'right':>7}")
#> left  |  mid  |  right

f"{0.256:.0%}"  # '26%'
"{:+d} {:+d}".format(3, -4)  # '+3 -4'
"%05.1f" % 3.14159  # '003.1'
