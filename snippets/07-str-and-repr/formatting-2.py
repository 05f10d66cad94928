width, unit = 3, "cm"
print(f"{width=}, {unit=}")
#> width=3, unit='cm'
print(f"{width * 2 = }")
#> width * 2 = 6
print(f"{unit!s:>4}")  # Padded: "  cm"
